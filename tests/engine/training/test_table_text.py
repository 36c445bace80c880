"""The cells of a table mean what the same cells mean when they are pasted onto an input."""

from __future__ import annotations

import pytest

from engine.lessons import LESSONS
from engine.training.table_text import read_table


@pytest.mark.parametrize(("cell", "number"), [("1.234,5", 1234.5), ("0,125", 0.125), ("1,5e3", 1500.0)])
def test_a_tables_cells_are_read_as_pasted_cells_are(cell: str, number: float) -> None:
    graph = next(lesson.graph for lesson in LESSONS if lesson.name == "linear_regression")
    x, t = read_table(f"{cell}\t2", graph).values()
    assert (x, t) == ((number,), (2.0,))
