"""Say what the open panel shows. A panel is one file here; every file of this package is imported, and so found."""

from __future__ import annotations

import importlib
import pkgutil

from components.panels.descent import NO_AXIS, DescentLook, descent_of
from components.panels.explanations import always_told, panels_in_pieces
from components.panels.look import Counter, Look, nothing_beside
from components.panels.panel import Panel, View, tabs
from components.panels.steps import MAX_FORMULAS, steps_of

__all__ = [
    "MAX_FORMULAS",
    "NO_AXIS",
    "Counter",
    "DescentLook",
    "Look",
    "Panel",
    "View",
    "always_told",
    "descent_of",
    "find_panels",
    "nothing_beside",
    "panels_in_pieces",
    "steps_of",
    "tabs",
]


def find_panels() -> None:
    """Import every file of this package, so that the panels in them are registered."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")


find_panels()
