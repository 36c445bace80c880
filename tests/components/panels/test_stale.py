"""By hand, after an edit: a panel explains the numbers that there are, or says to press Forward."""

from __future__ import annotations

from typing import Any

import pytest

from components.panels import Panel
from tests.components.state.host import Host

EDITS: dict[str, dict[str, Any]] = {
    "an input deleted": {"type": "delete", "nodes": ["n1"]},
    "an op deleted": {"type": "delete", "nodes": ["n3"]},
    "the output deleted": {"type": "delete", "nodes": ["n5"]},
    "a wire taken off": {"type": "disconnect", "target": "n5", "port": 0},
    "an op added": {"type": "add", "id": "k1", "op": "Split"},
    "another formula": {"type": "formula", "text": "z = concat(x, y, u)"},
    "another value": {"type": "set value", "node": "n1", "value": "[1, 2]"},
}


@pytest.fixture
def host() -> Host:
    host = Host()
    host.do({"type": "automatic", "automatic": False}, {"type": "backward"})
    return host


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("panel", sorted(Panel.registry))
def test_every_panel_goes_on_after_every_edit(host: Host, panel: str, edit: str) -> None:
    host.show(panel, local=True, bars=True)
    host.do(EDITS[edit])
    for node in ["", *host.picture["order"]]:
        host.selected = node
        assert "panelTrouble" not in host.do()
    assert host.message["notice"] == ""


def test_the_code_says_to_press_forward(host: Host) -> None:
    host.show("code")
    code = host.do({"type": "delete", "nodes": ["n1"]})["code"]
    assert {script["text"] for script in code.values()} == {
        "# The graph has changed since Forward: press Forward to have its script.\n"
    }
    code = host.do({"type": "forward"})["code"]
    assert "y = Variable(np.array(3.0))" in code["engine"]["text"]


def test_no_local_derivative_is_told_of_a_function_that_has_other_inputs(host: Host) -> None:
    host.do({"type": "formula", "text": "z = x * y"}, {"type": "forward"})
    picture = host.show("", local=True)
    assert sorted(edge["label"] for edge in picture["edges"].values()) == ["×2", "×3"]
    (z,) = [node for node, drawn in picture["nodes"].items() if drawn["name"] == "z"]
    picture = host.do({"type": "disconnect", "target": z, "port": 0})
    assert ["label" in edge for edge in picture["edges"].values()] == [False]
