"""The values of inputs: finite numbers and arrays of them, as nested tuples."""

from __future__ import annotations

import base64
import json
import math
import re
from collections.abc import Sequence
from typing import Any, Final, NoReturn, TypeAlias

import numpy as np

from engine.autograd import Array
from engine.document.cells import rows_of, with_points, without_groups
from engine.document.found import in_words
from engine.document.written_numbers import written_entries, written_number
from engine.errors import Offer, PlaygroundError, ValueRefusedError
from engine.limits import MAX_AXES, MAX_ELEMENTS, MAX_TYPED_LENGTH
from engine.messages import mark, say, say_count

Value: TypeAlias = "float | tuple[Value, ...]"

_SHOWN_LENGTH: Final = 30
VALUE_HINT: Final = mark(
    "A number such as 2, 1/3 or sqrt(2), an array such as [1, 2, 3], random(2, 3, seed=1), or cells from a spreadsheet."
)
_DECIMAL_COMMA = re.compile(r"\s*[+-]?\d+,\d+\s*")
"""In a cell of a table 1,5 means 1.5."""
_ONE_COMMA = re.compile(r"([^,\t\n;]*\d),(\d[^,\t\n;]*)")
"""Who types 1,5 means 1.5, or a row of two numbers."""
_MIXED = re.compile(r"([+-]?\d+) +(\d+/\d+)")
"""1 1/2 is one and a half, or a row of two numbers."""
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3}){2,}")
_RANDOM = re.compile(r"random\(\s*((?:\d{1,9}\s*(?:,\s*|(?=\))))*)(?:seed\s*=\s*(\d{1,9})\s*)?\)")
_MINUS_SIGNS = str.maketrans({"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-"})


def parse_value(text: str) -> Value:
    """Return the value that somebody typed or pasted.

    A number: "2", "−1.5", "1e3", "1/3", "sqrt(2)", "½", "50%".
    An array: "[1, 2, 3]", or lines of cells out of a spreadsheet, parted by tabs, commas,
    semicolons or spaces; one line or one column is a vector. Standard normal numbers: "random(2, 3, seed=1)".
    Raises ValueRefusedError with a sentence that quotes what was typed.
    """
    typed = text.strip(" \r\n").translate(_MINUS_SIGNS)
    if not typed.strip():
        raise ValueRefusedError(say("A value is needed: a number such as 2, or an array such as [1, 2]."))
    if len(typed) > MAX_TYPED_LENGTH:
        raise ValueRefusedError(
            say_count(
                "That is too long: {count} character; the limit is {limit}.",
                "That is too long: {count} characters; the limit is {limit}.",
                len(typed),
                limit=MAX_TYPED_LENGTH,
            )
        )
    if typed.startswith("["):
        return check_value(_parse_array(typed, text))
    if typed.startswith("random"):
        return check_value(_parse_random(typed))
    if _GROUPED.fullmatch(typed):
        raise ValueRefusedError(say("“{text}” is not a number. Write its digits without commas.", text=_short(typed)))
    if (grouped := without_groups(typed.strip())) is not None:
        _ask(*grouped)
    if (parted := _ONE_COMMA.fullmatch(typed.strip())) is not None:
        _ask(".".join(parted.groups()), parted.groups())
    if (parted := _MIXED.fullmatch(typed.strip())) is not None:
        _ask((" - " if typed.strip().startswith("-") else " + ").join(parted.groups()), parted.groups())
    if any(separator in typed.strip() for separator in "\t\n;, ") and not _is_spaced_number(typed):
        return check_value(_parse_cells(typed))
    return check_value(_parse_number(typed.strip()))


def is_plain(text: str) -> bool:
    """Return whether a typed text says no more than the digits of its value do; random arrays show theirs."""
    typed = text.strip().translate(_MINUS_SIGNS)
    if _reads_plainly(typed) or typed.startswith("random"):
        return True
    if typed.startswith("["):
        try:
            json.loads(typed)
        except (ValueError, RecursionError):
            return False
        return True
    return all(_reads_plainly(cell) for cell in re.split(r"[\t\n;, ]+", typed) if cell)


def _reads_plainly(cell: str) -> bool:
    try:
        return str(float(cell)) != "-0.0"  # JSON in a browser has no −0
    except ValueError:
        return False


