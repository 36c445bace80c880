"""Read a table from pasted cells or the text of a CSV file."""

from __future__ import annotations

import csv
import io
from typing import Final

from engine.document import MAX_ROWS, Graph, Value, parse_value, with_points
from engine.errors import EditError, PlaygroundError, ValueRefusedError
from engine.messages import listed, say
from engine.training.feeding import fed_inputs

MAX_TABLE_LENGTH: Final = 200_000
"""In characters."""
_SEPARATORS: Final = "\t;,"


def read_table(text: str, graph: Graph) -> dict[str, tuple[Value, ...]]:
    """Return the columns of a text by the ids of the inputs that they feed; raises EditError, which names the place.

    Cells stand between tabs, semicolons or commas. A first line of names says which input each column feeds; without
    one they feed the inputs of role data, then the targets, in the graph's order.
    """
    lines = _cells(text)
    inputs = {node.name: node.id for node in fed_inputs(graph)}
    if not inputs:
        raise EditError(say("No input takes data: give one the role data or target first."))
    if not lines:
        raise EditError(say("The table is empty: paste cells, or lines such as 1, 2."))
    has_names = not any(_is_number(cell) for cell in lines[0])
    names, rows = (lines[0], lines[1:]) if has_names else (list(inputs), lines)
    _refuse_names(names, list(inputs))
    if not rows:
        raise EditError(say("The table has names and no rows."))
    if len(rows) > MAX_ROWS:
        raise EditError(say("The table has {count} rows; the limit is {limit}.", count=len(rows), limit=MAX_ROWS))
    values = [_row(cells, number, names) for number, cells in enumerate(rows, start=1)]
    columns = dict(zip(names, zip(*values, strict=True), strict=True))
    for name, column in columns.items():
        if len(set(map(_shape, column))) > 1:
            raise EditError(say("The cells of {name} have different shapes.", name=name))
    return {inputs[name]: column for name, column in columns.items()}


def _refuse_names(names: list[str], inputs: list[str]) -> None:
    """Refuse names over columns that feed no input, or the same one twice."""
    for name in names:
        if name not in inputs:
            raise EditError(
                say("The column “{name}” feeds no input: data and targets are {inputs}.", name=name[:40],
                    inputs=listed(inputs))
            )  # fmt: skip
    if len(set(names)) < len(names):
        raise EditError(say("A name stands over two columns."))


def _row(cells: list[str], number: int, names: list[str]) -> list[Value]:
    if len(cells) != len(names):
        raise EditError(
            say("Row {row} has {found} cells, and there are {count} columns: {names}.", row=number, found=len(cells),
                count=len(names), names=listed(names))
        )  # fmt: skip
    return [_value(cell, number, name) for name, cell in zip(names, cells, strict=True)]


def _cells(text: str) -> list[list[str]]:
    """Return the cells of each line that is not empty, by the separator that the first of them has."""
    if len(text) > MAX_TABLE_LENGTH:
        raise EditError(say("The table is longer than {limit} characters.", limit=MAX_TABLE_LENGTH))
    lines = [line for line in text.lstrip("\ufeff").splitlines() if line.strip(" ,;\t")]
    if not lines:
        return []
    separator = next((each for each in _SEPARATORS if each in lines[0]), ",")
    # With semicolons or tabs between the cells, a comma is that of a number.
    decimal = separator != "," and not any("[" in line for line in lines)
    read = csv.reader(io.StringIO("\n".join(lines)), delimiter=separator, skipinitialspace=True)
    try:
        rows = [[cell.strip() for cell in row] for row in read]
    except csv.Error:
        raise EditError(say("The table could not be read: a quotation mark is missing.")) from None
    return with_points(rows) if decimal else rows


def _is_number(cell: str) -> bool:
    try:
        parse_value(cell)
    except PlaygroundError:
        return False
    return True


def _value(cell: str, row: int, name: str) -> Value:
    if not cell:
        raise EditError(say("Row {row} has no value for {name}.", row=row, name=name))
    try:
        return parse_value(cell)
    except PlaygroundError as error:
        if isinstance(error, ValueRefusedError) and len(error.offers) == 2:  # a question, which a file cannot answer
            raise EditError(
                say(
                    "Row {row}, {name}: “{text}” may be {first} or {second}. Write the one that is meant.",
                    row=row,
                    name=name,
                    text=cell[:30],
                    first=error.offers[0].text,
                    second=error.offers[1].text,
                )
            ) from None
        raise EditError(say("Row {row}, {name}: {reason}", row=row, name=name, reason=error)) from None


def _shape(value: Value) -> tuple[int, ...]:
    return (len(value), *_shape(value[0])) if isinstance(value, tuple) and value else ()
