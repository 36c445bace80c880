"""Say what the open panel shows: steps, paths, check, descent, code."""

from __future__ import annotations

from components.panels.descent import descent_of
from components.panels.explanations import explanations
from components.panels.look import NO_AXIS, Counter, DescentLook, Look
from components.panels.steps import MAX_FORMULAS, steps_of

__all__ = ["MAX_FORMULAS", "NO_AXIS", "Counter", "DescentLook", "Look", "descent_of", "explanations", "steps_of"]
