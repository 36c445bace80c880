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
from engine.messages import mark, say

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

_EXPECTED: Final[tuple[tuple[Any, str, str], ...]] = (
    (
        Number,
        mark("{name} of {op} is a number from \N{MINUS SIGN}1 000 000 to 1 000 000."),
        mark("{name} of {op} is a number from \N{MINUS SIGN}1 000 000 to 1 000 000; “{given}” is not."),
    ),
    (Finite, mark("{name} of {op} is a finite number."), mark("{name} of {op} is a finite number; “{given}” is not.")),
    (
        Count,
        mark("{name} of {op} is a whole number from 1 to 8."),
        mark("{name} of {op} is a whole number from 1 to 8; “{given}” is not."),
    ),
    (
        Place,
        mark("{name} of {op} is a whole number from 0 to {elements}."),
        mark("{name} of {op} is a whole number from 0 to {elements}; “{given}” is not."),
    ),
    (
        OneAxis,
        mark("{name} of {op} is one axis, a whole number from {first} to {last}."),
        mark("{name} of {op} is one axis, a whole number from {first} to {last}; “{given}” is not."),
    ),
    (
        Axis,
        mark("{name} of {op} is an axis from {first} to {last}, several such as (0, 1), or all."),
        mark("{name} of {op} is an axis from {first} to {last}, several such as (0, 1), or all; “{given}” is not."),
    ),
    (
        Axes,
        mark("{name} of {op} is an order of axes such as (1, 0), each from {first} to {last}, or none."),
        mark(
            "{name} of {op} is an order of axes such as (1, 0), each from {first} to {last}, or none; “{given}” is not."
        ),
    ),
    (
        Shape,
        mark("{name} of {op} is a shape such as (2, 3) of at most {axes} lengths up to {elements}."),
        mark("{name} of {op} is a shape such as (2, 3) of at most {axes} lengths up to {elements}; “{given}” is not."),
    ),
    (bool, mark("{name} of {op} is yes or no."), mark("{name} of {op} is yes or no; “{given}” is not.")),
)
"""What a parameter of each type must be: said where nothing is given that can be shown, and where something is."""
_OTHER = mark("{name} of {op} is something else.")
_OTHER_GIVEN = mark("{name} of {op} is something else; “{given}” is not.")
_NO_PARAMETER = mark("{op} has no parameter “{name}”.")
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
        raise ParameterError(say(_NO_PARAMETER, op=op.__name__, name=_short(unknown)))
    declared: Any = op
    try:
        return dict(_model(declared).model_validate({name: _with_tuples(value) for name, value in given.items()}))
    except (ValidationError, OverflowError) as error:
        name = _place(error) if isinstance(error, ValidationError) else next(iter(given))
        raise ParameterError(_refusal(op, name, _as_typed(given[name]))) from None


def parse_parameter(op: type[Described], name: str, text: str) -> Any:
    """Return the parameter that somebody typed: "3", "−0.5", "(2, 3)", "2, 3", "all", "yes"; raises ParameterError."""
    if len(text) > _LONGEST_TEXT:
        raise ParameterError(
            say(
                "That is too long for {name}: {length} characters; the limit is {limit}.",
                name=name,
                length=len(text),
                limit=_LONGEST_TEXT,
            )
        )
    for read in _readings(text):
        try:
            return check_parameters(op, {name: read})[name]
        except ParameterError:
            continue
    if all(name != each.name for each in op.parameters):
        raise ParameterError(say(_NO_PARAMETER, op=op.__name__, name=_short(name)))
    raise ParameterError(_refusal(op, name, text.strip()))


def parse_parameters(op: type[Described], text: str) -> dict[str, Any]:
    """Return the parameters in a text such as "axis=0, keepdims=no"; what has no name is the first parameter's.

    Raises ParameterError.
    """
    if not op.parameters:
        raise ParameterError(say("{op} has no parameters.", op=op.__name__))
    found = list(_ASSIGNMENT.finditer(text))
    unnamed = text[: found[0].start() if found else len(text)].strip()
    pieces = [(op.parameters[0].name, unnamed)] if unnamed or not found else []
    for assignment, following in zip_longest(found, found[1:]):
        end = len(text) if following is None else following.start()
        pieces.append((assignment[1], text[assignment.end() : end]))
    parsed: dict[str, Any] = {}
    for name, piece in pieces:
        if name in parsed:
            raise ParameterError(say("{name} is given twice.", name=name))
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


def _as_typed(value: Any) -> str:
    """Write what was refused as somebody would type it, with yes, no and none; empty where nobody could."""
    entries = value if isinstance(value, list | tuple) else [value]
    if not any(entry is None or isinstance(entry, bool) for entry in entries):
        return write_parameter(value)
    words = ["none" if e is None else ("no", "yes")[e] if isinstance(e, bool) else write_parameter(e) for e in entries]
    return _short(", ".join(words)) if all(words) else ""


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
    places = {
        "name": name,
        "op": op.__name__,
        "given": _short(given),
        "first": f"\N{MINUS SIGN}{MAX_AXES}",
        "last": MAX_AXES - 1,
        "axes": MAX_AXES,
        "elements": MAX_ELEMENTS,
    }
    bare, full = next(((bare, full) for kind, bare, full in _EXPECTED if kind is annotation), (_OTHER, _OTHER_GIVEN))
    return say(full, **places) if given else say(bare, **places)


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
