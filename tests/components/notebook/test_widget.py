"""The playground in a notebook: what Python reads and sets, what a view is told, what stands there without a kernel."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from components.notebook import Playground
from engine import Function, Variable, square  # type: ignore[attr-defined]
from engine.document import Graph, Quantity
from engine.edits import Hide, apply
from engine.errors import FormulaError, PlaygroundError, UnknownOpError, ValueRefusedError
from engine.formula import graph_of_formula


class View:
    """A view of a widget: it hands over what hands do, and keeps what it is told."""

    def __init__(self, widget: Playground, name: str) -> None:
        self.widget, self.name, self.heard, self.sequence = widget, name, [], 0
        widget.send = lambda content, *_: self.heard.append(content)
        widget._hear(widget, {"view": name}, [])

    @property
    def message(self) -> dict[str, Any]:
        return json.loads(self.heard[-1]["message"])

    def do(self, event: dict[str, Any]) -> None:
        self.sequence += 1
        outbox = {
            "session": self.message["session"],
            "post": self.sequence,
            "have": self.message["revision"],
            "selected": "",
            "events": [{"seq": self.sequence, "event": event}],
        }
        self.widget._hear(self.widget, {"view": self.name, "outbox": outbox}, [])


def test_a_formula_shows_its_numbers() -> None:
    w = Playground("z = x**2 + y**2", x=2, y=3)
    assert (w.data["z"], w.grad["x"], w.grad["y"]) == (13.0, 4.0, 6.0)
    assert w.formula == "z = x ** 2 + y ** 2"
    assert list(w.data) == ["x", "a", "y", "b", "z"]
    assert isinstance(w.data["x"], np.ndarray)


def test_a_variable_that_was_computed_is_shown() -> None:
    x = Variable(np.array([1.0, 2.0]), "x")
    w = Playground((x * x).sum())
    np.testing.assert_array_equal(w.grad["x"], [2.0, 4.0])


def test_a_file_is_opened(tmp_path: Path) -> None:
    (tmp_path / "f.txt").write_text("z = x*y", "utf-8")
    assert Playground(tmp_path / "f.txt", x=4, y=5).data["z"] == 20.0


def test_what_python_sets_is_redrawn_and_told() -> None:
    w = Playground("z = x*y", x=2, y=3)
    told: list[str] = []
    w.observe(lambda change: told.append(change["name"]))
    before = w._picture
    w.data["x"] = 7
    assert (w.data["z"], w.grad["y"]) == (21.0, 7.0)
    assert {"data", "grad", "graph", "_picture"} <= set(told)
    assert w._picture != before
    w.set(y="1/4")
    assert w.data["z"] == 1.75
    w.formula = "q = x + y"
    assert (w.formula, w.data["q"]) == ("q = x + y", 7.25)
    w.graph = graph_of_formula("p = 3*u", Graph())
    assert w.grad["u"] == 3.0


def test_observers_are_told_once_of_what_has_changed_and_of_nothing_else() -> None:
    w = Playground("z = x*y", x=2, y=3)
    told: list[str] = []
    w.observe(lambda change: told.append(change["name"]), names=["data", "grad", "formula"])
    w.set(x=7, y=5)
    assert sorted(told) == ["data", "grad"]
    told.clear()
    w.set(x=7)
    view = View(w, "one")
    x = w.graph.node_named("x")
    assert x is not None
    view.do({"type": "set value", "node": x.id, "value": 7})
    assert told == []
    w.data["x"] = [7.0, 7.0]  # the same numbers in another shape
    assert sorted(told) == ["data", "grad"]


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (lambda w: setattr(w, "formula", "q = x*("), FormulaError),
        (lambda w: w.data.__setitem__("x", float("nan")), ValueRefusedError),
        (lambda w: w.data.__setitem__("z", 1), ValueRefusedError),
        (lambda w: w.data.__setitem__("nobody", 1), KeyError),
        (lambda w: w.set(x=7, y="seven"), ValueRefusedError),
        (lambda w: w.grad.__setitem__("x", 1), TypeError),
        (lambda w: w.script("cobol"), KeyError),
    ],
)
def test_what_is_refused_changes_nothing(act: Any, error: type[Exception]) -> None:
    w = Playground("z = x*y", x=2, y=3)
    graph = w.graph
    with pytest.raises(error):
        act(w)
    assert (w.graph, w.formula, w.data["z"]) == (graph, "z = x * y", 6.0)


def test_what_is_no_graph_is_refused() -> None:
    class Own(Function):
        def forward(self, x: Any) -> Any:
            return x

    with pytest.raises(UnknownOpError):
        Playground(Own()(Variable(np.array(1.0))))
    with pytest.raises(PlaygroundError):
        Playground("z = (")


def test_the_hand_is_followed() -> None:
    w = Playground("z = x*y", x=2, y=3)
    view = View(w, "one")
    assert view.message["picture"]["nodes"]
    told: list[Any] = []
    w.observe(lambda change: told.append(change["new"]["z"]), names="data")
    x = w.graph.node_named("x")
    assert x is not None
    view.do({"type": "set value", "node": x.id, "value": 10})
    assert view.message["ack"] == 1
    assert told == [30.0]
    assert "10" in w.script()
    view.do({"type": "undo"})
    assert w.data["z"] == 6.0


def test_what_python_does_reaches_the_view() -> None:
    w = Playground("z = x*y", x=2, y=3)
    view = View(w, "one")
    count = len(view.heard)
    w.data["x"] = 9
    assert len(view.heard) == count + 1
    assert "27" in json.dumps(view.message["picture"])


def test_of_two_views_the_one_that_was_shown_last_is_alive() -> None:
    w = Playground("z = x*y", x=2, y=3)
    first = View(w, "first")
    second = View(w, "second")
    x = w.graph.node_named("x")
    assert x is not None
    event = {"type": "set value", "node": x.id, "value": 10}
    first.heard = list(second.heard)
    first.do(event)
    assert w.data["x"] == 2.0
    second.do(event)
    assert w.data["x"] == 10.0
    assert second.heard[-1]["view"] == "second"


@pytest.mark.parametrize(
    "content", [None, "text", [], {}, {"view": 3}, {"view": ""}, {"view": "x" * 1000}, {"outbox": {}}]
)
def test_what_no_view_says_is_left_unread(content: object) -> None:
    w = Playground("z = x*y")
    w.send = lambda *_: pytest.fail("nobody asked")
    w._hear(w, content, [])


def test_hidden_numbers_are_in_nothing_that_is_sent() -> None:
    graph = graph_of_formula("z = x**2", Graph())
    x = graph.node_named("x")
    assert x is not None
    w = Playground(apply(graph, Hide(numbers=((x.id, "grad", 0),))), x=617)
    view = View(w, "one")
    assert w.grad["x"] is None
    # The derivative of x² at 617.
    assert "1234" not in w._picture
    assert "1234" not in json.dumps(view.message)
    assert Quantity(x.id, "grad") in w.graph.hidden


def test_the_last_picture_is_in_the_notebook_itself() -> None:
    w = Playground(square(Variable(np.array(3.0))))
    bundle = w._repr_mimebundle_()[0]
    assert "data" in bundle["text/html"]
    assert "<svg" in bundle["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in bundle
