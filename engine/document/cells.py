"""Cells out of a spreadsheet or a CSV file: lines of numbers, written with a decimal point or a decimal comma.

Which of the two, the cells show: "1,5" and "1.234,5" have a decimal comma, "1.5" and "1,234.5" a decimal point.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from typing import Final

from engine.errors import ValueRefusedError
from engine.messages import say

_COMMA: Final = re.compile(
    r"[+-]?(?:\d+,(?:\d{1,2}|\d{4,})|0,\d+|\d{1,3}(?:\.\d{3})+,\d*|\d{1,3}(?:\.\d{3}){2,})(?:[eE].*)?"
)
"""What a number looks like only where the comma is decimal."""
_POINT: Final = re.compile(
    r"[+-]?(?:\d*\.(?:\d{1,2}|\d{4,})|0?\.\d+|\d{1,3}(?:,\d{3})+\.\d*|\d{1,3}(?:,\d{3}){2,})(?:[eE].*)?"
)
"""What a number looks like only where the point is decimal."""
_THOUSANDS: Final = {
    ",": re.compile(r"[+-]?\d{1,3}(?:(?:,\d{3})+\.\d+|,000)"),
    ".": re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+,\d+"),
    " ": re.compile(r"(?=.* 0)[+-]?\d{1,3}(?: \d{3})+"),
}
"""By the sign that parts groups of digits: 1,000.5 and 1.000,5, and 2 000, hardly ever a row of two numbers."""
_COLUMN: Final = re.compile(r"[+-]?\d+,\d+")


def rows_of(text: str) -> tuple[list[list[str]], str | None]:
    """Return the cells of each line, and what parts them: the first of tab, semicolon and comma that occurs, else None
    for spaces. Cells may stand in double quotes; empty lines are left out. Raises ValueRefusedError.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    separator = next((sign for sign in "\t;," if sign in text), None)
    if separator == "," and _is_column(lines):
        return [[line.strip()] for line in lines], separator
    if separator is None:
        return [line.split() for line in lines], None
    try:
        return list(csv.reader(lines, delimiter=separator, skipinitialspace=True)), separator
    except csv.Error:
        raise ValueRefusedError(say("These cells cannot be read: a quotation mark is left open.")) from None


def without_groups(text: str) -> tuple[str, list[str]] | None:
    """Return a number that is written in groups of three digits without these, and the cells that it is taken for else.

    None where no such number stands.
    """
    group = next((sign for sign, pattern in _THOUSANDS.items() if pattern.fullmatch(text)), None)
    if group is None:
        return None
    cells = text.split("," if "," in text else " ")
    return text.replace(group, "").replace(",", "."), [str(float(cell)).removesuffix(".0") for cell in cells]


def _is_column(lines: Sequence[str]) -> bool:
    """Return whether lines are a column of numbers with a decimal comma: "1,05" is no cell 1 and cell 05."""
    cells = [line.strip() for line in lines]
    if len(cells) < 2 or not all(map(_COLUMN.fullmatch, cells)):
        return False
    return any(re.search(r",0\d", cell) for cell in cells)


def with_points(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return cells with a decimal point and nothing else between the digits.

    Raises ValueRefusedError where some have a decimal comma and others a decimal point, and where nothing shows what a
    comma means.
    """
    cells = [cell.strip() for row in rows for cell in row]
    if not any("," in cell for cell in cells) and not any(cell.count(".") > 1 for cell in cells):
        return [list(row) for row in rows]
    comma = next(filter(_COMMA.fullmatch, cells), None)
    point = next(filter(_POINT.fullmatch, cells), None)
    if comma is not None and point is not None:
        raise ValueRefusedError(
            say(
                "“{comma}” has a decimal comma and “{point}” a decimal point: write all of them alike.",
                comma=comma[:30],
                point=point[:30],
            )
        )
    if comma is None and point is None:
        unclear = next((cell for cell in cells if re.fullmatch(r"[+-]?\d{1,3},\d{3}", cell)), None)
        if unclear is not None:
            raise ValueRefusedError(
                say(
                    "“{text}” may be {thousands} or {decimal}: write it with a decimal point.",
                    text=unclear,
                    thousands=unclear.replace(",", ""),
                    decimal=unclear.replace(",", "."),
                )
            )
    if comma is not None:
        return [[cell.replace(".", "").replace(",", ".") if _is_number(cell) else cell for cell in row] for row in rows]
    return [[cell.replace(",", "") if point and _is_number(cell) else cell for cell in row] for row in rows]


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"\s*[+-]?[\d.,]+(?:[eE][+-]?\d+)?\s*", cell) is not None
