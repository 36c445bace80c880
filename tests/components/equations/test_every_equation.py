"""Every equation that the page can show is worked out from its text: both sides are the same, up to what ≈ says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, product
from typing import Any

import numpy as np
import pytest

from components.equations import Equation
from components.panels.arrivals import Arrivals
from components.text import backward_formulas, forward_formulas, multiplies, products_of, rules_in_names
from components.text.backward import BackwardStep
from engine import Function
from engine.autograd import Variant
from engine.document import Edge, Graph, Node
from engine.evaluation import Trace, evaluate
from engine.explain import Contribution, ledgers
from engine.formula import graph_of_formula
from tests.components.equations.read_aloud import Cut, Reader

ROUNDED = 2e-3
"""Two units of the fourth digit."""
NUMBERS = (-2.0, 0.0, 1 / 3, 2.0, 351.4, 1e-4, 800.0)
ENTRIES = (0.7, -1.25, 2.0, 2.0, 0.0, 3.5, 1 / 3, -0.1)
NAMES = ("x", "z", "e", "t", "n", "y", "i", "loss")
MIXING = {name: op for name, op in Function.registry.items() if not op.elementwise}


def graph_of(op: type[Function], values: tuple[Any, ...], parameters: Any, names: tuple[str, ...] = NAMES) -> Graph:
    """Return an op of these inputs, and what makes its gradients other than ones: the square of its first output."""
    inputs = [Node(f"in{place}", None, names[place], _value(value)) for place, value in enumerate(values)]
    nodes = [*inputs, Node("op", op.__name__, "a", None, parameters=parameters), Node("end", "Square", "q")]
    edges = [Edge(node.id, 0, "op", port) for port, node in enumerate(inputs)]
    return Graph.of(nodes, [*edges, Edge("op", 0, "end", 0)])


def _value(value: Any) -> Any:
    array = np.asarray(value)
    return float(array) if not array.ndim else _nested(array.tolist())


def _nested(entries: Any) -> Any:
    return tuple(_nested(entry) for entry in entries) if isinstance(entries, list) else float(entries)


def shown(graph: Graph, trace: Trace) -> Iterator[tuple[str, Equation, dict[str, Any]]]:
    """Yield every equation with its node's op, and what the names stand for when it is shown."""
    data = dict(_arrays(graph, {key: found.data for key, found in trace.nodes.items()}))
    arrivals = Arrivals(graph, trace)
    grads: dict[tuple[str, int], Any] = {}
    for place, step in enumerate(trace.steps):
        op = graph.node(step.node).op or ""
        if step.kind == "forward":
            yield from ((op, each, data) for each in forward_formulas(graph, trace, step))
        brought = arrivals.brought(place)
        grads |= {receiver: contribution.total for receiver, contribution in brought}
        if step.kind == "backward":
            contributions: list[Contribution] = [contribution for _, contribution in brought]
            told = BackwardStep(graph, trace, step)
            if multiplies(told.function, trace.nodes[step.node]):  # the sentence has a product
                yield from ((op, told.product(wire, named=False), {}) for wire in told.wires)
            for equations in backward_formulas(graph, trace, step, contributions, grads):
                yield from ((op, each, data | _grads(graph, grads)) for each in equations)
    finals = {(node, output): grad for node, found in trace.nodes.items() for output, grad in enumerate(found.grad)}
    for node in graph.nodes():
        for equations in products_of(graph, trace, node.id) if not node.is_input else []:
            yield from ((node.op or "", each, data | _grads(graph, finals)) for each in equations)


