"""The constants that ops are made with: their types, and the one check of what people give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import zip_longest
from typing import Annotated, Any, Final, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from engine.autograd.description import Described
from engine.errors import ParameterError
from engine.limits import MAX_AXES, MAX_ELEMENTS

Finite: TypeAlias = float
"""Any number but inf and nan."""
Number: TypeAlias = Annotated[float, Field(ge=-1e6, le=1e6)]
Count: TypeAlias = Annotated[int, Field(ge=1, le=8)]
_AxisNumber: TypeAlias = Annotated[int, Field(ge=-MAX_AXES, lt=MAX_AXES)]
Axis: TypeAlias = _AxisNumber | Annotated[tuple[_AxisNumber, ...], Field(max_length=MAX_AXES)] | None
"""One axis, several, or None for all."""
OneAxis: TypeAlias = _AxisNumber
Place: TypeAlias = Annotated[int, Field(ge=0, le=MAX_ELEMENTS)]
Axes: TypeAlias = Annotated[tuple[_AxisNumber, ...], Field(max_length=MAX_AXES)] | None
Shape: TypeAlias = Annotated[tuple[Annotated[int, Field(ge=-1, le=MAX_ELEMENTS)], ...], Field(max_length=MAX_AXES)]

_AXES_RANGE = f"\N{MINUS SIGN}{MAX_AXES} to {MAX_AXES - 1}"
_EXPECTED: Final[tuple[tuple[Any, str], ...]] = (
    (Number, "a number from \N{MINUS SIGN}1 000 000 to 1 000 000"),
    (Finite, "a finite number"),
    (Count, "a whole number from 1 to 8"),
    (Place, f"a whole number from 0 to {MAX_ELEMENTS}"),
    (OneAxis, f"one axis, a whole number from {_AXES_RANGE}"),
    (Axis, f"an axis from {_AXES_RANGE}, several such as (0, 1), or all"),
    (Axes, f"an order of axes such as (1, 0), each from {_AXES_RANGE}, or none"),
    (Shape, f"a shape such as (2, 3) of at most {MAX_AXES} lengths up to {MAX_ELEMENTS}"),
    (bool, "yes or no"),
)
_WORDS: Final = {"all": None, "none": None, "yes": True, "true": True, "no": False, "false": False}
_ASSIGNMENT = re.compile(r"(?:^|[,;])\s*([A-Za-z_]\w*)\s*=")
_INTEGER = re.compile(r"[+-]?\d+")
_LONGEST_TEXT = 200
_SHOWN_LENGTH = 30
_LARGEST = 10**20


def check_parameters(op: type[Described], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return all parameters of an op, those that are not given at their defaults; raises ParameterError.

    Lists, as JSON has them, become tuples.
    """
    unknown = next((name for name in given if all(name != each.name for each in op.parameters)), None)
    if unknown is not None:
        raise ParameterError(f"{op.__name__} has no parameter “{_short(unknown)}”.")
    declared: Any = op
    try:
        return dict(_model(declared).model_validate({name: _with_tuples(value) for name, value in given.items()}))
    except (ValidationError, OverflowError) as error:
        name = _place(error) if isinstance(error, ValidationError) else next(iter(given))
        raise ParameterError(_refusal(op, name, write_parameter(given[name]))) from None


def parse_parameter(op: type[Described], name: str, text: str) -> Any:
    """Return the parameter that somebody typed: "3", "−0.5", "(2, 3)", "2, 3", "all", "yes"; raises ParameterError."""
    if len(text) > _LONGEST_TEXT:
        raise ParameterError(f"That is too long for {name}: {len(text)} characters; the limit is {_LONGEST_TEXT}.")
    for read in _readings(text):
        try:
            return check_parameters(op, {name: read})[name]
        except ParameterError:
            continue
    if all(name != each.name for each in op.parameters):
        raise ParameterError(f"{op.__name__} has no parameter “{_short(name)}”.")
    raise ParameterError(_refusal(op, name, text.strip()))


def parse_parameters(op: type[Described], text: str) -> dict[str, Any]:
    """Return the parameters in a text such as "axis=0, keepdims=no"; what has no name is the first parameter's.

    Raises ParameterError.
    """
    if not op.parameters:
        raise ParameterError(f"{op.__name__} has no parameters.")
    found = list(_ASSIGNMENT.finditer(text))
    unnamed = text[: found[0].start() if found else len(text)].strip()
    pieces = [(op.parameters[0].name, unnamed)] if unnamed or not found else []
    for assignment, following in zip_longest(found, found[1:]):
        end = len(text) if following is None else following.start()
        pieces.append((assignment[1], text[assignment.end() : end]))
    parsed: dict[str, Any] = {}
    for name, piece in pieces:
        if name in parsed:
            raise ParameterError(f"{name} is given twice.")
        parsed[name] = parse_parameter(op, name, piece)
    return parsed


def write_parameter(value: Any) -> str:
    """Write a parameter as Python does, whole numbers bare."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    entries = value if isinstance(value, list | tuple) else [value]
    # What is no parameter may be a list of any depth and a number of any length: neither is written out.
    if any(isinstance(entry, list | tuple | dict) for entry in entries):
        return ""
    if any(isinstance(entry, int) and abs(entry) > _LARGEST for entry in entries):
        return ""
    return _short(str(value) if isinstance(value, str) else repr(_with_tuples(value)))


def to_json_parameters(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return parameters as JSON writes them: tuples become lists."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in parameters.items()}


def _readings(text: str) -> Iterator[Any]:
    """Yield what a text may mean, the likeliest first."""
    typed = text.strip().replace("\N{MINUS SIGN}", "-").replace("\N{EN DASH}", "-")
    if typed.lower() in _WORDS:
        yield _WORDS[typed.lower()]
        return
    inner = typed[1:-1] if typed[:1] + typed[-1:] in ("()", "[]") else typed
    is_tuple = inner != typed
    parts = [part.strip() for part in re.split(r"[,;×]", inner)]
    if parts[-1] == "":  # (2,) and ()
        parts.pop()
        is_tuple = True
    try:
        # float() also takes "1_000", which nobody means, and "nan", which no parameter may be.
        numbers = tuple(int(part) if _INTEGER.fullmatch(part) else float(part.replace("_", "?")) for part in parts)
    except ValueError:
        return
    if len(numbers) == 1 and not is_tuple:
        yield numbers[0]
    if typed:
        yield numbers


def _refusal(op: type[Described], name: str, given: str) -> str:
    annotation = next(each.annotation for each in op.parameters if each.name == name)
    expected = next((words for kind, words in _EXPECTED if kind is annotation), "something else")
    return f"{name} of {op.__name__} is {expected}" + (f"; “{_short(given)}” is not." if given else ".")


def _place(error: ValidationError) -> str:
    return str(error.errors(include_url=False, include_input=False, include_context=False)[0]["loc"][0])


def _with_tuples(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN_LENGTH else f"{text[:_SHOWN_LENGTH]}…"


@cache
def _model(op: Any) -> type[BaseModel]:
    fields: dict[str, Any] = {each.name: (each.annotation, each.default) for each in op.parameters}
    # Strict, so that yes is not taken for 1, nor the text "3" for the number.
    return create_model(op.__name__, __config__=ConfigDict(extra="forbid", allow_inf_nan=False, strict=True), **fields)
