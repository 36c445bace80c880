"""A graph is laid out for the room beside a panel, and stands again as it came; what a hand has placed stays."""

from __future__ import annotations

import json

from components.state import begin
from engine.document import Graph
from tests.components.state.host import Host

WIDE, BESIDE = [900, 575], [420, 575]
NET = {"type": "formula", "text": "y = tanh(x1*w11 + x2*w12 + b1)*v1 + tanh(x1*w21 + x2*w22 + b2)*v2 + b3"}


def places(host: Host) -> dict[str, tuple[float, float]]:
    return {node.id: (node.x, node.y) for node in host.session.playground.graph.nodes()}


def width(host: Host) -> float:
    across = [x for x, _ in places(host).values()]
    return max(across) - min(across)


def arrange(room: list[int]) -> dict[str, object]:
    return {"type": "arrange", "viewport": room}


def test_what_no_hand_has_placed_is_laid_out_for_the_room_and_stands_again_as_it_came() -> None:
    host = Host(begin(graph=Graph()))
    host.do(NET | {"viewport": WIDE})
    came, wide = places(host), width(host)
    host.do(arrange(BESIDE))
    narrow = width(host)
    assert narrow < 0.7 * wide
    assert host.message["undo"] == "change the formula"
    one = next(iter(came))
    host.do({"type": "set value", "node": one, "value": 5}, arrange(WIDE))
    assert places(host) == came

    host.do({"type": "move", "positions": {one: [7, 8]}}, arrange(BESIDE))
    assert places(host) == {**came, one: (7, 8)}
    host.do({"type": "undo"}, arrange(BESIDE))
    assert width(host) == narrow


def test_a_graph_that_is_brought_back_stays_as_it_was_left() -> None:
    left, again = Host(begin(graph=Graph())), Host()
    left.do(NET | {"viewport": WIDE})
    document = json.loads(left.session.playground.document)
    again.do({"type": "restore", "document": document}, arrange(BESIDE))
    assert places(again) == places(left)