def _arrays(graph: Graph, found: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for node in graph.nodes():
        for output, array in enumerate(found[node.id] or ()):
            yield (node.name if node.n_outputs == 1 else f"{node.name}.{node.output_names[output]}"), array


def _grads(graph: Graph, grads: dict[tuple[str, int], Any]) -> dict[str, Any]:
    named = {}
    for node in graph.nodes():
        for output, name in enumerate(node.output_names):
            grad = grads.get((node.id, output))
            called = node.name if node.n_outputs == 1 else f"{node.name}.{name}"
            named[f"{called}.grad"] = np.zeros(()) if grad is None else grad
    return named


def sides_of(equation: Equation) -> tuple[list[str], list[str]]:
    """Return the sides of an equation as written, and the signs between them; label and note are words."""
    text = equation.plain().removeprefix(f"{equation.label} ").removesuffix(equation.note)
    depth, sides, signs, is_case = 0, [""], [], False
    for token in re.findall(r", where .*?= .*?(?= [=≈⇒] |$)| if (?:[^,(]|\([^)]*\))*,| [=≈⇒] |.", text):
        depth += (token in "([") - (token in ")]") if len(token) == 1 else 0
        is_case = False
        if token.strip() in "=≈⇒" and len(token) == 3 and depth == 0 and not is_case:
            sides.append("")
            signs.append(token.strip())
        else:
            sides[-1] += token
    return sides, signs


_OF_MATRICES = ("MatMul", "Linear")


def check(op: str, equation: Equation, names: dict[str, Any]) -> None:
    texts, signs = sides_of(equation)
    assert tuple(signs) == equation.signs, equation.plain()
    # No rule says what ∂y/∂x is there, what stands in place of the terms that are left out, nor an n of each place.
    unknown = ["∂", "+ …", *(["/ n"] if equation.note.startswith("where n") else [])]
    values = [
        None if any(each in text for each in unknown) else Reader(text, names, matrices=op in _OF_MATRICES).value()
        for text in texts
    ]
    known = [(place, text, values[place]) for place, text in enumerate(texts) if values[place] is not None]
    for (before, left, a), (place, right, b) in pairwise(known):
        sign = max(signs[before:place], key="=≈⇒".index)
        told = f"{op}: {equation.plain()} ({left} {sign} {right}): {a} and {b}"
        if sign == "⇒":
            assert isinstance(b, Cut) or not np.isfinite(b).all(), told
        elif not _is_undefined(a, b):
            assert _close(a, b, 1e-9 if sign == "=" else ROUNDED), told


def _is_undefined(a: Any, b: Any) -> bool:
    """Return whether a side beyond the doubles is named before the computer's answer comes."""
    return any(not isinstance(side, Cut) and not np.isfinite(side).all() for side in (a, b))


def _close(a: Any, b: Any, tolerance: float) -> bool:
    if isinstance(a, Cut) and isinstance(b, Cut):
        return a.shape == b.shape and np.allclose(a.entries, b.entries, rtol=tolerance, atol=1e-12)
    if isinstance(b, Cut):
        whole = np.asarray(a)
        if whole.size == int(np.prod(b.shape)):
            whole = whole.reshape(b.shape)
        first = np.broadcast_to(whole, b.shape).reshape(-1)[: len(b.entries)]
        return bool(np.allclose(first.astype(float), b.entries.astype(float), rtol=tolerance, atol=1e-9))
    a, b = np.asarray(a), np.asarray(b)
    a = a.reshape(b.shape) if a.size == b.size else a  # a sum keeps its axes
    with np.errstate(all="ignore"):
        return bool(np.all(np.abs(a - b) <= tolerance * np.maximum(np.abs(a), np.abs(b)) + 1e-15))


def equations_of(graph: Graph, **options: Any) -> list[tuple[str, Equation]]:
    trace = evaluate(graph, watched=True, **options)
    found = list(shown(graph, trace))
    for op, equation, names in found:
        check(op, equation, names)
    return [(op, equation) for op, equation, _ in found]


ELEMENTWISE = {name: op for name, op in Function.registry.items() if op.elementwise}


@pytest.mark.parametrize("name", sorted(ELEMENTWISE))
def test_on_single_numbers_at_ties_and_kinks_and_outside_of_a_domain(name: str) -> None:
    op = ELEMENTWISE[name]
    numbers = NUMBERS if len(op.ports) < 3 else (-0.5, 0.0, 2.0)
    for values in product(numbers, repeat=len(op.ports)):
        for kind, each in equations_of(graph_of(op, values, {})):
            starts, is_finite = each.plain().partition(" ")[0], "⇒" not in each.signs
            if kind == name and starts.endswith(".grad") and is_finite and not (name == "Power" and values[0] == 0):
                # Its name, its rule, its numbers, its value: a rule that is not true there would be left out.
                assert len(each.sides) == 4, each.plain()


@pytest.mark.parametrize("name", sorted(ELEMENTWISE))
def test_on_arrays_that_are_repeated(name: str) -> None:
    op = ELEMENTWISE[name]
    wide, row, column = np.resize(ENTRIES, (2, 3)), np.resize(ENTRIES, 3), np.resize(ENTRIES[1:], (2, 1))
    shapes = [wide, row, column, np.array(2.0)] if len(op.ports) < 3 else [wide, np.array(2.0)]
    for values in product(shapes, repeat=len(op.ports)):
        equations_of(graph_of(op, values, {}))


@pytest.mark.parametrize("name", sorted(ELEMENTWISE))
def test_names_do_not_collide_with_those_of_a_rule(name: str) -> None:
    op = ELEMENTWISE[name]
    taken = ("e", "t", "σ", "π", "x", "c", "y")
    for place in range(len(taken)):
        names = (*taken[place:], *taken[:place])
        equations_of(graph_of(op, (0.5, 0.75, 0.25)[: len(op.ports)], {}, names))


@pytest.mark.parametrize("name", sorted(MIXING))
def test_on_the_shapes_that_an_op_takes(name: str) -> None:
    op = MIXING[name]
    for parameters, shapes in op.samples:
        values = tuple(np.resize(np.roll(ENTRIES, place), shape) for place, shape in enumerate(shapes))
        checked = equations_of(graph_of(op, values, dict(parameters)))
        own = [equation for kind, equation in checked if kind == name]
        assert own
        assert all(len(each.sides) > 1 for each in own), [each.plain() for each in own]


AXES: list[Any] = [None, -1, 0, -2, (), (0,), (-1,), (0, 1), (-1, 0)]
OVER_AXES = [name for name, op in MIXING.items() if {"axis", "keepdims"} <= set(op.defaults())]


@pytest.mark.parametrize("name", OVER_AXES)
@pytest.mark.parametrize("keepdims", [False, True])
def test_over_any_axes_also_none_and_counted_from_the_end(name: str, *, keepdims: bool) -> None:
    for axis in AXES:
        parameters = {"axis": axis, "keepdims": keepdims}
        # Ties: two of the largest in the first row, one in the second.
        graph = graph_of(MIXING[name], ([[1.0, 7.0, 7.0], [4.0, 5.0, 6.0]],), parameters)
        own = [each for kind, each in equations_of(graph) if kind == name and not each.label.startswith("first")]
        assert all(len(each.sides) > 2 for each in own), [each.plain() for each in own]
        told = " ".join(each.plain() for each in (*own, *rules_in_names(graph, evaluate(graph), "op")))
        assert ("axis" in told or "axes" in told) == (axis is not None and axis != ()), told
        assert "axes ]" not in told, told
        assert not re.search(r"(largest|smallest)\(\d", told), told  # it is taken of an array, not of a number


def test_axes_are_no_numbers_that_are_compared() -> None:
    graph = graph_of(MIXING["Smallest"], ([[1, 7], [4, 5]],), {"axis": (0, -1)})
    assert rules_in_names(graph, evaluate(graph), "op")[0].plain() == "a = smallest(x, axes 0 and −1)"


@pytest.mark.parametrize("name", sorted(Function.registry))
def test_the_general_rules_of_the_inspector_are_true_and_name_every_input(name: str) -> None:
    op = Function.registry[name]
    for parameters, shapes in op.samples or [({}, ((),) * len(op.ports)), ({}, ((2, 3),) * len(op.ports))]:
        values = tuple(np.resize(np.roll(ENTRIES, place), shape) for place, shape in enumerate(shapes))
        graph = graph_of(op, values, dict(parameters))
        trace = evaluate(graph)
        finals = {(node, output): grad for node, found in trace.nodes.items() for output, grad in enumerate(found.grad)}
        names = dict(_arrays(graph, {key: found.data for key, found in trace.nodes.items()})) | _grads(graph, finals)
        rules = rules_in_names(graph, trace, "op")
        for rule in rules:
            assert name in ("Largest", "Smallest") or not rule.note.startswith("where n")
            if "join(" not in rule.plain() and not rule.note.startswith("where n"):
                check(name, rule, names)
        told = " ".join(rule.plain() for rule in rules)
        assert not {"xs", "gys"} & set(re.findall(r"\w+", told)), told
        assert all(re.search(rf"\b{each}\b", told) for each in NAMES[: len(shapes)]), told


def test_an_n_that_is_not_the_same_everywhere_stands_as_a_letter() -> None:
    graph = graph_of(Function.registry["Largest"], ([[1, 1], [2, 0]],), {"axis": 1})
    _, rule = rules_in_names(graph, evaluate(graph), "op")
    assert rule.plain() == (
        "x.grad = (1 / n) · a.grad (repeated over axis 1) if x ≥ largest(x, axis 1), else 0 "
        "where n is how many are equal"
    )
    # The first row has two largest, the second one: 2 · 1 / 2 and 2 · 2.
    (sent,) = products_of(graph, evaluate(graph, watched=True), "op")
    assert [each.plain() for each in sent] == [
        "x.grad = (1 / n) · a.grad (repeated over axis 1) if x ≥ largest(x, axis 1), else 0 = [[1, 1], [4, …]] (2, 2) "
        "where n is how many are equal"
    ]


def test_what_a_slice_sends_to_an_array_that_is_used_again_has_its_places() -> None:
    graph = graph_of_formula("x = [1, 2, 3]; z = sum(x[0:2]) + sum(x)", Graph())
    trace = evaluate(graph, watched=True)
    (cut,) = [node.id for node in graph.nodes() if node.op == "Slice"]
    name = graph.node(cut).name
    assert rules_in_names(graph, trace, cut)[1].plain() == f"to x.grad[0:2]: {name}.grad and 0 elsewhere"
    (sent,) = [each for _, each, _ in shown(graph, trace) if each.plain().startswith("to x.grad[0:2]")][:1]
    assert sent.plain() == f"to x.grad[0:2]: {name}.grad and 0 elsewhere"


def test_a_rule_by_an_input_that_is_used_twice_names_what_is_wired() -> None:
    graph = graph_of_formula("x = [1, 2]; w = [3]; a = concat(x, w, x)", Graph())
    (joined,) = [node.id for node in graph.nodes() if node.op == "Concat"]
    assert [each.plain() for each in rules_in_names(graph, evaluate(graph), joined)[1:]] == [
        "to x.grad: a.grad[0:2]",
        "w.grad = a.grad[2:3]",
        "to x.grad: a.grad[3:5]",
    ]


@pytest.mark.parametrize("name", sorted(Function.registry))
def test_no_rule_is_left_out_on_ordinary_numbers(name: str) -> None:
    op = Function.registry[name]
    shapes = op.samples[0][1] if op.samples else ((),) * len(op.ports)
    values = tuple(np.resize(np.array([0.75, 1.5, 0.5, 1.25]) + place / 8, shape) for place, shape in enumerate(shapes))
    graph = graph_of(op, values, dict(op.samples[0][0]) if op.samples else {})
    trace = evaluate(graph, watched=True)
    for step in trace.steps:
        if step.node != "op":
            continue
        if step.kind == "forward":
            assert len(forward_formulas(graph, trace, step)[0].sides) > 1
        else:
            brought = [c for ledger in ledgers(graph, trace).values() for c in ledger.contributions]
            brought = sorted((c for c in brought if trace.steps[c.step] is step), key=lambda c: c.port)
            grads = {(node, k): g for node, found in trace.nodes.items() for k, g in enumerate(found.grad)}
            for equations in backward_formulas(graph, trace, step, brought, grads):
                assert ".grad" in equations[0].plain().partition(" = ")[2] or "≈" in equations[0].plain()


@pytest.mark.parametrize("variant", list(Variant))
@pytest.mark.parametrize("sweeps", [1, 2])
def test_whatever_the_engine_and_however_often_backward_runs(variant: Variant, sweeps: int) -> None:
    from tests.engine.built import FORK, built

    for graph in (FORK, built("x=3 y=Mul(x,x) z=MinMax(y,x) w=Add(z,z.1)"), built("x=0.1 y=Add(x,x) z=Mul(y,x)")):
        equations_of(graph, variant=variant, sweeps=(None,) * sweeps)
