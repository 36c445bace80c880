"""What a browser asks for about the open lesson beside answers: to explain it, and to write one."""

from __future__ import annotations

from typing import Any, Literal

from engine.document import Strict


class Explain(Strict):
    """Show the insight of the open lesson."""

    type: Literal["explain"] = "explain"


class CheckBuilt(Strict):
    """Look whether the graph is what the open lesson asks for."""

    type: Literal["check built"] = "check built"


class WriteLesson(Strict):
    """Show all of the open lesson, also what is right, to somebody who goes on writing it."""

    type: Literal["write lesson"] = "write lesson"


class SetLesson(Strict):
    """Let the present graph ask what somebody has written: fields as a lesson's file has them."""

    type: Literal["set lesson"] = "set lesson"
    fields: dict[str, Any]


class TryLesson(Strict):
    """Set a lesson, and open it as it opens for a student."""

    type: Literal["try lesson"] = "try lesson"
    fields: dict[str, Any]


class EndTry(Strict):
    """Go back from a lesson that was tried to where it is written; nothing of the try is left."""

    type: Literal["end try"] = "end try"


class DropLesson(Strict):
    """Let the present graph ask nothing."""

    type: Literal["drop lesson"] = "drop lesson"
