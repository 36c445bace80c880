"""The panel of descent: gradient descent from the inputs as they are, and the output around it as a plot."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from components.panels import descent_text
from components.panels.descent_text import Window
from components.panels.look import Counter
from components.panels.panel import Panel, View
from components.text import short, short_array
from engine.autograd import Variant
from engine.document import Graph
from engine.errors import DescentError
from engine.evaluation import Trace
from engine.messages import listed, mark, say
from engine.pieces import Pieces, between, finish
from engine.replay import (
    Descent,
    DescentPoint,
    DescentSteps,
    Interval,
    Objective,
    Rate,
    descend_on_in_pieces,
    first_rate,
    landscape,
    objective_in_pieces,
)

NO_AXIS = "none"
"""In place of a second input: a curve over the first one alone."""
_NAMED_INPUTS = 4
"""How many of the inputs that descent changes are named in a sentence and in the table."""
_FINE = 100
"""Into how many parts a band is divided on the wire."""
_BLANK = -1
_HEADROOM = 0.08

_Finite = Annotated[float, Field(allow_inf_nan=False)]


class DescentLook(BaseModel):
    """Say how the browser looks at gradient descent: over which inputs, how fast, how far, and in what window."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    across: Annotated[str, Field(max_length=64)] = ""
    up: Annotated[str, Field(max_length=64)] = ""
    rate: Rate = 0.1
    steps: DescentSteps = 50
    hold: bool = False
    """Whether the inputs that the plot does not go over are held."""
    frame: Annotated[tuple[tuple[_Finite, _Finite], ...], Field(max_length=2)] = ()
    kind: Counter = 0
    """Of what the window is; of something else another is found."""


class DescentPanel(Panel):
    """Show gradient descent on a map of the output."""

    name = "descent"
    order = 5
    title = mark("Descent")
    hint = mark("Gradient descent, on a map of the output")

    descent: DescentLook = DescentLook()

    def tell(self, view: View) -> dict[str, Any]:
        """Return the steps of descent, and the plot if there is an axis for one."""
        return finish(self.tell_in_pieces(view))

    def tell_in_pieces(self, view: View) -> Pieces[dict[str, Any]]:
        """Do the same as `tell` in pieces, each a step or a part of the plot."""
        if refusal := _refusal(view):
            told = {"trouble": refusal, "rate": self.descent.rate, "steps": self.descent.steps}
            return {"descent": {**told, "rule": _first_step_asked(view, self.descent.rate), "asks": True}}
        return {"descent": (yield from descent_in_pieces(view.graph, view.trace, self.descent, view.formula))}


def _refusal(view: View) -> str:
    """Return why there is no descent while numbers are hidden that its steps and its map would give."""
    ends = {node.id for node in view.graph.nodes() if node.is_input}
    if view.trace.output is not None:
        ends.add(view.trace.output[0])
    told = sorted(each.name_in(view.graph) for each in view.hidden if each.node in ends)
    if not told:
        return ""
    return say("The steps of descent and its map would give {names}. Find what is hidden first.", names=listed(told))


def _first_step_asked(view: View, rate: float) -> list[list[str]]:
    """Return the first step of the inputs that move, as far as it is shown: what is hidden in it is a question mark."""
    inputs = [node for node in view.graph.nodes() if node.is_input]
    moving = [node for node in inputs if node.role == "weight"] or [node for node in inputs if node.role is None]
    found = []
    for node in moving[:_NAMED_INPUTS]:
        data, grad = view.trace.nodes[node.id].data, view.trace.nodes[node.id].grad[0]
        if data is not None and grad is not None:
            found.append([descent_text.rule_asked(node.name, data[0], rate, grad), "?", "="])
    return found


def descent_of(graph: Graph, trace: Trace, look: DescentLook, formula: str) -> dict[str, Any]:
    """Return the panel's part of the picture; numbers to be read are text, coordinates are finite."""
    return finish(descent_in_pieces(graph, trace, look, formula))


def descent_in_pieces(graph: Graph, trace: Trace, look: DescentLook, formula: str) -> Pieces[dict[str, Any]]:
    """Do the same as `descent_of` in pieces."""
    yield 0.0
    try:
        goal = yield from objective_in_pieces(graph, trace)
        if not goal.movable:
            raise DescentError(goal.refusal())
    except DescentError as error:
        return {"trouble": str(error), "rate": look.rate, "steps": look.steps}
    yield 0.1
    return (yield from _Shown(goal, look, formula, trace.variant).all())