def _ask(one: str, several: Sequence[str]) -> None:
    """Refuse 1,5 and 1 1/2 with both that they may mean, one number and several, unless only one of them is a value."""
    meant = []
    for text in (one, f"[{', '.join(several)}]"):
        try:
            parse_value(text)
        except PlaygroundError:
            continue
        meant.append(Offer(text, text))
    if len(meant) > 1:
        sentence = say("{first} or {second}?", first=meant[0].text, second=meant[1].text)
        raise ValueRefusedError(sentence, offers=tuple(meant))


def _is_spaced_number(typed: str) -> bool:
    """Return whether the spaces of a line stand within one number, such as 1 / 3, and not between several."""
    if any(sign in typed.strip() for sign in "\t\n;,"):
        return False
    return not all(map(_reads_as_float, typed.split())) and written_number(typed.strip()) is not None


def _reads_as_float(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def check_value(value: Any) -> Value:
    """Return a value read from JSON as it is kept: a float, or nested tuples of floats for an array.

    Raises ValueRefusedError when it is not finite, not a number, ragged, or too large.
    """
    checked = _checked(value, axes=0)
    if isinstance(checked, tuple):
        _refuse_too_many(_shape_and_count(checked)[1])
    return checked


_SEALED: Final = "sealed:"


def sealed(value: Value) -> str:
    """Return a value as a text in which nobody reads it at a glance, for a page that has to keep it.

    It is no secret: whoever wants to know it decodes it.
    """
    return _SEALED + base64.b64encode(json.dumps(to_json_value(value)).encode()).decode()


def opened(value: Any) -> Any:
    """Return what is sealed in a text as parsed JSON, and all else as it is; raises ValueRefusedError."""
    if not isinstance(value, str) or not value.startswith(_SEALED):
        return value
    try:
        return json.loads(base64.b64decode(value.removeprefix(_SEALED), validate=True), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise ValueRefusedError(say("“{text}” is not a number.", text=_short(value))) from None


def shape_of(value: Value) -> tuple[int, ...]:
    """Return the shape of a checked value: () of a number."""
    return (len(value), *shape_of(value[0])) if isinstance(value, tuple) else ()


def to_array(value: Value) -> Array:
    """Return the value as an array of doubles."""
    return np.array(value, dtype=float)


def to_json_value(value: Value) -> Any:
    """Return the value as JSON writes it: numbers and nested lists."""
    if not isinstance(value, tuple):
        return value
    return [to_json_value(row) for row in value] if isinstance(value[0], tuple) else list(value)


def python_text(value: Value) -> str:
    """Return the value as Python writes it, in lists; quicker than to make the lists."""
    text = repr(value)
    return text.replace("(", "[").replace(",)", "]").replace(")", "]") if isinstance(value, tuple) else text


def _parse_number(typed: str) -> float:
    try:
        # float() also takes "1_000", which nobody means, and "nan", which check_value refuses by its name.
        number = float(typed.replace("_", "?"))
    except ValueError:
        is_other = "_" in typed or _DECIMAL_COMMA.fullmatch(typed) is not None
        written = None if is_other else written_number(typed)
        if written is not None:
            return written
        if _DECIMAL_COMMA.fullmatch(typed):
            sentence = say("“{text}” is not a number. Write the decimal point as a point.", text=_short(typed))
        else:
            sentence = say("“{text}” is not a number.", text=_short(typed))
        raise ValueRefusedError(sentence) from None
    if math.isinf(number) and "inf" not in typed.lower():
        raise ValueRefusedError(say("“{text}” is too large for a floating-point number.", text=_short(typed)))
    return number


def _parse_cells(typed: str) -> Any:
    """Read lines of cells; what parts the cells is the first of tab, semicolon and comma that occurs, else a space."""
    rows, separator = rows_of(typed)
    if any(len(row) != len(rows[0]) for row in rows):
        short = next(place for place, row in enumerate(rows, start=1) if len(row) != len(rows[0]))
        raise ValueRefusedError(
            say_count(
                "The rows differ in length: row 1 has {count} cell, and row {row} has {other}.",
                "The rows differ in length: row 1 has {count} cells, and row {row} has {other}.",
                len(rows[0]),
                row=short,
                other=len(rows[short - 1]),
            )
        )
    if separator is None and len(rows) == 1 and not all(map(_reads_as_number, rows[0])):
        raise ValueRefusedError(say("“{text}” is not a number.", text=_short(typed)))
    if any(cell.count(a) != cell.count(b) for row in rows for cell in row for a, b in ("()", "{}", "[]")):
        if typed[0] in "({":
            raise ValueRefusedError(say("“{text}” is not an array. Write it as [1, 2, 3].", text=_short(typed)))
        raise ValueRefusedError(say("“{text}” is not a number.", text=_short(typed)))
    _refuse_too_many(len(rows) * len(rows[0]))
    rows = with_points(rows)
    numbers = [[_parse_cell(cell, i, j) for j, cell in enumerate(row, start=1)] for i, row in enumerate(rows, start=1)]
    if len(numbers) == 1:
        return numbers[0]
    return [row[0] for row in numbers] if len(numbers[0]) == 1 else numbers


def _reads_as_number(cell: str) -> bool:
    try:
        _parse_number(cell)
    except ValueRefusedError:
        return False
    return True


def _parse_cell(cell: str, row: int, column: int) -> float:
    if not cell.strip():
        raise ValueRefusedError(say("Row {row}, column {column} is empty.", row=row, column=column))
    try:
        return _parse_number(cell.strip())
    except ValueRefusedError as error:
        raise ValueRefusedError(
            say("Row {row}, column {column}: {sentence}", row=row, column=column, sentence=error)
        ) from None


def _parse_random(typed: str) -> Any:
    """Return standard normal numbers: the same for the same seed, whoever asks and when."""
    called = _RANDOM.fullmatch(typed)
    if called is None:
        raise ValueRefusedError(
            say("“{text}” is not understood. Write random(2, 3) or random(2, 3, seed=1).", text=_short(typed))
        )
    shape = tuple(int(length) for length in called[1].replace(",", " ").split())
    if len(shape) > MAX_AXES:
        raise _nested_too_deeply()
    if 0 in shape:
        raise ValueRefusedError(say("An array needs at least one element."))
    _refuse_too_many(math.prod(shape))
    numbers = np.random.default_rng(int(called[2] or 0)).standard_normal(shape)
    return numbers.tolist()


def _parse_array(typed: str, text: str) -> Any:
    try:
        return json.loads(typed, parse_constant=_refuse_constant)
    except ValueRefusedError:
        raise
    except RecursionError:
        raise _nested_too_deeply() from None
    except ValueError:
        written = written_entries(typed)
        if written is not None:
            return written
        raise ValueRefusedError(say("“{text}” is not an array. Write it as [1, 2, 3].", text=_short(text))) from None


def _refuse_constant(name: str) -> NoReturn:
    raise ValueRefusedError(say("{number} is not a finite number.", number=name))


def _checked(value: Any, axes: int) -> Value:
    if isinstance(value, bool) or not isinstance(value, int | float | list | tuple):
        if isinstance(value, str):
            raise ValueRefusedError(say("“{text}” is not a number.", text=_short(value)))
        raise ValueRefusedError(say("A number is needed, and here is {found}.", found=in_words(value)))
    if isinstance(value, list | tuple):
        if axes == MAX_AXES:
            raise _nested_too_deeply()
        if all(type(entry) is float and math.isfinite(entry) for entry in value):
            return tuple(value)  # as nearly always
        return tuple(_checked(entry, axes + 1) for entry in value)
    try:
        number = float(value)
    except OverflowError:
        raise ValueRefusedError(say("The number is too large for a floating-point number.")) from None
    if not math.isfinite(number):
        raise ValueRefusedError(say("{number} is not a finite number.", number=number))
    return number


def _shape_and_count(value: Value) -> tuple[tuple[int, ...], int]:
    if not isinstance(value, tuple):
        return (), 1
    if not value:
        raise ValueRefusedError(say("An array needs at least one element."))
    if not any(isinstance(entry, tuple) for entry in value):
        return (len(value),), len(value)
    shapes = [_shape_and_count(entry) for entry in value]
    if any(shape != shapes[0][0] for shape, _ in shapes):
        raise ValueRefusedError(say("The rows of the array differ in length."))
    return (len(value), *shapes[0][0]), sum(count for _, count in shapes)


def _refuse_too_many(count: int) -> None:
    if count > MAX_ELEMENTS:
        raise ValueRefusedError(
            say_count(
                "The array has {count} element; the limit is {limit}.",
                "The array has {count} elements; the limit is {limit}.",
                count,
                limit=MAX_ELEMENTS,
            )
        )


def _nested_too_deeply() -> ValueRefusedError:
    return ValueRefusedError(say("The array is nested too deeply; the limit is {limit} axes.", limit=MAX_AXES))


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN_LENGTH else f"{text[:_SHOWN_LENGTH]}…"
