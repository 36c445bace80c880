"""What the panel of descent shows: the way down, the landscape around it, and the sentences that say the same."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from components.panels.look import NO_AXIS, DescentLook
from components.text import bracketed, short, short_array
from engine.autograd import Array, Variant
from engine.document import Graph
from engine.errors import DescentError
from engine.evaluation import Trace
from engine.replay import Descent, Interval, Objective, Point, descend_on, first_rate, landscape, objective

_TOLD_INPUTS = 4
"""How many of the inputs that move are named in a sentence and in the table."""
_FINE = 100
"""Into how many parts a band is divided on the wire."""
_BLANK = -1
_HEADROOM = 0.08


def descent_of(graph: Graph, trace: Trace, look: DescentLook, formula: str) -> dict[str, Any]:
    """Return the panel's part of the picture; numbers to be read are text, coordinates are finite."""
    try:
        goal = objective(graph, trace)
        if not goal.movable:
            raise DescentError(f"No input leads to {goal.name}: there is nothing to move.")
    except DescentError as error:
        return {"trouble": str(error), "rate": look.rate, "steps": look.steps}
    return _Told(goal, look, formula, trace.variant).all()


@dataclass(frozen=True)
class _Told:
    """What there is to tell of one objective, as somebody looks at it."""

    goal: Objective
    look: DescentLook
    formula: str
    variant: Variant

    def all(self) -> dict[str, Any]:
        descent = descend_on(self.goal, self._rate, self.look.steps, self._moving)
        told: dict[str, Any] = {
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
            "rows": [self._row(descent, step) for step in range(len(descent.points))],
            "heights": [point.output for point in descent.points],
            "rule": self._rule(descent),
        }
        if descent.points and self._axes:
            told |= self._plot(descent)
        return told

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
        """Say what one might take the numbers for and they are not."""
        remarks = []
        if self.variant is not Variant.STEP_16:
            remarks.append("Descent goes by the right gradients, those of Step 16.")
        if self._axes and set(descent.moving) - set(self._axes):
            remarks.append("The map has the other inputs as they are now; on the way they move too.")
        return " ".join(remarks)

    # The way --------------------------------------------------------------------------------------------------

    def _first_movers(self, descent: Descent) -> list[str]:
        return list(dict.fromkeys([*self._axes, *descent.moving]))[:_TOLD_INPUTS]

    def _row(self, descent: Descent, step: int) -> dict[str, Any]:
        point, movers = descent.points[step], self._first_movers(descent)
        output = short(point.output)
        values = [short_array(point.values[node]) for node in movers]
        parts = [f"{self._name(node)} = {value}" for node, value in zip(movers, values, strict=True)]
        if more := len(descent.moving) - len(movers):
            parts.append(f"{more} more input{'s' if more > 1 else ''}")
        return {
            "values": values,
            "output": output,
            "told": f"{f'Step {step}' if step else 'Now'}: {', '.join(parts)}, {self.goal.name} = {output}.",
        }

    def _rule(self, descent: Descent) -> list[list[str]]:
        """Return the first step of each axis in two parts: what is to be worked out, and what comes of it."""
        if len(descent.points) < 2:
            return []
        here, there = descent.points[:2]
        rules = []
        for node in self._axes:
            name, grad = self._name(node), bracketed(short_array(here.grads[node]))
            worked = f"{short_array(here.values[node])} − {short(self._rate)} × {grad}"
            rules.append([f"{name} − rate × {name}.grad = {worked}", short_array(there.values[node])])
        return rules

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
            "way": self._way(descent),
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
            "summary": self._told_surface(heights, shown),
        }

    def _told_surface(self, heights: Array, shown: Sequence[Interval]) -> str:
        over = self._told_window(shown)
        if not np.isfinite(heights).any():
            return f"Contour plot over {over}: {self.goal.name} is not finite anywhere here."
        extremes = []
        for flat, word in ((np.nanargmin(heights), "lowest"), (np.nanargmax(heights), "highest")):
            row, column = np.unravel_index(flat, heights.shape)
            there = [
                f"{self._name(node)} = {short(float(np.linspace(*each, len(heights))[place]))}"
                for node, each, place in zip(self._axes, shown, (column, row), strict=True)
            ]
            extremes.append(f"{word}, {short(heights[row, column])}, near {' and '.join(there)}")
        return f"Contour plot over {over}. {self.goal.name} is {', and '.join(extremes)}."

    def _curve(self, points: Sequence[Point], shown: Interval) -> dict[str, Any]:
        xs, heights = landscape.curve(self.goal, self._axes[0], shown)
        finite = heights[np.isfinite(heights)]
        seen = [point.output for point in points if shown[0] <= float(point.values[self._axes[0]]) <= shown[1]]
        low, high = landscape.heights_shown(heights, seen)
        room = max((high - low) * _HEADROOM, abs(low) * 1e-6, abs(high) * 1e-6, 1e-9)
        told = f"Curve over {self._told_window([shown])}."
        if finite.size:
            at = short(float(xs[np.nanargmin(heights)]))
            told = f"{told} {self.goal.name} is lowest, {short(finite.min())}, near {self._name(self._axes[0])} = {at}."
        return {
            "frame": [list(shown), [low - room, high + room]],
            # In pieces: where the output is not finite there is a gap.
            "pieces": [
                [[float(xs[place]), float(heights[place])] for place in piece]
                for piece in np.split(np.arange(len(xs)), np.flatnonzero(~np.isfinite(heights)))
                for piece in [piece[np.isfinite(heights[piece])]]
                if len(piece) > 1
            ],
            "levels": [],
            "summary": told,
        }

    def _told_window(self, shown: Sequence[Interval]) -> str:
        return " and ".join(
            f"{self._name(node)} from {short(low)} to {short(high)}"
            for node, (low, high) in zip(self._axes, shown, strict=True)
        )

    def _way(self, descent: Descent) -> str:
        """Say where the way leads."""
        last = len(descent.points) - 1
        if last == 0:
            return ""
        first, final = descent.points[0], descent.points[-1]
        course = "down" if final.output < first.output else "up" if final.output > first.output else "nowhere"
        return (
            f"{last} step{'s' if last > 1 else ''} lead{'' if last > 1 else 's'} {course}: "
            f"{self.goal.name} goes from {short(first.output)} to {short(final.output)}."
        )
