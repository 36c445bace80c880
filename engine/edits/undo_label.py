"""Say in a few words what an edit does: "connect x → a", "set x to 5"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch

from engine.autograd import write_parameter
from engine.document import Graph, called, members_of, output_feeding
from engine.edits.reducer import (
    AddNode,
    Choose,
    Connect,
    Delete,
    Descend,
    Differentiate,
    Disconnect,
    Event,
    MakeBlock,
    Move,
    Rename,
    Replace,
    SetFormula,
    SetOpen,
    SetParameter,
    SetValue,
    Tidy,
    Ungroup,
)

_SHOWN_LENGTH = 20


def word_gesture(events: Sequence[Event], graph: Graph) -> str:
    """Return the words for the edits of one gesture, made on a graph in this order."""
    made = [event for event in events if isinstance(event, MakeBlock)]
    added = sum(isinstance(event, AddNode) for event in events)
    if added > 1:
        return f"add {added} nodes" if len(made) != 1 or made[0].name is None else f"add the block {made[0].name}"
    valued = list(dict.fromkeys(event.node for event in events if isinstance(event, SetValue)))
    if len(valued) == 2 and all(isinstance(event, SetValue) for event in events):
        return f"set {_name(graph, valued[0])} and {_name(graph, valued[1])}"
    # A scrub or a walk with the arrow keys is many edits of one kind: the last says where it led.
    alike = all(type(event) is type(events[0]) for event in events)
    return word(events[-1] if alike else events[0], graph)


@singledispatch
def word(event: Event, graph: Graph) -> str:
    """Return the words for one edit, made on a graph."""
    raise TypeError(f"{type(event).__name__} is not an edit")


@word.register
def _(event: AddNode, graph: Graph) -> str:
    return f"add {event.op}"


@word.register
def _(event: Connect, graph: Graph) -> str:
    return f"connect {_name(graph, event.source)} → {_name(graph, event.target)}"


@word.register
def _(event: Disconnect, graph: Graph) -> str:
    block = graph.block(event.target)
    port = (event.target, event.port)
    if block is not None:
        port = block.inputs[event.port][0] if event.port < len(block.inputs) else (block.members[0], -1)
    fed = output_feeding(graph, port)
    source = "" if fed is None else f"{_name(graph, fed[0])} → "
    return f"disconnect {source}{_name(graph, event.target)}"


@word.register
def _(event: SetValue, graph: Graph) -> str:
    return f"set {_name(graph, event.node)} to {_short(str(event.value).strip())}"


@word.register
def _(event: SetParameter, graph: Graph) -> str:
    value = event.value.strip() if isinstance(event.value, str) else write_parameter(event.value)
    what = f"{event.name} of " if event.name else ""
    return f"set {what}{_name(graph, event.node)} to {_short(value)}"


@word.register
def _(event: Rename, graph: Graph) -> str:
    return f"rename {_name(graph, event.node)} to {event.name.strip()}"


@word.register
def _(event: Move, graph: Graph) -> str:
    return f"move {_named(graph, list(event.positions))}"


@word.register
def _(event: Delete, graph: Graph) -> str:
    return f"delete {_named(graph, event.nodes)}"


@word.register
def _(event: Choose, graph: Graph) -> str:
    return "differentiate the last output" if event.node is None else f"differentiate {_name(graph, event.node)}"


@word.register
def _(event: Tidy, graph: Graph) -> str:
    return "tidy"


@word.register
def _(event: Replace, graph: Graph) -> str:
    return "open another graph" if len(event.document) else "begin a new graph"


@word.register
def _(event: SetFormula, graph: Graph) -> str:
    return "change the formula"


@word.register
def _(event: Differentiate, graph: Graph) -> str:
    return f"draw the gradient by {_name(graph, event.node)}"


@word.register
def _(event: Descend, graph: Graph) -> str:
    return "one step of descent" if event.steps == 1 else f"{event.steps} steps of descent"


@word.register
def _(event: MakeBlock, graph: Graph) -> str:
    return f"make a block of {_named(graph, members_of(graph, event.nodes))}"


@word.register
def _(event: SetOpen, graph: Graph) -> str:
    return f"{'open' if event.open else 'close'} {_name(graph, event.block)}"


@word.register
def _(event: Ungroup, graph: Graph) -> str:
    return f"ungroup {_name(graph, event.block)}"


def _short(value: str) -> str:
    return value if len(value) <= _SHOWN_LENGTH else f"{value[:_SHOWN_LENGTH]}…"


def _name(graph: Graph, node_id: str) -> str:
    return called(graph, node_id) if node_id in graph or graph.block(node_id) else "the new node"


def _named(graph: Graph, ids: Sequence[str]) -> str:
    return _name(graph, ids[0]) if len(ids) == 1 else f"{len(ids)} nodes"
