"""What the browser looks at beside the graph, checked at the border: the open panel and how each is set."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    model_validator,
)

from components.panels.panel import Panel

Counter = Annotated[int, Field(ge=0, le=2**53)]
"""A number that only counts up, and that JavaScript holds exactly."""


def _registered(name: str) -> str:
    if name and name not in Panel.registry:
        raise ValueError(f"there is no panel named {name}")
    return name


class Look(BaseModel):
    """Say what the browser looks at beside the graph: the open panel, and what stands on wires and nodes.

    The settings of all panels stand beside these fields, each under its own name: `{"panel": "check", "exponent": -3}`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    panel: Annotated[str, Field(max_length=64), AfterValidator(_registered)] = ""
    local: bool = False
    bars: bool = False
    widths: bool = False
    """Whether wires are as wide as the gradient that came back over them."""
    stepping: bool = False
    """Whether somebody goes through the steps."""
    _told: tuple[Panel, ...] = PrivateAttr(())

    @model_validator(mode="wrap")
    @classmethod
    def _with_settings(cls, data: Any, handler: ModelWrapValidatorHandler[Look]) -> Look:
        """Hand every panel its settings, so that those of a closed one are checked too; what is left is the look's."""
        if not isinstance(data, Mapping):
            return handler(data)
        rest = dict(data)
        panels = {}
        for name, panel in Panel.registry.items():
            settings = {field: rest.pop(field) for field in panel.model_fields if field in rest}
            panels[name] = panel.model_validate(settings)
        look = handler(rest)
        look._told = tuple(
            panel
            for name, panel in panels.items()
            if name == look.panel or panel.is_asked or (look.stepping and panel.while_stepping)
        )
        return look

    @cached_property  # a private attribute is slow to read, and this is read several times an edit
    def told_panels(self) -> tuple[Panel, ...]:
        """Return the panels that are told, with their settings: the open one, and those asked for beside it."""
        return self._told

    @cached_property
    def watched(self) -> bool:
        """Return whether the trace shall record the work list and the lines that run."""
        return any(panel.watched for panel in self.told_panels)


def nothing_beside() -> Look:
    """Return the look of who looks at the graph alone, as most do: one and the same for all of them."""
    return _nothing_beside(tuple(Panel.registry.values()))


@cache
def _nothing_beside(_panels: tuple[type[Panel], ...]) -> Look:
    return Look()
