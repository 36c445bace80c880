"""Every exception of the engine: one tree, each message a plain sentence that can be shown to a student."""

from __future__ import annotations

from typing import Final, NamedTuple

LONGEST_SENTENCE: Final = 400
"""Characters of a sentence: what somebody sent may stand in it, and may be a megabyte long."""


class PlaygroundError(Exception):
    """Be the base of everything that the playground refuses; a sentence that is too long to be read is cut."""

    def __init__(self, message: str = "") -> None:
        # A lone surrogate in it, which no JSON can carry, is shown as a question mark.
        text = str(message).encode("utf-8", "replace").decode()
        super().__init__(text if len(text) <= LONGEST_SENTENCE else f"{text[:LONGEST_SENTENCE]}…")


class UnforeseenError(PlaygroundError):
    """Report a fault of the playground itself, which has been logged."""


class EngineError(PlaygroundError):
    """Report a wrong use of the define-by-run engine."""


class OpDescriptionError(EngineError, TypeError):
    """Report an op class that lacks a part of its description."""


class UnknownOpError(EngineError):
    """Report the name of an op that the registry does not hold."""


class SymbolError(EngineError):
    """Report a rule that cannot be written as straight-line code."""


class AnswerError(PlaygroundError):
    """Report an answer that is not taken: the number is shown, or nothing more may be said of it."""


class TaskError(PlaygroundError):
    """Report a task that cannot be set, such as ranges that leave no numbers."""


class DescentError(EngineError):
    """Report a graph on which gradient descent has nowhere to go."""


class ShapeError(EngineError):
    """Report arrays whose shapes do not fit together."""


class DocumentError(PlaygroundError):
    """Report a malformed document; `place` says where in it, such as "nodes[2].op"."""

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(f"{place}: {message}" if place else message)
        self.place = place
        self.sentence = message


class LessonError(PlaygroundError):
    """Report a malformed file of a lesson; `file` is its name, and `place` says where in it, such as "graph.a.op"."""

    def __init__(self, message: str, file: str, place: str = "") -> None:
        super().__init__(": ".join(filter(None, [file, place, message])))
        self.file = file
        self.place = place


class Offer(NamedTuple):
    """Offer what may have been meant: what is shown of it, and the whole text to take for what was typed."""

    label: str
    text: str


class EditError(PlaygroundError):
    """Report an edit that is refused; `nodes` holds the names of the nodes concerned, `offers` what may be meant."""

    def __init__(self, message: str, *nodes: str, offers: tuple[Offer, ...] = ()) -> None:
        super().__init__(message)
        self.nodes = nodes
        self.offers = offers


class CycleError(EditError):
    """Refuse a wire that would close a cycle."""


class PortError(EditError):
    """Refuse a port that the node does not have."""


class DuplicateNameError(EditError):
    """Refuse a name or id that another node has."""


class InvalidNameError(EditError):
    """Refuse a name that breaks the rule for names."""


class FormulaError(EditError):
    """Refuse a typed formula; `line` and `column` count from 1 and say where in it."""

    def __init__(self, message: str, line: int = 1, column: int = 1, offers: tuple[Offer, ...] = ()) -> None:
        super().__init__(message, offers=offers)
        self.line = line
        self.column = column


class UnknownNodeError(EditError):
    """Refuse an edit of a node that is not in the graph."""


class ValueRefusedError(EditError):
    """Refuse a value that is not a finite number or an array of them."""


class LimitError(EditError):
    """Refuse what would exceed a limit of `engine.limits`."""


class ParameterError(EditError):
    """Refuse a parameter that an op does not have, or a value that it cannot take."""
