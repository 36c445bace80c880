"""Events are read one by one by their type, edits alone or together with what else a page takes."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest
from pydantic import Field, TypeAdapter

from engine.document import Strict
from engine.edits import Connect, Event, read_event
from engine.errors import EditError


class Undo(Strict):
    type: Literal["undo"] = "undo"


PAGE_EVENTS: TypeAdapter[Event | Undo] = TypeAdapter(Annotated[Event | Undo, Field(discriminator="type")])


def test_a_page_reads_its_own_commands_together_with_the_edits() -> None:
    assert read_event(PAGE_EVENTS, {"type": "undo"}) == Undo()
    connect = {"type": "connect", "source": "x", "target": "a", "port": 0}
    assert read_event(PAGE_EVENTS, connect) == Connect(source="x", target="a", port=0)
    with pytest.raises(
        EditError, match=r"That edit was not understood: undo\.more: this field is not permitted here\."
    ):
        read_event(PAGE_EVENTS, {"type": "undo", "more": 1})
    with pytest.raises(EditError, match=r"there is no edit of this type\."):
        read_event(PAGE_EVENTS, {"type": "explode"})
