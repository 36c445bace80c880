"""The graph behind a Variable: as a document, as a picture, and as a notebook shows it."""

from __future__ import annotations

import operator
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import engine
from engine import Function, Variable, min_max, square  # type: ignore[attr-defined]
from engine.display import graph_of_variable, picture_of_variable
from engine.errors import LimitError, UnknownOpError, ValueRefusedError
from engine.evaluation import evaluate
from engine.limits import MAX_NODES

ROOT = Path(__file__).parents[3]
OPERATIONS = {"+": operator.add, "*": operator.mul, "-": operator.sub, "square": lambda x0, _: square(x0)}


class Cube(Function):
    """What a student has just written, as in step 9 of the book: it says nothing of itself."""

    def forward(self, x: Any) -> Any:
        return x**3

    def backward(self, gy: Any) -> Any:
        return 3 * self.inputs[0].data ** 2 * gy


def variable(number: float, name: str | None = None) -> Variable:
    return Variable(np.array(number), name)


def texts(svg: str) -> list[str]:
    """Return what can be read in a picture, each text as one."""
    drawn = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return ["".join(each.itertext()).replace("\N{NO-BREAK SPACE}", " ") for each in drawn]


def test_the_seed_is_drawn_with_what_it_holds() -> None:
    x, y = variable(2, "x"), variable(3, "y")
    z = x**2 + y**2
    z.name = "z"
    before = texts(picture_of_variable(z) or "")
    assert "data 13" in before
    assert "grad —" in before
    z.backward()
    after = texts(picture_of_variable(z) or "")
    assert [after.count(each) for each in ("data 13", "grad 4", "grad 6", "grad 1")] == [1, 1, 1, 3]


def test_the_numbers_are_those_that_are_held_now() -> None:
    x = variable(2)
    y = square(x)
    y.backward()
    x.grad *= 10  # nothing is computed anew
    assert "grad 40" in texts(picture_of_variable(y) or "")


def test_a_function_that_says_nothing_of_itself_is_drawn_by_its_name() -> None:
    x = variable(2)
    y = Cube()(x)
    y.backward()
    drawn = texts(picture_of_variable(y) or "")
    assert any("Cube" in each for each in drawn)
    assert {"data 8", "grad 12"} <= set(drawn)
    with pytest.raises(UnknownOpError, match="Cube"):
        graph_of_variable(y)


def test_an_output_that_nobody_holds_is_drawn_too() -> None:
    low = min_max(variable(3), variable(2))[0]  # the other output is gone
    assert any("2" in each and "3" in each for each in texts(picture_of_variable(low) or ""))


def test_names_are_those_of_the_variables_where_they_can_be() -> None:
    x, also_x, odd = variable(1, "x"), variable(2, "x"), variable(3, "not a name <script>")
    graph = graph_of_variable(x * also_x + odd)
    inputs = [node.name for node in graph.nodes() if node.is_input]
    assert inputs[0] == "x"
    assert len({node.name for node in graph.nodes()}) == len(graph)
    assert "script" not in (picture_of_variable(x * odd) or "")


@given(st.lists(st.sampled_from(["+", "*", "-", "square"]), min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_the_document_computes_what_was_computed(steps: list[str], chance: Any) -> None:
    made = [variable(chance.randint(-3, 3)), Variable(np.array([1.0, -2.0]))]
    for step in steps:
        x0, x1 = chance.choice(made), chance.choice(made)
        made.append(OPERATIONS[step](x0, x1))
    y = made[-1]
    y.backward()
    graph = graph_of_variable(y)
    trace = evaluate(graph)
    assert graph.output is not None
    found = trace.nodes[graph.output[0]].data
    assert found is not None
    np.testing.assert_array_equal(found[0], y.data)
    inputs = [trace.nodes[node.id] for node in graph.nodes() if node.is_input]
    held = {id(x): x for x in made[:2] if x.grad is not None}.values()
    assert sorted(map(repr, (each.grad[0] for each in inputs))) == sorted(repr(np.asarray(x.grad)) for x in held)


def test_what_no_document_holds_is_refused() -> None:
    with pytest.raises(ValueRefusedError):
        graph_of_variable(square(variable(np.nan)))
    y = variable(1)
    for _ in range(MAX_NODES + 1):
        y = y + 1
    with pytest.raises(LimitError):
        graph_of_variable(y)
    assert picture_of_variable(y) is None


def test_a_notebook_shows_the_graph_and_a_terminal_the_number() -> None:
    y = square(variable(3.0))
    html = y._repr_html_()
    assert html is not None
    assert "<svg" in html
    assert "http" not in html.replace("http://www.w3.org/2000/svg", "")  # nothing is fetched
    assert repr(y) == "variable(9.0)"


def test_the_engine_alone_loads_nothing_that_draws() -> None:
    program = "import sys, engine; print([m for m in sys.modules if m.startswith(('networkx', 'components'))])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert engine.Variable is Variable
