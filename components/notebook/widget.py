"""The widget: a graph that hands and Python change alike, in any notebook that anywidget knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import anywidget
import numpy as np
import traitlets

from components.canvas import widget_module
from components.notebook.numbers import Numbers
from components.state import Playground as State
from components.state import Session, encoded
from engine.autograd import Array, Variable
from engine.command import graph_in_file
from engine.display import graph_of_variable
from engine.document import Graph, Node
from engine.edits import Replace, SetFormula, SetValue, apply
from engine.errors import PlaygroundError
from engine.evaluation import Trace
from engine.explain import book_script, text_of, torch_script
from engine.formula import formula_of, graph_of_formula
from engine.messages import ENGLISH, best_language, is_hidden_array, using_language
from engine.picture import to_svg

_HEIGHT: Final = 560
_LONGEST_NAME: Final = 40
"""Of a view; what is longer was not made by the canvas."""


class Playground(anywidget.AnyWidget):
    """Show a graph to be changed by hand, with data and grad at every node.

    It is made of a formula, of a Variable that somebody has just computed, of a Graph, or of a file's path;
    `x=2` gives an input its value. `graph`, `formula`, `data` and `grad` follow the hand: observers are told. Set
    `formula` or `graph`, or an entry of `data`, and the picture follows.

    Raises PlaygroundError for what is no graph.
    """

    _esm = widget_module()
    formula = traitlets.Unicode()
    """The graph as a formula; empty where it has none."""
    graph = traitlets.Instance(Graph)
    """The graph as a document."""
    data = traitlets.Instance(Numbers)
    """Each node's array by its name, "m.low" for an output of several; None where it is hidden or not computed."""
    grad = traitlets.Instance(Numbers)
    """Each node's gradient by its name; None where there is none, or where it is hidden."""
    height = traitlets.Int(_HEIGHT).tag(sync=True)
    """In pixels."""
    edits = traitlets.Int().tag(sync=True)
    """How often hands have changed something; a notebook that runs cells by itself, such as marimo, watches it."""
    _picture = traitlets.Unicode().tag(sync=True)
    """The picture as SVG, which stands there where no kernel runs."""

    def __init__(
        self,
        source: str | Variable | Graph | Path = "",
        /,
        *,
        height: int = _HEIGHT,
        language: str = ENGLISH,
        **values: Any,
    ) -> None:
        self._is_telling = False
        self._language = best_language([language])
        with using_language(self._language):
            graph = _graph_of(source)
            for name, value in values.items():
                graph = apply(graph, SetValue(node=_input_named(graph, name).id, value=_as_typed(value)))
        self._state = State.of(graph)
        self._session = Session(self._state, language=self._language)
        self._view = ""
        super().__init__(**self._numbers(), height=height)
        self.on_msg(self._hear)

    def script(self, kind: str = "book") -> str:
        """Return the graph as a Python script, for this engine, or of the kind "torch" for PyTorch."""
        write = {"book": book_script, "torch": torch_script}[kind]
        return text_of(write(self._state.graph, self._state.computation.shown_trace))

    def set(self, **values: Any) -> None:
        """Give inputs other values, by their names: all, or none where one is refused; raises PlaygroundError."""
        graph = self._state.graph
        events = [SetValue(node=_input_named(graph, name).id, value=_as_typed(each)) for name, each in values.items()]
        with using_language(self._language):
            for event in events:
                graph = apply(graph, event)

        def act() -> None:
            for event in events:
                self._state.edit(event)

        self._perform(act)

    @traitlets.validate("formula")
    def _draw_formula(self, proposal: Mapping[str, Any]) -> str:
        if not self._is_telling:
            self._perform(lambda: self._state.edit(SetFormula(text=proposal["value"])))
        return formula_of(self._state.graph)

    @traitlets.validate("graph")
    def _show_graph(self, proposal: Mapping[str, Any]) -> Graph:
        if not self._is_telling:
            self._perform(lambda: self._state.edit(Replace(document=proposal["value"])))
        return self._state.graph

    def _perform(self, act: Callable[[], object]) -> None:
        """Do what Python asks for, in its turn among what the hand does, and show it; raises what refuses it."""
        refused: list[PlaygroundError] = []
        self._session.perform(act, refused.append)
        while not self._session.go_on(self._session.begin_slice()):
            pass
        if refused:
            raise refused[0]
        self._tell()
        self._answer()

    def _hear(self, _: object, content: object, __: object) -> None:
        """Take in what a view has sent: that it is shown, or what hands did in it."""
        view = content.get("view") if isinstance(content, dict) else None
        if not isinstance(view, str) or not 0 < len(view) <= _LONGEST_NAME:
            return
        assert isinstance(content, dict)
        if "outbox" not in content:  # it is shown: from now on it is the one that is alive
            self._view = view
            self._session = Session(self._state, language=self._language)
        elif view == self._view:
            self._session.receive(content["outbox"])
        else:
            return
        self._tell()
        self._answer()

    def _answer(self) -> None:
        if self._view:
            self.send({"view": self._view, "message": encoded(self._session.message()).decode()})

    def _tell(self) -> None:
        with self._telling(), self.hold_trait_notifications():
            for name, value in self._numbers().items():
                setattr(self, name, value)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        self._is_telling = True
        try:
            yield
        finally:
            self._is_telling = False

    def _numbers(self) -> dict[str, Any]:
        """Return what the traits hold, of the graph as it is now."""
        graph, trace = self._state.graph, self._state.computation.shown_trace
        with using_language(self._language):
            picture = to_svg(graph, trace)
        data = {name: _shown(found) for name, found, _ in _outputs(graph, trace)}
        grad = {name: _shown(found) for name, _, found in _outputs(graph, trace)}
        return {
            "graph": graph,
            "formula": formula_of(graph),
            "data": Numbers(data, lambda name, value: self.set(**{name: value})),
            "grad": Numbers(grad),
            "_picture": picture,
        }

    def _repr_mimebundle_(self, **options: Any) -> Any:
        """Return the widget, and beside it the picture for whoever shows no widgets."""
        bundle = super()._repr_mimebundle_(**options)
        if isinstance(bundle, tuple) and isinstance(bundle[0], dict):
            bundle[0]["text/html"] = self._picture
        return bundle


def _graph_of(source: object) -> Graph:
    if isinstance(source, Graph):
        return source
    if isinstance(source, Variable):
        return graph_of_variable(source)
    return graph_in_file(source) if isinstance(source, Path) else graph_of_formula(str(source), Graph())


def _input_named(graph: Graph, name: str) -> Node:
    node = graph.node_named(name)
    if node is None:
        raise KeyError(name)
    return node


def _as_typed(value: Any) -> Any:
    """Return a value as an edit takes it: a number, nested lists, or a text as somebody types it."""
    return value if isinstance(value, str) else np.asarray(value, dtype=float).tolist()


def _outputs(graph: Graph, trace: Trace) -> Iterator[tuple[str, Array | None, Array | None]]:
    for node in graph.nodes():
        found = trace.nodes[node.id]
        for place, grad in enumerate(found.grad):
            yield node.output_name(place), None if found.data is None else found.data[place], grad


def _shown(array: Array | None) -> Array | None:
    return None if array is None or is_hidden_array(array) else np.asarray(array)
