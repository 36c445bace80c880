"""What the browser looks at beside the graph: the open panel, and what stands on wires and nodes."""

from __future__ import annotations

import pytest

from tests.components.state.host import FORK, Host, set_x


@pytest.fixture
def host() -> Host:
    return Host()


def test_picking_asks_for_what_waits(host: Host) -> None:
    host.look = {"panel": "steps"}
    picture = host.do(*FORK, {"type": "pick", "order": []})
    assert picture["picking"] is True
    (y,) = picture["steps"]["steps"][str(picture["steps"]["count"])]["waiting"]
    picture = host.do({"type": "pick", "order": [y]})
    assert len(picture["steps"]["steps"][str(picture["steps"]["count"])]["waiting"]) == 2
    picture = host.do({"type": "pick", "order": ["nobody"]})
    assert host.refusals == ["There is no such Function in the work list."]
    assert picture["picks"] == [y]
    order = [y, *picture["steps"]["steps"][str(picture["steps"]["count"])]["waiting"]]
    assert host.do({"type": "pick", "order": order})["picks"] == order
    assert len(order) == 3


def test_the_check_belongs_to_the_graph_and_the_variant_that_were_checked(host: Host) -> None:
    host.look = {"panel": "check"}
    check = {"type": "check"}
    picture = host.do(check)
    assert [(row["name"], row["analytical"], row["agrees"]) for row in picture["check"]] == [
        ("x", "4", True),
        ("y", "6", True),
    ]
    assert "check" not in host.do(set_x(5))
    assert "check" not in host.do(check, {"type": "variant", "variant": "step 13"})


def test_the_check_catches_a_wrong_variant(host: Host) -> None:
    host.look = {"panel": "check"}
    picture = host.do(*FORK, {"type": "variant", "variant": "step 14"}, {"type": "check"})
    assert [(row["analytical"], row["numerical"], row["agrees"]) for row in picture["check"]] == [("96", "64", False)]


def test_the_nudge_closes_in(host: Host) -> None:
    # ((2 + h)² − 4) / h = 4 + h
    for exponent, quotient in ((0, "5"), (-1, "4.1"), (-3, "4.001")):
        rows = host.show("check", exponent=exponent)["nudge"]["rows"]
        assert (rows[0]["name"], rows[0]["quotient"], rows[0]["grad"]) == ("x", quotient, "4")


def test_paths_of_the_selected_variable(host: Host) -> None:
    host.do(*FORK)
    host.selected = "n1"
    found = host.show("paths")["paths"]["variables"][0]
    assert (found["name"], found["count"], found["total"]) == ("x", "2", "64")
    assert [(row["factors"], row["product"]) for row in found["rows"]] == [("4 × 8 × 1", "32")] * 2


def test_only_the_open_panel_is_sent(host: Host) -> None:
    for panel, keys in (
        ("", set()),
        ("steps", {"steps", "picking", "picks"}),
        ("paths", {"paths"}),
        ("code", {"code"}),
    ):
        picture = host.show(panel)
        assert {
            key for key in ("steps", "picking", "picks", "paths", "nudge", "check", "code") if key in picture
        } == keys


def test_local_derivatives_and_bars_are_drawn_when_they_are_looked_at(host: Host) -> None:
    assert "bars" not in host.picture
    picture = host.show("", bars=True, local=True)
    assert picture["bars"] == {"low": 0, "high": 1}  # |grad| is 1, 4 and 6
    assert [edge["label"] for edge in picture["edges"].values()] == ["×4", "×6", "×1", "×1"]


def test_code_follows_every_edit(host: Host) -> None:
    assert "x = Variable(np.array(2.0))" in host.show("code")["code"]["engine"]["text"]
    assert "x = Variable(np.array(5.0))" in host.do(set_x(5))["code"]["engine"]["text"]
