"""Compile a graph to a program that runs many times: for gradient descent, and for plots of the output over inputs."""

from __future__ import annotations

from engine.replay.descent import (
    MAX_RATE,
    MIN_RATE,
    RATES,
    Descent,
    DescentSteps,
    Point,
    Rate,
    descend,
    descend_on,
    first_rate,
)
from engine.replay.expressions import ADDITIVE, CONDITIONAL, MATH_NAMES, UNARY, Text
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
from engine.replay.objective import Objective, objective
from engine.replay.program import Program, compile_graph
from engine.replay.program_writer import written_sum
from engine.replay.rules import FLOATS, Arrived, rule_of
from engine.replay.script_line import Line
from engine.replay.symbols import named

__all__ = [
    "ADDITIVE",
    "CONDITIONAL",
    "FLOATS",
    "GRID",
    "MATH_NAMES",
    "MAX_RATE",
    "MIN_RATE",
    "RATES",
    "UNARY",
    "Arrived",
    "Descent",
    "DescentSteps",
    "Interval",
    "Line",
    "Objective",
    "Point",
    "Program",
    "Rate",
    "Text",
    "compile_graph",
    "curve",
    "descend",
    "descend_on",
    "first_rate",
    "heights_shown",
    "levels",
    "named",
    "objective",
    "places_in_bands",
    "rule_of",
    "surface",
    "ticks",
    "window",
    "written_sum",
]
