"""What an evaluation found: the numbers at every node, and each step that led to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.autograd import Array, Function, Variant
from engine.document import OutputPort

State = Literal["ok", "waiting", "trouble", "error", "stale"]
"""ok: computed · waiting: for a wire · trouble: computed, but inf or nan · error: cannot be computed · stale: the graph
has changed since."""


@dataclass(frozen=True)
class NodeTrace:
    """Hold a node's data and grad, one array per output, and a sentence where something is the matter.

    `data` is None where nothing was computed; a grad is None where no backward pass has come by.
    """

    data: tuple[Array, ...] | None
    grad: tuple[Array | None, ...]
    state: State = "ok"
    message: str = ""


@dataclass(frozen=True)
class Step:
    """Record what happened at one node.

    Forward: `arrived` holds the inputs' data, `sent` the outputs'. Seed: `sent` holds what the output gets. Backward:
    `arrived` holds the gradient of each output (None where nothing came), `sent` the contribution to each input.
    """

    kind: Literal["forward", "seed", "backward"]
    node: str
    generation: int
    arrived: tuple[Array | None, ...]
    sent: tuple[Array, ...]
    sweep: int = 0
    """Which backward pass it belongs to, from 1; forward steps belong to none."""
    output: int = 0
    """Which output of the node is seeded."""
    waiting: tuple[str, ...] = ()
    """Whose Functions the work list holds after this step, the next one last; recorded on request."""
    lines: tuple[int, ...] = ()
    """Which lines of the engine ran, by their numbers in its file; recorded on request."""


@dataclass(frozen=True)
class Trace:
    """Hold the result of evaluating a whole graph; `nodes` is in topological order."""

    nodes: dict[str, NodeTrace]
    steps: tuple[Step, ...] = field(repr=False, default=())
    output: OutputPort | None = None
    variant: Variant = Variant.STEP_16
    sweeps: tuple[OutputPort, ...] = ()
    """From which outputs backward passes have run; the grads are the sum of them."""

    functions: Mapping[str, Function] = field(repr=False, compare=False, default_factory=dict)
    """The Function of each computed op, with the Variables it was called on."""

    stale: bool = False
    """Whether the graph has changed since these numbers were computed."""
