"""The notebooks that the browser writes (tests/canvas/notebook.test.js): their cells run, and they open again."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from engine.evaluation import evaluate
from engine.formula import graph_of_script, script_in
from tests.components.panels.shown import shown
from tests.engine.built import SEED
from tests.engine.explain.scripts_run import BLOCK_GRAPHS

GRAPHS = {"seed": SEED, "block": BLOCK_GRAPHS["block"]}
CASES = json.loads((Path(__file__).parents[2] / "canvas/notebook.json").read_text("utf-8"))

cases = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['graph']}-{case['form']}")


@cases
def test_the_cells_hold_the_script_that_the_panel_shows(case: Any) -> None:
    lines = [text for text, _ in shown(GRAPHS[case["graph"]], "code")["code"][case["form"]]["lines"]]
    assert lines == case["lines"]
    code = [cell for cell in case["notebook"]["cells"] if cell["cell_type"] == "code"]
    assert [line for line in lines if line] == [line for cell in code for line in "".join(cell["source"]).split("\n")]


@cases
def test_it_is_a_notebook_of_format_4_5(case: Any) -> None:
    notebook = case["notebook"]
    assert set(notebook) == {"cells", "metadata", "nbformat", "nbformat_minor"}
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert {"name", "display_name"} <= set(notebook["metadata"]["kernelspec"])
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids)
    for cell in notebook["cells"]:
        needed = {"cell_type", "id", "metadata", "source"}
        more = {"execution_count", "outputs"} if cell["cell_type"] == "code" else set()
        assert set(cell) == needed | more
        assert all(line.endswith("\n") for line in cell["source"][:-1])
        assert all("\n" not in line[:-1] for line in cell["source"])


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case["form"] != "torch"],  # PyTorch runs its own in tests/pytorch
    ids=lambda case: f"{case['graph']}-{case['form']}",
)
def test_its_cells_run_one_after_another(case: Any, capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {}
    for cell in case["notebook"]["cells"]:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), cell["id"], "exec"), names)  # what the engine has written
    told = capsys.readouterr().out
    if case["graph"] == "seed":
        assert told == "z = 13.0\nx.grad = 4.0\ny.grad = 6.0\n"  # 2² + 3², 2·2, 2·3
    else:
        # z = σ(0.5)²
        assert float(told.split("\n")[0].removeprefix("z = ")) == pytest.approx((1 / (1 + math.exp(-0.5))) ** 2)


@cases
def test_it_opens_as_the_graph(case: Any) -> None:
    script = script_in(json.dumps(case["notebook"]), "graph.ipynb")
    assert script is not None
    graph, expected = graph_of_script(script), GRAPHS[case["graph"]]
    if case["form"] == "program":  # whose backward pass opens as a graph, too
        return
    numbers, trace = evaluate(graph), evaluate(expected)
    for node in expected.nodes():
        again = graph.node_named(node.name)
        if again is not None:
            assert numbers.nodes[again.id].data == trace.nodes[node.id].data
