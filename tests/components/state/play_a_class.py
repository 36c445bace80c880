"""Play a class without Streamlit: build a graph, undo, open a lesson, step, share, and come back after a restart.

Run by `test_other_host.py` in a process of its own, since other tests import Streamlit.
"""

from __future__ import annotations

import sys
from typing import Any

sys.modules["streamlit"] = None  # type: ignore[assignment]  # any import of it raises ImportError

from components.state import begin  # noqa: E402
from tests.components.state.host import Host, opening  # noqa: E402


def add(node: str, op: str, **more: Any) -> dict[str, Any]:
    return {"type": "add", "id": node, "op": op, **more}


def connect(source: str, target: str, port: int = 0) -> dict[str, Any]:
    return {"type": "connect", "source": source, "target": target, "port": port}


def build_the_first_graph(host: Host) -> None:
    """Build z = x² + y² by hand, as on an empty page."""
    host.do({"type": "new"})
    host.do(add("n1", "Input", name="x", value=2), add("n2", "Input", name="y", value="3"), gesture=1)
    host.do(add("n3", "Square", name="a"), connect("n1", "n3"), gesture=2)
    host.do(add("n4", "Square", name="b"), connect("n2", "n4"), gesture=3)
    host.do(add("n5", "Add", name="z"), connect("n3", "n5"), connect("n4", "n5", 1), gesture=4)
    assert host.picture["formula"] == "z = x ** 2 + y ** 2"
    assert [host.number(name, "data") for name in "xyabz"] == ["2", "3", "4", "9", "13"]
    assert [host.number(name, "grad") for name in "xyabz"] == ["4", "6", "1", "1", "1"]


def change_a_value_and_undo(host: Host) -> None:
    """Scrub x from 3 to 5, which is one gesture, and take it back."""
    host.do(*({"type": "set value", "node": "n1", "value": value} for value in (3, 4, 5)), gesture=5)
    assert (host.number("z", "data"), host.number("x", "grad")) == ("34", "10")
    assert host.message["undo"] == "set x to 5"
    host.do({"type": "undo"})
    assert (host.number("z", "data"), host.message["redo"]) == ("13", "set x to 5")
    host.do({"type": "redo"}, {"type": "undo"})
    assert host.number("z", "data") == "13"


def meet_a_refusal(host: Host) -> None:
    """Try to close a cycle: one sentence, at the node, and the graph stays."""
    before = host.picture
    assert host.do(connect("n5", "n3")) == before
    (refusal,) = host.message["refusals"]
    assert (refusal["node"], refusal["seq"]) == ("n3", host.seq)
    assert refusal["text"].startswith("z → a would close a cycle")


def share(host: Host) -> None:
    """Open the link on another page."""
    host.do({"type": "share"})
    other = Host(begin(host.message["link"]))
    assert other.message["session"] != host.message["session"]
    assert other.picture["formula"] == host.picture["formula"]
    assert [other.number(name, "grad") for name in "xyz"] == ["4", "6", "1"]


def step_through_a_lesson(host: Host) -> None:
    """Open the lesson about the order of visits, step, and let a wrong variant run."""
    picture = host.do(*opening(7))
    assert "steps" not in picture
    steps = host.show("steps")["steps"]
    assert steps["steps"][str(steps["count"])]["gives"]["n1"]["grad"] == host.number("x", "grad") == "64"
    picture = host.do({"type": "variant", "variant": "step 14"})
    assert (host.number("x", "grad"), host.message["variant"]) == ("96", "step 14")
    assert "x.grad is 96, and 64 is right." in picture["faults"]["n1"]["why"]
    assert "steps" not in host.show("")
    host.do({"type": "undo"})
    assert host.picture["formula"] == "z = x ** 2 + y ** 2"


def come_back_after_a_restart(host: Host) -> None:
    """Bring the graph back to a new session, as a browser tab does; what it had not yet handed over follows."""
    set_x = {"type": "set value", "node": "n1", "value": 7}
    restore = {"type": "restore", "document": host.document(), "automatic": False, "variant": "step 13"}
    again = Host()
    again.do(restore, set_x)
    assert again.picture["formula"] == "z = x ** 2 + y ** 2"
    assert (again.message["automatic"], again.message["variant"]) == (False, "step 13")
    assert again.message["undo"] == "set x to 7"  # coming back itself is nothing to undo
    again.do({"type": "forward"}, {"type": "variant", "variant": "step 16"}, {"type": "backward"}, {"type": "backward"})
    assert (again.number("z", "data"), again.number("x", "grad")) == ("58", "28")
    assert "x.grad = 14 + 14 = 28" in again.message["notice"]


if __name__ == "__main__":
    teacher = Host()
    for part in (
        build_the_first_graph,
        change_a_value_and_undo,
        meet_a_refusal,
        share,
        step_through_a_lesson,
        come_back_after_a_restart,
    ):
        part(teacher)
    assert sys.modules["streamlit"] is None
    print("The class was played.")
