"""The cells of a table mean what the same cells mean when they are pasted onto an input."""

from __future__ import annotations

import pytest

from engine.errors import EditError
from engine.lessons import LESSONS
from engine.training.table_text import read_table


@pytest.mark.parametrize(("cell", "number"), [("1.234,5", 1234.5), ("0,125", 0.125), ("1,5e3", 1500.0)])
def test_a_tables_cells_are_read_as_pasted_cells_are(cell: str, number: float) -> None:
    graph = next(lesson.graph for lesson in LESSONS if lesson.name == "linear_regression")
    x, t = read_table(f"{cell}\t2", graph).values()
    assert (x, t) == ((number,), (2.0,))


def test_a_cell_with_two_readings_is_refused_with_what_to_write() -> None:
    graph = next(lesson.graph for lesson in LESSONS if lesson.name == "linear_regression")
    with pytest.raises(EditError) as refused:
        read_table("x\tt\n1\t2\n7.72\t2 000", graph)
    assert str(refused.value) == "Row 2, t: “2 000” may be 2000 or [2, 0]. Write the one that is meant."
