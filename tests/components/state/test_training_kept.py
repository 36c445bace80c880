"""A table and how far its training is, over undo, redo and a reload; a table that stays is not told at every update."""

from __future__ import annotations

import json

import pytest

from components.panels import View
from components.panels.train import TrainPanel
from components.state import Playground
from components.state.kept_history import changed, difference
from engine.document import Graph, quantity_named, to_document
from engine.edits import Descend, ResetTraining, SetTable, SetTraining, Train, apply
from engine.errors import EditError
from engine.formula import graph_of_formula
from tests.components.state.host import Host
from tests.engine.edits.test_roles import with_roles


@pytest.fixture
def line() -> Graph:
    graph = graph_of_formula("L = (w*x + b - t)**2", Graph())
    graph = with_roles(graph, x="data", t="target", w="weight", b="weight")
    return apply(graph, SetTable(text="\n".join(f"{row}\t{2 * row + 1}" for row in range(300))))


def test_the_difference_of_an_update_does_not_hold_the_table(line: Graph) -> None:
    after = apply(line, Train())
    told = difference(line, after)
    assert len(json.dumps(told)) < 1_500
    for base, other in ((line, after), (after, line), (line, Graph()), (Graph(), after)):
        assert changed(base, json.loads(json.dumps(difference(base, other)))) == other


def test_a_run_is_undone_at_once_and_redone(line: Graph) -> None:
    playground = Playground.of(line)
    for _ in range(3):
        playground.edit(Train(updates=2), gesture=7)
    trained = playground.graph
    assert playground.history.undo_label == "6 updates of the weights"
    playground.undo()
    assert playground.graph == line
    playground.redo()
    assert playground.graph == trained
    playground.edit(ResetTraining())
    playground.undo()
    assert playground.graph == trained


def test_no_update_tells_a_gradient_that_is_hidden(line: Graph) -> None:
    hidden = line.with_hidden([quantity_named(line, "w.grad")])
    playground = Playground.of(hidden)
    for event in (Train(), Descend(rate=0.1)):
        with pytest.raises(EditError, match=r"A step would give w\.grad\. Find what is hidden first\."):
            playground.edit(event)
    assert playground.graph == hidden
    playground.edit(SetTraining(rate=0.01))
    view = View(playground.graph, playground.computation.shown_trace, "", {}, hidden=playground.hidden)
    told = TrainPanel().tell(view)["train"]["next"]
    assert told[0] == "SGD updates w: w − rate × w.grad = 1 − 0.01 × ? ≈ ?."
    playground.reveal([quantity_named(hidden, "w.grad")])
    playground.edit(Train())


def test_a_reload_goes_on_where_it_was(line: Graph) -> None:
    host = Host()
    picture = host.do({"type": "formula", "text": "L = (w*x + b - t)**2"})
    ids = {node["name"]: node_id for node_id, node in picture["nodes"].items()}
    roles = {"x": "data", "t": "target", "w": "weight", "b": "weight"}
    host.do(*({"type": "set role", "nodes": [ids[name]], "role": role} for name, role in roles.items()))
    host.do({"type": "set table", "text": "0\t1\n1\t3"}, {"type": "set training", "optimizer": "Adam"})
    picture = host.do({"type": "train", "updates": 3})
    assert picture["training"]["updates"] == 3
    assert picture["nodes"][ids["w"]]["role"] == "weight"
    told = host.session.playground.graph
    other = Host()
    other.do({"type": "restore", "document": json.loads(json.dumps(to_document(told)))})
    picture = other.do({"type": "train", "updates": 1})
    assert picture["training"]["updates"] == 4
    assert picture["training"] == host.do({"type": "train", "updates": 1})["training"]
