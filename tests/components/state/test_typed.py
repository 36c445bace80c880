"""What is told of what students type: how a formula was read, and what a refused text may mean."""

from __future__ import annotations

from tests.components.state.host import Host, set_x


def test_how_a_formula_was_read_is_told_with_its_number_until_something_else_is_done() -> None:
    host = Host()
    host.do({"type": "formula", "text": "z = x² + 2y"})
    assert host.message["remark"] == {"seq": 1, "read": "z = x ** 2 + 2 * y", "hints": []}
    host.hand_over([])  # the answer may have been lost
    assert host.message["remark"]["seq"] == 1
    host.do(set_x(5))
    assert "remark" not in host.message
    host.do({"type": "formula", "text": "z = x + y"})
    assert "remark" not in host.message


def test_a_name_that_became_an_input_is_told_with_what_else_it_may_mean() -> None:
    host = Host()
    host.do({"type": "formula", "text": "z = xy + x"})
    (hint,) = host.message["remark"]["hints"]
    assert hint == {"name": "xy", "label": "x * y", "text": "z = x * y + x"}
    host.do({"type": "formula", "text": hint["text"]})
    assert host.picture["formula"] == "z = x * y + x"


def test_both_readings_are_offered_and_nothing_is_changed() -> None:
    host = Host()
    before = host.picture["formula"]
    host.do({"type": "formula", "text": "z = 1/2x"}, set_x("1,5"))
    formula, value = host.message["refusals"]
    assert [offer["text"] for offer in formula["offers"]] == ["z = 1 / (2 * x)", "z = 1 / 2 * x"]
    assert [offer["text"] for offer in value["offers"]] == ["1.5", "[1, 5]"]
    assert value["node"] == "n1"
    assert host.picture["formula"] == before


def test_very_long_readings_are_not_offered_and_still_refused() -> None:
    host = Host()
    host.do({"type": "formula", "text": "z = 1/2x + " + "y + " * 800 + "1"})
    (refusal,) = host.message["refusals"]
    assert refusal["offers"] == []
    assert "two ways" in refusal["text"]


def test_how_a_value_was_written_is_in_the_picture_and_goes_with_the_value() -> None:
    host = Host()
    host.do(set_x("1/4"))
    assert (host.picture["nodes"]["n1"]["written"], host.picture["nodes"]["n1"]["value"]) == ("1/4", 0.25)
    host.do(set_x(7))
    assert "written" not in host.picture["nodes"]["n1"]
