"""Declare the fields of what comes from outside, and say in a sentence which one is malformed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from engine import limits
from engine.autograd import find_op
from engine.document.names import check_name
from engine.document.values import check_value
from engine.errors import PlaygroundError
from engine.messages import mark, say

INPUT: Final = "Input"
"""What a document writes in the place of an op's name for an input."""
_LONGEST_SHOWN: Final = 40


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
    return name if name == INPUT else find_op(name).__name__


Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,40}$", strict=True)]
Name = Annotated[str, Field(strict=True), AfterValidator(with_own_sentence(check_name))]
Op = Annotated[str, Field(strict=True), AfterValidator(with_own_sentence(_check_op))]
Port = Annotated[int, Field(strict=True, ge=0, le=1_000)]
Coordinate = Annotated[float, Field(ge=-limits.MAX_COORDINATE, le=limits.MAX_COORDINATE)]
Position = tuple[Coordinate, Coordinate]
CheckedValue = Annotated[Any, BeforeValidator(with_own_sentence(check_value))]
BlockInputs = Annotated[
    tuple[Annotated[tuple[tuple[Id, Port], ...], Field(max_length=limits.MAX_EDGES)], ...],
    Field(max_length=limits.MAX_EDGES),
]
Parameters = Annotated[dict[str, Any], Field(max_length=20)]
"""What they may be is known with the op: `check_parameters` says."""

_FAULTS: Final = {
    "missing": mark("this field is required."),
    "extra_forbidden": mark("this field is not permitted here."),
    "union_tag_invalid": mark("there is no edit of this type."),
    "union_tag_not_found": mark("there is no edit of this type."),
    "int_type": mark("input should be a valid integer, but it is {found}."),
    "int_from_float": mark("input should be a valid integer, but it is {found}."),
    "float_type": mark("input should be a valid number, but it is {found}."),
    "float_parsing": mark("input should be a valid number, but it is {found}."),
    "finite_number": mark("input should be a finite number, but it is {found}."),
    "bool_type": mark("input should be a valid boolean, but it is {found}."),
    "bool_parsing": mark("input should be a valid boolean, but it is {found}."),
    "string_type": mark("input should be a valid string, but it is {found}."),
    "string_pattern_mismatch": mark("string should match pattern '{pattern}', but it is {found}."),
    "string_too_short": mark("this text is needed, but it is empty."),
    "string_too_long": mark("string should have at most {max_length} characters, but it is {found}."),
    "list_type": mark("input should be a valid list, but it is {found}."),
    "tuple_type": mark("input should be a valid tuple, but it is {found}."),
    "dict_type": mark("input should be a valid dictionary, but it is {found}."),
    "model_type": mark("input should be a valid dictionary, but it is {found}."),
    "model_attributes_type": mark("input should be a valid dictionary, but it is {found}."),
    "too_short": mark("there should be at least {min_length} of these, but there are fewer."),
    "too_long": mark("there should be at most {max_length} of these, but there are more."),
    "literal_error": mark("input should be {expected}, but it is {found}."),
    "greater_than_equal": mark("input should be greater than or equal to {ge}, but it is {found}."),
    "less_than_equal": mark("input should be less than or equal to {le}, but it is {found}."),
}
"""The sentences for the kinds of fault that pydantic tells apart; one that is not here is told in pydantic's words."""


def describe(error: ValidationError) -> tuple[str, str]:
    """Return the place of a validation error's first fault, such as "nodes[2].op", and a sentence about it."""
    fault = error.errors(include_url=False, include_input=True)[0]
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in fault["loc"]).lstrip(".")
    if fault["type"] == "value_error":
        return place, fault["msg"].removeprefix("Value error, ")
    message = _FAULTS.get(fault["type"])
    if message is None:
        return place, say("this is malformed: {fault}.", fault=fault["msg"])
    context = {
        key: f"{value:.12g}" if isinstance(value, float) else value for key, value in fault.get("ctx", {}).items()
    }
    return place, say(message, **context, found=_shown(fault["input"]))


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return say("an object")
    if isinstance(value, list):
        return say("a list")
    try:
        text = json.dumps(value, ensure_ascii=False, default=str)
    except ValueError:
        return say("a number too long to show")
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
