"""What a panel is: a file of this package that says its name, its tab, its settings, and what it shows of a graph."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from engine.document import Graph
from engine.evaluation import Trace
from engine.explain import Checked
from engine.messages import say


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


class Panel(BaseModel, ABC):
    """Show something of the graph beside the canvas. A subclass is registered, and offered as a tab.

    Its fields are its settings: what the browser sends of them is checked here, and each has a default.
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

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Register a panel; raises TypeError for one that is described by halves, or uses what another has taken."""
        missing = [name for name in ("name", "title", "hint", "order") if not hasattr(cls, name)]
        if missing:
            raise TypeError(f"{cls.__name__} lacks {', '.join(missing)}.")
        others = [panel for panel in Panel.registry.values() if panel.__module__ != cls.__module__]
        if any(panel.name == cls.name for panel in others):
            raise TypeError(f"There is a panel named {cls.name} already.")
        if taken := {field for panel in others for field in panel.model_fields} & set(cls.model_fields):
            raise TypeError(f"Another panel has the setting {taken.pop()} already.")
        Panel.registry[cls.name] = cls

    @abstractmethod
    def tell(self, view: View) -> dict[str, Any]:
        """Return the panel's part of the picture, by keys of its own; nothing in it is None or not finite."""


def tabs() -> list[dict[str, str]]:
    """Return the tabs of all panels, in their order: name, title and hint."""
    panels = sorted(Panel.registry.values(), key=lambda panel: (panel.order, panel.name))
    return [{"name": panel.name, "title": say(panel.title), "hint": say(panel.hint)} for panel in panels]
