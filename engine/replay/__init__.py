"""Compile a graph to a program that runs many times: for gradient descent, and for plots of the output over inputs."""

from __future__ import annotations

from engine.replay.descent import (
    MAX_RATE,
    MAX_STEPS,
    MIN_RATE,
    RATES,
    Descent,
    DescentPoint,
    DescentSteps,
    Rate,
    descend,
    descend_on,
    descend_on_in_pieces,
    descent_in_pieces,
    first_rate,
)
from engine.replay.expressions import MATH_NAMES
from engine.replay.landscape import (
    GRID,
    Interval,
    curve,
    heights_shown,
    levels,
    places_in_bands,
    surface,
    ticks,
    window,
)
from engine.replay.objective import Objective, objective, objective_in_pieces
from engine.replay.program import Program, compile_graph
from engine.replay.script_line import Line

__all__ = [
    "GRID",
    "MATH_NAMES",
    "MAX_RATE",
    "MAX_STEPS",
    "MIN_RATE",
    "RATES",
    "Descent",
    "DescentPoint",
    "DescentSteps",
    "Interval",
    "Line",
    "Objective",
    "Program",
    "Rate",
    "compile_graph",
    "curve",
    "descend",
    "descend_on",
    "descend_on_in_pieces",
    "descent_in_pieces",
    "first_rate",
    "heights_shown",
    "levels",
    "objective",
    "objective_in_pieces",
    "places_in_bands",
    "surface",
    "ticks",
    "window",
]