@dataclass(frozen=True)
class _Shown:
    """Show descent on one objective as somebody looks at it."""

    goal: Objective
    look: DescentLook
    formula: str
    variant: Variant

    def all(self) -> Pieces[dict[str, Any]]:
        rate = self._rate
        yield 0.2
        descent = yield from between(0.2, 0.6, descend_on_in_pieces(self.goal, rate, self.look.steps, self._moving))
        rows = []
        for step in range(len(descent.points)):
            rows.append(self._row(descent, step))
            yield 0.7
        found: dict[str, Any] = {
            "inputs": [[node, self._name(node)] for node in self.goal.axes],
            "axes": self._axes,
            "names": [self._name(node) for node in self._axes],
            "output": self.goal.name,
            "others": len(self.goal.movable) - len(self._axes),
            "rate": self._rate,
            "steps": self.look.steps,
            "trouble": descent.trouble,
            "remark": self._remark(descent),
            "columns": [self._name(node) for node in self._first_movers(descent)],
            "rows": rows,
            "heights": [point.output for point in descent.points],
            "rule": self._rule(descent),
        }
        if descent.points and self._axes:
            yield 0.8
            found |= self._plot(descent)
        return found

    @property
    def _axes(self) -> list[str]:
        """Return the inputs that the plot goes over: what was chosen, else the first two; one if there is no other."""
        free = list(self.goal.axes)
        chosen = [node for node in dict.fromkeys((self.look.across, self.look.up)) if node in free]
        if self.look.up == NO_AXIS:
            return (chosen or free)[:1]
        return [*chosen, *(node for node in free if node not in chosen)][:2]

    @property
    def _moving(self) -> list[str] | None:
        return self._axes if self.look.hold and self._axes else None

    @cached_property
    def _rate(self) -> float:
        """Return the learning rate that somebody has set, else one that suits."""
        return self.look.rate if "rate" in self.look.model_fields_set else first_rate(self.goal, self._moving)

    def _name(self, node: str) -> str:
        return self.goal.graph.node(node).name

    def _remark(self, descent: Descent) -> str:
        return descent_text.remark(
            is_other_variant=self.variant is not Variant.STEP_16,
            others_move=bool(self._axes and set(descent.moving) - set(self._axes)),
        )

    # The steps ------------------------------------------------------------------------------------------------

    def _first_movers(self, descent: Descent) -> list[str]:
        return list(dict.fromkeys([*self._axes, *descent.moving]))[:_NAMED_INPUTS]

    def _row(self, descent: Descent, step: int) -> dict[str, Any]:
        point, movers = descent.points[step], self._first_movers(descent)
        named = [(self._name(node), point.values[node]) for node in movers]
        sentence = descent_text.row(step, named, len(descent.moving) - len(movers), self.goal.name, point.output)
        return {
            "values": [short_array(value) for _, value in named],
            "output": short(point.output),
            "told": sentence,
        }

    def _rule(self, descent: Descent) -> list[list[str]]:
        """Return the first step of each axis in two parts: what is to be worked out, and what comes of it."""
        if len(descent.points) < 2:
            return []
        here, there = descent.points[:2]
        return [
            [
                descent_text.rule(self._name(node), here.values[node], self._rate, here.grads[node]),
                short_array(there.values[node]),
                descent_text.sign_of_step(
                    here.values[node], self._rate, here.grads[node], np.asarray(there.values[node])
                ),
            ]
            for node in self._axes
        ]

    # The plot -------------------------------------------------------------------------------------------------

    def _plot(self, descent: Descent) -> dict[str, Any]:
        kind = zlib.crc32("|".join([*self._axes, self.formula, self.goal.name]).encode())
        before = self.look.frame if self.look.kind == kind else ()
        paths = [[float(point.values[node]) for point in descent.points] for node in self._axes]
        shown = [
            landscape.window(path[0], path, before[place] if len(before) == 2 else None)
            for place, path in enumerate(paths)
        ]
        slopes = [float(descent.points[0].grads[node]) for node in self._axes]
        drawn = self._surface(shown) if len(shown) == 2 else self._curve(descent.points, shown[0])
        heights = [point.output for point in descent.points]
        points = zip(paths[0], paths[1] if len(paths) == 2 else heights, strict=True)
        return {
            "kind": kind,
            "points": [list(point) for point in points],
            "slopes": slopes,
            **drawn,
            "ticks": [[[tick, short(tick)] for tick in landscape.ticks(each)] for each in drawn["frame"]],
            "way": descent_text.way(self.goal.name, [point.output for point in descent.points]),
        }

    def _surface(self, shown: Sequence[Interval]) -> dict[str, Any]:
        heights = landscape.surface(self.goal, self._axes[0], self._axes[1], *shown)
        between = landscape.levels(heights)
        places = np.round(landscape.places_in_bands(heights, between) * _FINE)
        return {
            "frame": [list(each) for each in shown],
            "n": len(heights),
            "cells": np.where(np.isfinite(places), places, _BLANK).astype(int).reshape(-1).tolist(),
            "fine": _FINE,
            "levels": [short(level) for level in between],
            "summary": descent_text.surface(self.goal.name, self._windows(shown), heights),
        }

    def _curve(self, points: Sequence[DescentPoint], shown: Interval) -> dict[str, Any]:
        xs, heights = landscape.curve(self.goal, self._axes[0], shown)
        inside = [point.output for point in points if shown[0] <= float(point.values[self._axes[0]]) <= shown[1]]
        low, high = landscape.heights_shown(heights, inside)
        margin = max((high - low) * _HEADROOM, abs(low) * 1e-6, abs(high) * 1e-6, 1e-9)
        return {
            "frame": [list(shown), [low - margin, high + margin]],
            # In pieces: where the output is not finite there is a gap.
            "pieces": [
                [[float(xs[place]), float(heights[place])] for place in piece]
                for piece in np.split(np.arange(len(xs)), np.flatnonzero(~np.isfinite(heights)))
                for piece in [piece[np.isfinite(heights[piece])]]
                if len(piece) > 1
            ],
            "levels": [],
            "summary": descent_text.curve(self.goal.name, self._windows([shown])[0], xs, heights),
        }

    def _windows(self, shown: Sequence[Interval]) -> list[Window]:
        return [Window(self._name(node), *interval) for node, interval in zip(self._axes, shown, strict=True)]
