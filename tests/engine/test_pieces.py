"""Work in pieces gives what the same work gives at once, and no piece of it is large."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from engine.autograd import WorkList
from engine.document import Graph, layout_in_pieces, tidy
from engine.edits import Descend, Differentiate, Tidy, apply, apply_in_pieces
from engine.errors import LimitError
from engine.evaluation import Trace, evaluate, evaluate_in_pieces
from engine.explain import check_graph, check_in_pieces, ledgers, ledgers_in_pieces, nudge, nudge_in_pieces
from engine.limits import MAX_NODES
from engine.pieces import Pieces, between, finish
from engine.replay import descend, descent_in_pieces
from tests.strategies import graphs
from tools.bench.graphs import layered_graph
from tools.hogs.graphs import chain, shortcuts


def counting(count: int) -> Pieces[str]:
    for place in range(count):
        yield place / count
    return "all"


def taken(pieces: Pieces[Any]) -> tuple[list[float], Any]:
    """Return the shares that pieces tell, and their result."""
    shares: list[float] = []
    while True:
        try:
            shares.append(next(pieces))
        except StopIteration as end:
            return shares, end.value


def numbers(trace: Trace) -> list[Any]:
    """Return all that a trace holds, its arrays as bytes."""

    def written(arrays: Any) -> list[Any]:
        return [None if array is None else (array.dtype, array.shape, array.tobytes()) for array in arrays or ()]

    nodes = [(key, written(n.data), written(n.grad), n.state, n.message) for key, n in trace.nodes.items()]
    steps = [(s.kind, s.node, written(s.arrived), written(s.sent), s.waiting, s.lines) for s in trace.steps]
    return [nodes, steps, trace.output, trace.sweeps, trace.stopped]


def test_pieces_are_finished_to_their_result_and_scaled_into_those_of_a_larger_work() -> None:
    assert finish(counting(3)) == "all"
    assert finish(counting(0)) == "all"
    assert taken(between(0.5, 1.0, counting(4))) == ([0.5, 0.625, 0.75, 0.875], "all")


@settings(max_examples=50)
@given(graphs())
def test_a_graph_is_evaluated_alike_while_another_is_evaluated_in_between(graph: Graph) -> None:
    """Two evaluations take turns, piece by piece: neither notices the other, nor do NumPy's settings stay changed."""
    before = np.geterr()
    work: list[Iterator[float]] = [evaluate_in_pieces(graph, watched=True), evaluate_in_pieces(graph, watched=True)]
    results: list[Trace] = []
    while work:
        pieces = work.pop(0)
        try:
            next(pieces)
        except StopIteration as end:
            results.append(end.value)
        else:
            work.append(pieces)
        assert np.geterr() == before
    whole = numbers(evaluate(graph, watched=True))
    assert [numbers(trace) for trace in results] == [whole, whole]


def test_evaluation_has_a_piece_for_each_node_and_each_visit() -> None:
    graph = layered_graph(120)
    shares, trace = taken(evaluate_in_pieces(graph))
    assert len(shares) == 120 + 1 + 119  # forward, the seed, and each Function backward
    assert shares == sorted(shares)
    assert 0 <= shares[0] <= shares[-1] <= 1
    assert numbers(trace) == numbers(evaluate(graph))


def test_a_layout_has_a_piece_for_each_sweep_over_the_layers() -> None:
    graph = shortcuts(120).graph
    shares, places = taken(layout_in_pieces(graph))
    assert 16 <= len(shares) <= 200  # a sweep is one, and some of its longest parts are divided again
    assert shares == sorted(shares)
    assert places == tidy(graph)


def test_descent_checks_nudges_and_ledgers_come_in_pieces_with_the_same_results() -> None:
    graph = chain("Tanh", 0.5, 30).graph
    shares, descent = taken(descent_in_pieces(graph, 0.1, 20))
    assert len(shares) >= 20
    assert [point.output for point in descent.points] == [point.output for point in descend(graph, 0.1, 20).points]
    trace = evaluate(graph)
    assert taken(nudge_in_pieces(graph, trace, 0.1))[1] == nudge(graph, trace, 0.1)
    assert str(taken(ledgers_in_pieces(graph, trace))[1]) == str(ledgers(graph, trace))
    array = chain("Tanh", tuple(float(i) for i in range(40)), 10).graph
    shares, checked = taken(check_in_pieces(array))
    assert len(shares) >= 40
    assert str(checked) == str(check_graph(array))


@settings(max_examples=40)
@given(graphs())
def test_an_edit_in_pieces_is_the_edit(graph: Graph) -> None:
    for event in (Tidy(), Descend(rate=0.1, steps=3), *(Differentiate(node=node.id) for node in graph.nodes()[:2])):
        try:
            whole: object = apply(graph, event)
        except Exception as error:
            whole = str(error)
        try:
            parts: object = finish(apply_in_pieces(graph, event))
        except Exception as error:
            parts = str(error)
        assert parts == whole


@settings(max_examples=40)
@given(graphs())
def test_a_second_tidy_changes_nothing(graph: Graph) -> None:
    once = apply(graph, Tidy())
    assert apply(once, Tidy()) == once


def test_a_gradient_that_cannot_fit_is_refused_before_it_is_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each Tanh backward is at least one node: with room for ten, a dozen visits of 489 tell that it is too little."""
    graph = chain("Tanh", 0.5, MAX_NODES - 10).graph
    visits: Counter[str] = Counter()
    pop = WorkList.pop

    def counted(self: WorkList) -> Any:
        visits["backward"] += 1
        return pop(self)

    monkeypatch.setattr(WorkList, "pop", counted)
    with pytest.raises(LimitError, match="more than 500 nodes"):
        apply(graph, Differentiate(node="n0"))
    assert visits["backward"] <= 13


@pytest.mark.parametrize("op", ["Square", "Tanh", "Mul"])
def test_the_largest_gradient_that_fits_is_drawn_all_the_same(monkeypatch: pytest.MonkeyPatch, op: str) -> None:
    def fits(count: int) -> bool:
        try:
            apply(chain(op, 0.9, count).graph, Differentiate(node="n0"))
        except LimitError:
            return False
        return True

    low, high = 20, MAX_NODES  # the largest one that fits is found by halving
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    monkeypatch.setattr("engine.edits.gradient_graph._NoMoreThanFit", lambda *_: WorkList())
    assert (fits(low), fits(low + 1)) == (True, False)
