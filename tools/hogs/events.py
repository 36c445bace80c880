"""What hands can ask for in a large graph: every edit and command, and every panel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from components.panels import Panel
from engine.document import to_document, to_json
from engine.formula import formula_of
from tools.hogs.graphs import Large


@dataclass(frozen=True)
class Task:
    """Hold what somebody does: the events, what is looked at and selected meanwhile, and how the graph was opened."""

    name: str
    events: tuple[dict[str, Any], ...] = ()
    look: dict[str, Any] = field(default_factory=dict)
    selected: str = ""
    before: tuple[dict[str, Any], ...] = ()
    """Events that go before, and are not measured."""


def tasks(large: Large) -> Iterator[Task]:
    """Yield everything that is measured in a graph."""
    graph, ids = large.graph, [node.id for node in large.graph.nodes()]
    node, middle, last = large.input, large.middle, large.last
    value = graph.node(node).value
    other: Any = 0.51 if not isinstance(value, tuple) else [[0.5] * 100] * 100
    change = {"type": "set value", "node": node, "value": other}
    yield Task("set a value", (change,))
    yield Task("set a value, × local, |grad| and widths on", (change,), {"local": True, "bars": True, "widths": True})
    for panel in sorted(Panel.registry):
        yield Task(f"open {panel}", (), {"panel": panel}, node)
        yield Task(f"set a value, {panel} open", (change,), {"panel": panel}, node)
    yield Task("open the last steps", (), {"panel": "steps", "steps_after": 900})
    yield Task("select", (), {}, middle)
    yield Task("tidy", ({"type": "tidy"},))
    yield Task("tidy 20 times", ({"type": "tidy"},) * 20)
    yield Task("move all", ({"type": "move", "positions": {each: [1.0, 2.0] for each in ids}},))
    yield Task("move one", ({"type": "move", "positions": {node: [1.0, 2.0]}},))
    yield Task("rename", ({"type": "rename", "node": node, "name": "other"},))
    yield Task("delete one", ({"type": "delete", "nodes": [last]},))
    yield Task("delete all", ({"type": "delete", "nodes": ids},))
    yield Task("undo delete all", ({"type": "undo"},), before=({"type": "delete", "nodes": ids},))
    yield Task("disconnect", ({"type": "disconnect", "target": middle, "port": 0},))
    yield Task("choose", ({"type": "choose", "node": middle, "output": 0},))
    yield Task("graph of the gradient", ({"type": "differentiate", "node": node},))
    yield Task("make a block of all", ({"type": "block", "id": "all", "nodes": ids},))
    yield Task("make a block of two", ({"type": "block", "id": "two", "nodes": [node, middle]},))
    for block in graph.blocks[:1]:
        yield Task("open or close a block", ({"type": "set open", "block": block.id, "open": not block.is_open},))
        yield Task("close a block by turns", ({"type": "set open", "block": graph.blocks[-1].id, "open": True},))
        yield Task("ungroup", ({"type": "ungroup", "block": block.id},))
    yield Task("descend", ({"type": "descend", "rate": 0.001, "steps": 500},))
    yield Task("share", ({"type": "share"},))
    yield Task("check", ({"type": "check"},), {"panel": "check"})
    yield Task("open a file", ({"type": "open", "text": to_json(graph)},))
    yield Task("restore", ({"type": "restore", "document": to_document(graph)},))
    text = formula_of(graph)
    if len(text) < 50_000:
        yield Task("set the formula anew", ({"type": "formula", "text": text},), before=({"type": "new"},))
        yield Task("set the formula", ({"type": "formula", "text": f"{text}\nw = sin({graph.node(node).name})"},))
    for variant in ("step 13", "step 14"):
        yield Task(f"engine {variant}", ({"type": "variant", "variant": variant},))
        yield Task(f"engine {variant} with Steps", ({"type": "variant", "variant": variant},), {"panel": "steps"})
    by_hand = ({"type": "automatic", "automatic": False}, {"type": "forward"})
    yield Task("forward", ({"type": "forward"},), before=by_hand)
    yield Task("backward", ({"type": "backward"},), before=by_hand)
    yield Task("backward 20 times", ({"type": "backward"},) * 20, before=by_hand)
    yield Task("backward a 20th time", ({"type": "backward"},), before=(*by_hand, *({"type": "backward"},) * 19))
    yield Task(
        "backward a 20th time, Steps open",
        ({"type": "backward"},),
        {"panel": "steps"},
        before=(*by_hand, *({"type": "backward"},) * 19),
    )
    yield Task("pick", ({"type": "pick", "order": []},), {"panel": "steps"})
