"""What a panel is: a file of this package that says its name, its tab, its settings, and what it shows of a graph."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from engine.document import Graph, Quantity
from engine.evaluation import Trace
from engine.explain import Checked
from engine.messages import current_language, say
from engine.pieces import Pieces

LOOK_FIELDS = frozenset({"panel", "local", "bars", "widths", "stepping"})
"""What the browser says beside the settings of panels; no setting may be called so."""


@dataclass(frozen=True)
class View:
    """Hold what a panel may tell of: the graph, what was computed of it, and what somebody has chosen."""

    graph: Graph
    trace: Trace
    formula: str
    """The graph as a formula, as the bar above the canvas shows it."""
    places: dict[str, str]
    """Where each node stands in the picture: by its own id, or by that of the closed block that hides it."""
    selected: str = ""
    """The id of the one selected node or block; empty if there is none."""
    picks: tuple[str, ...] | None = None
    """The order of the Functions that somebody picks; None leaves it to the variant."""
    checked: Sequence[Checked] | None = None
    """What the last gradient check found; None if there was none since the last edit."""
    hidden: frozenset[Quantity] = frozenset()
    """The numbers that are hidden. The trace does not hold them; who computes anew has to leave them out."""


class Panel(BaseModel, ABC):
    """Show something of the graph beside the canvas; a subclass is registered and gets a tab.

    The fields of a panel are its settings, each with a default; what the browser sends for them is checked.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    registry: ClassVar[dict[str, type[Panel]]] = {}
    """The panels by their names."""

    name: ClassVar[str]
    """The name in the browser's script and in what the browser sends."""
    title: ClassVar[str]
    """What the tab says; a marked message."""
    hint: ClassVar[str]
    """What the tab does, in a sentence; a marked message."""
    order: ClassVar[int]
    """Where the tab stands: those with smaller numbers first."""
    watched: ClassVar[bool] = False
    """Whether the trace records the work list and the lines that run while this panel is open."""

    while_stepping: ClassVar[bool] = False
    """Whether the panel is told while somebody steps, be it open or not."""

    has_tab: ClassVar[bool] = True
    """Whether it is opened by a tab; if not, its settings say when it is told."""

    @property
    def is_asked(self) -> bool:
        """Return whether its settings ask for it, be it open or not."""
        return False

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Register a panel; raises TypeError where something is missing, or has been taken by another."""
        missing = [name for name in ("name", "title", "hint", "order") if not hasattr(cls, name)]
        if missing := [*missing, *cls.__abstractmethods__]:
            raise TypeError(f"{cls.__name__} does not say its {', '.join(missing)}.")
        others = [panel for panel in Panel.registry.values() if panel.__qualname__ != cls.__qualname__]
        if any(panel.name == cls.name for panel in others):
            raise TypeError(f"There is a panel named {cls.name} already.")
        taken = LOOK_FIELDS.union(*(panel.model_fields for panel in others))
        for name, setting in cls.model_fields.items():
            if name in taken:
                raise TypeError(f"The setting {name} of {cls.__name__} has a name that is in use.")
            if setting.is_required():
                raise TypeError(f"The setting {name} of {cls.__name__} has no default.")
        Panel.registry[cls.name] = cls

    @abstractmethod
    def tell(self, view: View) -> dict[str, Any]:
        """Return the panel's part of the picture, by keys of its own; nothing in it is None or not finite."""

    def tell_in_pieces(self, view: View) -> Pieces[dict[str, Any]]:
        """Do the same as `tell` in pieces, where that may take long; else it is one."""
        yield 0.0
        return self.tell(view)


def tabs() -> list[dict[str, str]]:
    """Return the tabs of the panels that have one, in their order: name, title and hint.

    To be read only: everybody gets the same.
    """
    return _tabs_in(current_language(), tuple(Panel.registry.values()))


@cache
def _tabs_in(_language: str, panels: tuple[type[Panel], ...]) -> list[dict[str, str]]:
    with_tabs = [panel for panel in panels if panel.has_tab]
    in_order = sorted(with_tabs, key=lambda panel: (panel.order, panel.name))
    return [{"name": panel.name, "title": say(panel.title), "hint": say(panel.hint)} for panel in in_order]
