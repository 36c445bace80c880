"""Declare the fields of what comes from outside, and say in a sentence which one is malformed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from engine import limits
from engine.autograd import find_op
from engine.document.found import cut, in_words
from engine.document.names import check_name
from engine.document.values import check_value, opened
from engine.errors import PlaygroundError
from engine.messages import mark, say

INPUT: Final = "Input"
"""What a document writes in the place of an op's name for an input."""
_DEEPEST_PLACE: Final = 8


class Strict(BaseModel):
    """Take exactly the declared fields, never NaN or Infinity."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def with_own_sentence(check: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a check whose refusal pydantic reports in its own sentence: it takes ValueErrors alone."""

    def checked(value: Any) -> Any:
        try:
            return check(value)
        except PlaygroundError as error:
            raise ValueError(str(error)) from None

    return checked


def _check_op(name: str) -> str:
    return name if name == INPUT else find_op(cut(name)).__name__  # what is longer is no op, and is told cut


def holds_broken_text(data: Any) -> bool:
    """Return whether any text in parsed JSON, however deep, has a lone surrogate: no file and no page can hold it."""
    pending = [data]
    while pending:
        each = pending.pop()
        if isinstance(each, str):
            if not each.isascii() and any("\ud800" <= character <= "\udfff" for character in each):
                return True
        elif isinstance(each, dict):
            pending += each
            pending += each.values()
        elif isinstance(each, list | tuple):
            pending += [entry for entry in each if type(entry) is not float]
    return False


Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,40}$", strict=True)]
Name = Annotated[str, Field(strict=True), AfterValidator(with_own_sentence(check_name))]
Op = Annotated[str, Field(strict=True), AfterValidator(with_own_sentence(_check_op))]
Port = Annotated[int, Field(strict=True, ge=0, le=1_000)]
Coordinate = Annotated[float, Field(ge=-limits.MAX_COORDINATE, le=limits.MAX_COORDINATE)]
Position = tuple[Coordinate, Coordinate]
CheckedValue = Annotated[Any, BeforeValidator(with_own_sentence(lambda value: check_value(opened(value))))]
BlockInputs = Annotated[
    tuple[Annotated[tuple[tuple[Id, Port], ...], Field(max_length=limits.MAX_EDGES)], ...],
    Field(max_length=limits.MAX_EDGES),
]
Parameters = Annotated[dict[str, Any], Field(max_length=20)]
"""What they may be is known with the op: `check_parameters` says."""

BROKEN_TEXT: Final = mark("A text in it is damaged: it holds half of a character.")
_FAULTS: Final = {
    "missing": mark("this field is required."),
    "extra_forbidden": mark("this field is not permitted here."),
    "union_tag_invalid": mark("there is no edit of this type."),
    "union_tag_not_found": mark("there is no edit of this type."),
    "int_type": mark("this should be a whole number, but it is {found}."),
    "int_from_float": mark("this should be a whole number, but it is {found}."),
    "float_type": mark("this should be a number, but it is {found}."),
    "float_parsing": mark("this should be a number, but it is {found}."),
    "finite_number": mark("this should be a finite number, but it is {found}."),
    "bool_type": mark("this should be true or false, but it is {found}."),
    "bool_parsing": mark("this should be true or false, but it is {found}."),
    "string_type": mark("this should be a text, but it is {found}."),
    "string_pattern_mismatch": mark("this should be up to 40 letters, digits, “-” and “_”, but it is {found}."),
    "string_too_short": mark("this text is needed, but it is empty."),
    "string_too_long": mark("this text should have at most {max_length} characters, but it is {found}."),
    "list_type": mark("this should be a list, but it is {found}."),
    "tuple_type": mark("this should be a list, but it is {found}."),
    "dict_type": mark("this should be an object, but it is {found}."),
    "model_type": mark("this should be an object, but it is {found}."),
    "model_attributes_type": mark("this should be an object, but it is {found}."),
    "too_short": mark("there should be at least {min_length} of these, but there are fewer."),
    "too_long": mark("there should be at most {max_length} of these, but there are more."),
    "literal_error": mark("this should be {expected}, but it is {found}."),
    "greater_than_equal": mark("this should be {ge} or more, but it is {found}."),
    "less_than_equal": mark("this should be {le} or less, but it is {found}."),
}
"""The sentences for the kinds of fault that pydantic tells apart; of one that is not here only the place is told."""


def describe(error: ValidationError) -> tuple[str, str]:
    """Return the place of a validation error's first fault, such as "nodes[2].op", and a sentence about it."""
    fault = error.errors(include_url=False, include_input=True)[0]
    parts = fault["loc"][:_DEEPEST_PLACE]
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{cut(part)}" for part in parts).lstrip(".")
    if fault["type"] == "value_error":
        return place, fault["msg"].removeprefix("Value error, ")
    message = _FAULTS.get(fault["type"])
    if message is None:
        return place, say("this is malformed.")
    context = {
        key: f"{value:.12g}" if isinstance(value, float) else value for key, value in fault.get("ctx", {}).items()
    }
    return place, say(message, **context, found=in_words(fault["input"]))
