"""PyTorch runs the cells of the notebook that is written for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

CASES = json.loads((Path(__file__).parents[1] / "canvas/notebook.json").read_text("utf-8"))


@pytest.mark.parametrize("case", [case for case in CASES if case["form"] == "torch"], ids=lambda case: case["graph"])
def test_its_cells_run_one_after_another(case: Any) -> None:
    names: dict[str, Any] = {}
    for cell in case["notebook"]["cells"]:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), cell["id"], "exec"), names)  # what the engine has written
    # z = 2² + 3²
    assert [names["z"].item(), names["x"].grad.item(), names["y"].grad.item()] == [13.0, 4.0, 6.0]
