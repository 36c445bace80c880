"""What a panel's field was refused, and which fields may make an edit."""

from __future__ import annotations

from components.page.fields import Fields
from components.state import Playground
from engine.edits import Rename
from engine.lessons import LESSONS


def test_a_refusal_stands_at_its_own_field_until_the_next_edit() -> None:
    fields, playground = Fields(), Playground.of(LESSONS[0].graph)
    fields.edit(playground, Rename(node="n3", name="b"), "n3", "name")
    assert "Another node is named b already" in fields.refusal_at("n3", "name")
    assert (fields.refusal_at("n3", "value"), fields.refusal_at("n4", "name")) == ("", "")
    assert playground.graph == LESSONS[0].graph
    fields.edit(playground, Rename(node="n3", name="c"), "n3", "name")
    assert fields.refusal_at("n3", "name") == ""
    assert playground.graph.node("n3").name == "c"


def test_each_edit_counts_as_leaving_the_field() -> None:
    fields, playground = Fields(), Playground.of(LESSONS[0].graph)
    for name in ("b", "c"):
        fields.edit(playground, Rename(node="n3", name=name), "n3", "name")
    assert fields.left == 2
