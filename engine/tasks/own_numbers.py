"""Give each student other inputs of the same task: the same for the same name for ever, and good to compute with.

They are drawn from SHA-256 of the version, the task and the name. Of the draws the first is taken that is well
conditioned: no gradient is 0 or huge, no kink is near, and wrong rules give other numbers than the right one and than
each other, unless they do so at every place. What counts as well conditioned is part of the version: whoever changes
it, or the wrong rules, writes a new version beside this one.
"""

from __future__ import annotations

import hashlib
import math
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, count
from typing import Final

import numpy as np

from engine.autograd import Array
from engine.diagnosis import number_of, same_number, wrong_numbers
from engine.document import Graph, Quantity, Range, shape_of
from engine.edits import SetValue, apply
from engine.errors import TaskError
from engine.evaluation import Trace, evaluate
from engine.messages import say
from engine.pieces import Pieces, finish

OWN_VERSION: Final = 1
MOST_DRAWS: Final = 40
"""Draws that are tried; of those that are not perfect the best is taken."""
SMALLEST: Final = 0.01
LARGEST: Final = 1_000.0
NEAREST_KINK: Final = 0.05
_GENERIC_DECIMALS: Final = 6
"""At a place with so many decimals, rules give the same number only where they always do."""


def normalized(name: str) -> str:
    """Return a name as it is drawn from: in Unicode's form NFKC, without case, invisible signs and doubled spaces."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return " ".join("".join(each for each in folded if unicodedata.category(each) != "Cf").split())


def own_graph(graph: Graph, ranges: Mapping[str, Range], task: str, name: str) -> Graph:
    """Return a task's graph with the inputs of somebody's name; `ranges` are those of inputs, by their names.

    `task` is a text that tells the task from others. Raises TaskError where a range is of no input, or where no draw
    is good to compute with.
    """
    return finish(own_graph_in_pieces(graph, ranges, task, name))


def own_graph_in_pieces(graph: Graph, ranges: Mapping[str, Range], task: str, name: str) -> Pieces[Graph]:
    """Do the same as `own_graph` in pieces, each a draw."""
    _refuse_ranges(graph, ranges)
    if not ranges:
        return graph
    asked = sorted(graph.hidden)
    always = _coinciding(_drawn(graph, ranges, (task, "*"), 0, _GENERIC_DECIMALS), asked)
    best: tuple[int, Graph] | None = None
    for attempt in range(MOST_DRAWS):
        yield attempt / MOST_DRAWS
        drawn = _drawn(graph, ranges, (task, normalized(name)), attempt)
        trace = evaluate(drawn)
        if not is_well_conditioned(trace, asked):
            continue
        misses = len(_coinciding(drawn, asked, trace) - always)
        if best is None or misses < best[0]:
            best = misses, drawn
        if misses == 0:
            break
    if best is None:
        raise TaskError(say("These ranges leave no numbers that are good to compute with. Make them wider."))
    return best[1]


def is_well_conditioned(trace: Trace, asked: Sequence[Quantity]) -> bool:
    """Return whether every number is finite, no asked gradient is 0, tiny or huge, and no kink is near."""
    arrays = [array for found in trace.nodes.values() for array in (*(found.data or ()), *found.grad)]
    if any(array is not None and not np.all(np.abs(array) <= LARGEST) for array in arrays):
        return False
    for each in asked:
        number = number_of(trace, each)
        if number is None or (each.kind == "grad" and not np.all(np.abs(number) >= SMALLEST)):
            return False
    return all(_is_clear_of_kinks(trace, node_id) for node_id in trace.functions)


def _is_clear_of_kinks(trace: Trace, node_id: str) -> bool:
    function = trace.functions[node_id]
    kinks = type(function).kinks
    if kinks is None:
        return True
    with np.errstate(all="ignore"):
        distance = np.abs(np.asarray(kinks(*(x.data for x in function.inputs))))
    return bool(np.all(distance >= NEAREST_KINK))


def _coinciding(graph: Graph, asked: Sequence[Quantity], trace: Trace | None = None) -> set[tuple[str, str, str]]:
    """Return which rules give the same wrong number, and which give the right one: ("x.grad", one rule, another)."""
    trace = evaluate(graph) if trace is None else trace
    found = set()
    for each in asked:
        right = number_of(trace, each)
        if right is None:
            continue
        by_rule: dict[str, list[Array]] = {"": [right]}
        for wrong in finish(wrong_numbers(graph, trace, each)):
            by_rule.setdefault(wrong.rule.value, []).append(wrong.number)
        for one, other in combinations(by_rule, 2):
            if any(same_number(left, right) for left in by_rule[one] for right in by_rule[other]):
                found.add((each.name_in(graph), one, other))
    return found


def _drawn(
    graph: Graph, ranges: Mapping[str, Range], who: tuple[str, str], attempt: int, decimals: int | None = None
) -> Graph:
    """Return the graph with a draw; inputs in the order of their names, so that it is the same in whatever order."""
    numbers = _numbers(*who, attempt)
    for name in sorted(ranges):
        node, between = graph.node_named(name), ranges[name]
        assert node is not None
        assert node.value is not None
        digits = between.decimals if decimals is None else decimals
        shape = shape_of(node.value)
        drawn = [_draw(between, digits, numbers) for _ in range(math.prod(shape))]
        graph = apply(graph, SetValue(node=node.id, value=np.reshape(drawn, shape).tolist()))
    return graph


def _draw(between: Range, decimals: int, numbers: Iterator[int]) -> float:
    """Return a number of a range, not 0 unless there is no other: with 0 there is little to compute."""
    size = between.values(decimals)
    while (drawn := between.value(next(numbers) % size, decimals)) == 0 and size > 1:
        pass
    return drawn


def _numbers(task: str, name: str, attempt: int) -> Iterator[int]:
    """Yield numbers of 64 bits out of SHA-256."""
    for block in count():
        text = "\n".join(["backprop-playground own numbers", str(OWN_VERSION), task, name, str(attempt), str(block)])
        digest = hashlib.sha256(text.encode()).digest()
        yield from (int.from_bytes(digest[place : place + 8], "big") for place in range(0, 32, 8))


def _refuse_ranges(graph: Graph, ranges: Mapping[str, Range]) -> None:
    for name in ranges:
        node = graph.node_named(name)
        if node is None or node.value is None:
            raise TaskError(say("{name} is no input, so no numbers are drawn for it.", name=name))


def task_of(graph: Graph) -> str:
    """Return a text that tells a task from others, wherever it is opened: names, wires, ranges and what is asked.

    Positions, ids and the values that stand there now are not in it.
    """
    names = {node.id: node.name for node in graph.nodes()}
    lines = [f"{node.name} {node.op} {sorted(node.parameters.items())}" for node in graph.nodes()]
    lines += [f"{names[edge.source]}.{edge.output} {names[edge.target]}.{edge.port}" for edge in graph.edges()]
    lines += [f"{names[node_id]} {between}" for node_id, between in graph.ranges.items()]
    return "\n".join(sorted([*lines, *(f"? {each.name_in(graph)}" for each in graph.hidden)]))


def with_own_numbers(graph: Graph, name: str) -> Pieces[Graph]:
    """Return a graph with the inputs of somebody's name, by the ranges that it holds; raises TaskError."""
    if not normalized(name):
        raise TaskError(say("Type your name first: your numbers come of it."))
    ranges = {graph.node(node_id).name: between for node_id, between in graph.ranges.items()}
    return (yield from own_graph_in_pieces(graph, ranges, task_of(graph), name))
