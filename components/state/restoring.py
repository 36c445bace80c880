"""The command that takes up what a browser tab kept: a document, and beside it only what is understood."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import Field, ValidationError, ValidationInfo, ValidatorFunctionWrapHandler, WrapValidator

from components.state.computation import MOST_SWEEPS
from components.state.kept_history import KeptHistory
from engine.autograd import Variant
from engine.document import Id, Port, QuantityKind, Strict
from engine.limits import MAX_EDGES, MAX_NODES
from engine.tasks import LONGEST_ANSWER, MOST_TRIES


def _or_default(value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
    """Return a value as it was kept, or the default: nothing beside the document may keep that from being restored."""
    try:
        return handler(value)
    except (ValidationError, RecursionError):
        assert info.field_name is not None
        return Restore.model_fields[info.field_name].default


_OrDefault: Final = WrapValidator(_or_default)


class KeptAnswers(Strict):
    """Hold what was answered to one hidden number, as it was typed, and whether the number was revealed."""

    node: Id
    kind: QuantityKind
    output: Port = 0
    tries: Annotated[tuple[Annotated[str, Field(max_length=LONGEST_ANSWER)], ...], Field(max_length=MOST_TRIES)] = ()
    revealed: bool = False


class Restore(Strict):
    """Take up what a browser tab kept over a reload, a lost session or a restart of the server."""

    type: Literal["restore"] = "restore"
    document: Any
    automatic: Annotated[bool, _OrDefault] = True
    variant: Annotated[Variant, _OrDefault] = Variant.STEP_16
    forward: Annotated[bool, _OrDefault] = True
    """Whether Forward has run since the last edit; where it has not, numbers wait for it. Told by hand only."""
    sweeps: Annotated[tuple[tuple[Id, Port], ...], Field(max_length=MOST_SWEEPS), _OrDefault] = ()
    """The outputs from which Backward has run since Forward, in this order. Told by hand only."""
    picks: Annotated[tuple[Id, ...] | None, Field(max_length=MAX_NODES), _OrDefault] = None
    """The order in which somebody picked the Functions."""
    lesson: Annotated[
        Annotated[int, Field(strict=True)] | Annotated[str, Field(strict=True, max_length=200)] | None, _OrDefault
    ] = None
    """The key of the lesson that the graph came from; one that came with its graph is in the document."""
    history: Annotated[KeptHistory, _OrDefault] = KeptHistory()
    """What could be undone and redone."""
    answers: Annotated[tuple[KeptAnswers, ...], Field(max_length=2 * MAX_EDGES), _OrDefault] = ()
    """What was answered to hidden numbers."""
    choice: Annotated[tuple[Port, ...], Field(max_length=MOST_TRIES), _OrDefault] = ()
    """What was chosen of what the lesson offers, by places counted from 0."""
    own: Annotated[str, Field(max_length=100), _OrDefault] = ""
    """Whose own numbers were shown."""
    followers: Annotated[int, Field(strict=True, ge=0, le=2**53), _OrDefault] = 0
    """How many events behind this one were handed over with it: until they are done, what is kept is not whole."""
