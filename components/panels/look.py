"""What the browser looks at beside the graph, checked at the border: the open panel and how it is set."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from engine.replay import DescentSteps, Rate

Counter = Annotated[int, Field(ge=0, le=2**53)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


NO_AXIS = "none"
"""In place of a second input: a curve over the first one alone."""

_Finite = Annotated[float, Field(allow_inf_nan=False)]


class DescentLook(_Strict):
    """How the browser looks at gradient descent: over which inputs, how fast, how far, and in what window."""

    across: Annotated[str, Field(max_length=64)] = ""
    up: Annotated[str, Field(max_length=64)] = ""
    rate: Rate = 0.1
    steps: DescentSteps = 50
    hold: bool = False
    """Whether the inputs that the plot does not go over are held."""
    frame: Annotated[tuple[tuple[_Finite, _Finite], ...], Field(max_length=2)] = ()
    kind: Counter = 0
    """Of what the window is; of something else another is found."""


class Look(_Strict):
    """What the browser looks at beside the graph: the open panel, what stands on wires and nodes, how far to nudge."""

    panel: Literal["", "steps", "paths", "check", "descent", "code"] = ""
    descent: DescentLook = DescentLook()
    local: bool = False
    bars: bool = False
    exponent: Annotated[float, Field(ge=-12, le=1)] = -1.0
    """Inputs are nudged by ten to this power."""
