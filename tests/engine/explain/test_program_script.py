from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from engine.document import Graph
from engine.edits import SetValue, apply
from engine.evaluation import evaluate
from engine.explain import program_script, text_of
from engine.lessons import LESSONS
from engine.replay import compile_graph
from tests.engine.built import FORK, SEED, built
from tests.engine.replay.wired import assert_same, wired


def ran(graph: Graph) -> dict[str, Any]:
    """Run a graph's script by itself, and return its variables."""
    variables: dict[str, Any] = {"print": lambda *_: None}
    exec(compile(text_of(program_script(graph, evaluate(graph))), "<script>", "exec"), variables)
    return variables


SEED_SCRIPT = """\
x = 2.0
y = 3.0

# forward
a = x * x
b = y * y
z = a + b

# backward
gz = 1.0
# ga = gz
# gb = gz
gx = 2.0 * x
gy = 2.0 * y

print("z =", z)
print("x.grad =", gx)
print("y.grad =", gy)
"""


def test_the_seed_graphs_script_reads_as_written_by_hand() -> None:
    assert text_of(program_script(SEED, evaluate(SEED))) == SEED_SCRIPT


def test_a_script_prints_what_the_graph_shows(capsys: pytest.CaptureFixture[str]) -> None:
    exec(text_of(program_script(FORK, evaluate(FORK))), {})
    assert capsys.readouterr().out == "y = 32.0\nx.grad = 64.0\n"


def test_a_script_imports_what_it_uses_and_nothing_else() -> None:
    graph = built("x=1 y=Sigmoid(x) z=Log(y)")
    assert program_script(graph, evaluate(graph))[0].text == "from math import exp, log"
    arrays = apply(graph, SetValue(node="x", value=[1, 2]))
    assert program_script(arrays, evaluate(arrays))[0].text == "import numpy as np"


def test_what_waits_is_a_comment_at_its_node() -> None:
    graph = built("x=2 y=Square(x) z=Mul(y,_)")
    lines = program_script(graph, evaluate(graph))
    waiting = [line.text for line in lines if line.node == "z"]
    assert waiting == ["# z: waiting for a wire into input 2"]
    assert ran(graph)["y"] == 4.0


def test_an_empty_graph_has_an_empty_script() -> None:
    assert program_script(Graph(), evaluate(Graph())) == []


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.title)
def test_every_lessons_script_gives_the_lessons_numbers(lesson: Any) -> None:
    _assert_gives(lesson.graph)


@settings(max_examples=60)
@given(wired(arrays=True))
def test_random_scripts_give_the_graphs_numbers(graph: Graph) -> None:
    trace = evaluate(graph)
    numbers = [array for found in trace.nodes.values() for array in (*(found.data or ()), *found.grad)]
    if all(array is None or np.isfinite(array).all() for array in numbers):
        _assert_gives(graph)


def _assert_gives(graph: Graph) -> None:
    trace, lines = evaluate(graph), compile_graph(graph).lines
    variables = ran(graph)
    for (node_id, output), name in lines.data.items():
        data, grad = trace.nodes[node_id].data, lines.grads[node_id, output]
        assert data is not None
        assert_same(variables[name], data[output])
        assert_same(None if grad is None else variables[grad], trace.nodes[node_id].grad[output])
