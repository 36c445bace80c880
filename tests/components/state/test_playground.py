"""The graph that is open: what is opened, what stays of a lesson, and what the page is told to fit its view to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from components.state import Playground
from engine.document import from_json, to_json
from engine.edits import Delete, Descend, Differentiate, Move, Rename, Replace, SetFormula, SetValue
from engine.errors import DocumentError, EditError
from engine.lessons import LESSONS
from tests.components.state.host import Host


@pytest.fixture
def playground() -> Playground:
    return Playground.of(LESSONS[0].graph, lesson=LESSONS[0])


def test_a_malformed_file_leaves_the_graph_alone(playground: Playground) -> None:
    with pytest.raises(DocumentError):
        playground.open_document(b"{}")
    assert playground.graph is LESSONS[0].graph


def test_a_saved_graph_opens_again(playground: Playground) -> None:
    playground.edit(SetValue(node="n1", value=10))
    text = playground.document
    playground.open_new()
    assert (len(playground.graph), playground.lesson) == (0, None)
    playground.open_document(text.encode())
    assert to_json(playground.graph) == text


def test_a_script_opens_as_its_graph_with_its_functions_as_blocks(playground: Playground) -> None:
    script = "def f(a):\n    b = a * a\n    return b + a\n\nx = Value(3.0)\ny = f(x)\nz = f(y)\nz.backward()\n"
    playground.open_document(script.encode(), "graph.py")
    node = playground.graph.node_named("z")
    assert node is not None
    assert float(playground.trace.nodes[node.id].data[0]) == 12**2 + 12  # type: ignore[index]
    assert [block.name for block in playground.graph.blocks] == ["f", "f1"]
    assert not playground.graph.blocks[0].is_open
    playground.undo()
    assert playground.graph is LESSONS[0].graph


def test_a_script_that_no_graph_holds_leaves_the_graph_alone(playground: Playground) -> None:
    with pytest.raises(DocumentError, match=r"^Line 2: A graph holds no loop"):
        playground.open_document("x = Value(3.0)\nfor i in range(3):\n    x = x * x\n")
    assert playground.graph is LESSONS[0].graph


def test_a_script_pasted_as_a_formula_brings_its_blocks(playground: Playground) -> None:
    playground.edit(SetFormula(text="def f(a):\n    return a * a\n\nx = Value(3.0)\ny = f(x)\n"))
    assert [block.name for block in playground.graph.blocks] == ["f"]
    assert [block.name for block in from_json(playground.document).blocks] == ["f"]


@pytest.mark.parametrize("text", ["v = sin(u)", "y = softmax(x)", "z = x * y"])
def test_a_formula_that_keeps_no_op_leaves_the_lesson(playground: Playground, text: str) -> None:
    playground.edit(SetFormula(text="z = x ** 2 + 3 * y"))
    assert playground.lesson is LESSONS[0]
    playground.edit(SetFormula(text=text))
    assert playground.lesson is None
    playground.undo()
    assert playground.lesson is LESSONS[0]


def test_each_opening_has_a_number_and_undo_brings_it_back(playground: Playground) -> None:
    assert playground.opening == 1
    playground.edit(SetValue(node="n1", value=10))
    assert playground.opening == 1
    playground.open_lesson(2)
    assert playground.opening == 2
    playground.undo()
    assert (playground.opening, playground.lesson) == (1, LESSONS[0])
    playground.open_new()
    assert playground.opening == 3  # never a number that another opening has had


def test_the_selection_belongs_to_the_graph_that_is_open(playground: Playground) -> None:
    playground.selected = "n3"
    playground.edit(SetValue(node="n1", value=10))
    assert playground.selected == "n3"
    playground.open_lesson(2)
    assert playground.selected == ""


def test_a_lesson_by_hand_waits_for_backward(playground: Playground) -> None:
    index = next(index for index, lesson in enumerate(LESSONS) if not lesson.automatic)
    playground.open_lesson(index)
    assert not playground.computation.automatic
    assert all(grad is None for found in playground.trace.nodes.values() for grad in found.grad)
    assert all(found.data is not None for found in playground.trace.nodes.values())
    assert playground.computation.notice.startswith("Forward built the graph anew")


def test_the_page_is_told_how_often_a_part_was_drawn_that_nobody_placed() -> None:
    host = Host()
    gradient = {"type": "differentiate", "node": "n1"}
    assert host.picture["drawn"] == 0
    assert host.do(gradient)["drawn"] == 1
    assert host.do({"type": "undo"})["drawn"] == 1
    assert host.do({"type": "move", "positions": {"n1": [0, 0]}})["drawn"] == 1
    assert host.do(gradient)["drawn"] == 2


def test_a_gradient_that_is_refused_draws_nothing(playground: Playground) -> None:
    with pytest.raises(EditError):
        playground.edit(Differentiate(node="nobody"))
    assert playground.drawn == 0


def test_a_refused_edit_changes_nothing(playground: Playground) -> None:
    before = playground.present
    with pytest.raises(EditError):
        playground.edit(SetValue(node="n1", value="abc"))
    assert playground.present is before
    assert playground.history.undo_label == ""


def test_there_is_nothing_to_undo_or_redo_at_first(playground: Playground) -> None:
    playground.edit(Move(positions={"n1": (0, 0)}))
    playground.redo()
    assert playground.graph.node("n1").x == 0
    playground.undo()
    playground.undo()
    assert playground.graph == LESSONS[0].graph


def test_what_a_lesson_fixes_keeps_its_value() -> None:
    playground = Playground.of(LESSONS[0].graph, lesson=replace(LESSONS[0], fixed=("x",)))
    for event in (SetValue(node="n1", value=5), Delete(nodes=["n2", "n1"]), Descend(rate=0.1)):
        with pytest.raises(EditError, match="x is fixed in this lesson: change another input"):
            playground.edit(event)
    assert playground.graph == LESSONS[0].graph
    playground.edit(SetValue(node="n2", value=5))
    assert playground.graph.node("n2").value == 5
    playground.edit(Rename(node="n1", name="u"))
    with pytest.raises(EditError, match="u is fixed in this lesson"):
        playground.edit(SetValue(node="n1", value=5))
    playground.edit(Replace(document=playground.graph))  # no longer the lesson's
    playground.edit(SetValue(node="n1", value=5))
