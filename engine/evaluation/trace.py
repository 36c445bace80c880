"""The result of an evaluation: the numbers at every node, and each step that led to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from engine.autograd import Array, Function, Variant
from engine.document import OutputPort
from engine.evaluation.trouble import Cause

State = Literal["ok", "waiting", "trouble", "error", "stale"]
"""ok: computed · waiting: for a wire · trouble: computed, but inf or nan · error: cannot be computed · stale: computed
before the graph was changed."""


@dataclass(frozen=True)
class NodeTrace:
    """Hold a node's data and grad, one array for each output, and a sentence (`message`) unless its state is "ok".

    `data` is None if the node was not computed. A grad is None if no backward pass has reached that output.
    """

    data: tuple[Array, ...] | None
    grad: tuple[Array | None, ...]
    state: State = "ok"
    message: str = ""
    cause: Cause | None = None
    """Why the op's own result is not finite, if it is not and what came in is."""


@dataclass(frozen=True)
class Step:
    """Record what happened at one node.

    Forward: `arrived` holds the data of the inputs, `sent` the data of the outputs. Seed: `sent` holds the gradient
    that the output starts with. Backward: `arrived` holds the gradient of each output (None if there is none), `sent`
    the gradient for each input.
    """

    kind: Literal["forward", "seed", "backward"]
    node: str
    generation: int
    arrived: tuple[Array | None, ...]
    sent: tuple[Array, ...]
    sweep: int = 0
    """The number of the backward pass that it belongs to, from 1; 0 for a forward step."""
    output: int = 0
    """The output of the node from which the backward pass starts."""
    waiting: tuple[str, ...] = ()
    """The nodes whose Functions are in the work list after this step, the next one last; recorded on request."""
    lines: tuple[int, ...] = ()
    """The line numbers, in the engine's file, of the lines that ran; recorded on request."""


@dataclass(frozen=True)
class Trace:
    """Hold the result of evaluating a whole graph; `nodes` is in topological order."""

    nodes: dict[str, NodeTrace]
    steps: Sequence[Step] = field(repr=False, default=())
    """In their order; where only values have changed, they are made when somebody first asks for one."""
    output: OutputPort | None = None
    variant: Variant = Variant.STEP_16
    sweeps: tuple[OutputPort, ...] = ()
    """The outputs from which backward passes have run; each grad is the sum over them."""

    functions: Mapping[str, Function] = field(repr=False, compare=False, default_factory=dict)
    """The Function of each computed op, with the Variables it was called on."""

    stopped: str = ""
    """Why a backward pass was ended before its work list was empty, in a sentence; empty where none was."""

    stale: bool = False
    """Whether the graph has changed since these numbers were computed."""

    picked: bool = False
    """Whether somebody picked which Functions backward visits: some may have had no turn."""

    has_untaken: bool = False
    """Whether somewhere nothing comes back, because a branch was not taken: there 0 · ∞ is 0."""

    visited: tuple[str, ...] = field(repr=False, default=())
    """The nodes whose Functions backward has visited, in this order, in all passes."""
