"""Forward and Backward: by themselves after every edit, or by hand, by any of the book's engines."""

from __future__ import annotations

from dataclasses import dataclass, field

from components.picture import numbers_of
from components.text import bracketed, short_array
from engine.autograd import Array, Variant
from engine.document import Graph, OutputPort
from engine.errors import UnknownNodeError
from engine.evaluation import Trace, carry_over, evaluate
from engine.explain import ledgers

_AUTOMATIC: tuple[None, ...] = (None,)
"""One backward pass from the output to differentiate."""


@dataclass
class Run:
    """Hold how a graph is computed, and the trace that came of it."""

    computed: Graph
    """The graph as it was at the last Forward; numbers that it does not vouch for are stale."""
    automatic: bool = True
    variant: Variant = Variant.STEP_16
    sweeps: tuple[OutputPort | None, ...] = _AUTOMATIC
    """From where Backward has run since that Forward."""
    picks: tuple[str, ...] | None = None
    """Whose Function comes next, as somebody picks; None leaves it to the engine."""
    watched: bool = False
    """Whether work list and lines are recorded, for somebody who steps."""
    notice: str = ""
    """What Forward or Backward has to say until the next edit."""
    trace: Trace = field(init=False)

    def __post_init__(self) -> None:
        self.trace = self._evaluated()

    def follow(self, graph: Graph, *, opened: bool = False) -> None:
        """Bring the numbers up to date with a graph that was edited, or opened: by hand, mark what is out of date."""
        self.notice = ""
        if opened:
            self.picks = None
        elif self.picks is not None and graph.wiring is not self.computed.wiring:
            self.picks = ()
        if self.automatic or opened:
            self._compute(graph, _AUTOMATIC)
        else:
            self._show(graph)

    def forward(self, graph: Graph) -> None:
        """Run Forward: a new computational graph, every grad None."""
        self._compute(graph, ())
        self.notice = "Forward built the graph anew: every grad is None until Backward."

    def backward(self, graph: Graph) -> None:
        """Run Backward on what Forward built; a second time it adds to what is there."""
        if self.trace.stale:
            self.notice = "The graph has changed since Forward: run Forward first."
            return
        output = self.trace.output
        if output is None or self.trace.nodes[output[0]].data is None:
            self.notice = "There is nothing to differentiate yet."
            return
        # Where the passes before began, not what would be differentiated now.
        self._compute(graph, (*self.trace.sweeps, self.trace.output))
        self.notice = self._told_of_sweeps()

    def clear_grads(self, graph: Graph) -> None:
        """Set every grad to None."""
        self.sweeps = ()
        self._show(graph)
        self.notice = "cleargrad: every grad is None again."

    def set_automatic(self, graph: Graph, automatic: bool) -> None:
        """Compute after every edit, or leave it to Forward and Backward."""
        self.automatic = automatic
        self.notice = ""
        if automatic:
            self._compute(graph, _AUTOMATIC)

    def set_variant(self, graph: Graph, variant: Variant) -> None:
        """Let another of the book's engines run backward."""
        self.variant = variant
        self.notice = ""
        self._show(graph)

    def watch(self, graph: Graph, watched: bool) -> None:
        """Record at every step what somebody who steps wants to see, or no longer."""
        if watched != self.watched:
            self.watched = watched
            self.picks = self.picks if watched else None
            self._show(graph)

    def pick(self, graph: Graph, order: tuple[str, ...] | None) -> None:
        """Visit Functions in an order that somebody picks; None leaves it to the engine again."""
        unknown = next((node_id for node_id in order or () if node_id not in self.trace.functions), None)
        if unknown is not None:
            raise UnknownNodeError("There is no such Function in the work list.")
        self.picks = order
        self._show(graph)

    def _compute(self, graph: Graph, sweeps: tuple[OutputPort | None, ...]) -> None:
        self.computed = graph
        self.sweeps = sweeps
        self.trace = self._evaluated()

    def _show(self, graph: Graph) -> None:
        """Compute the graph of the last Forward, and show of it what holds for the present one."""
        self.trace = carry_over(self._evaluated(), self.computed, graph)

    def _evaluated(self) -> Trace:
        return evaluate(self.computed, variant=self.variant, sweeps=self.sweeps, picks=self.picks, watched=self.watched)

    def _told_of_sweeps(self) -> str:
        """Say what a repeated Backward did, with the numbers of the first input that it reached."""
        if len(self.sweeps) < 2:
            return ""
        known = ledgers(self.computed, self.trace)
        for node in self.computed.nodes():
            contributions = known[node.id, 0].contributions if node.is_input else ()
            by_sweep: dict[int, Array] = {}
            for contribution in contributions:
                known_part = by_sweep.get(contribution.sweep)
                gradient = contribution.gradient
                by_sweep[contribution.sweep] = gradient if known_part is None else known_part + gradient
            if len(by_sweep) < 2:
                continue
            total = numbers_of(self.trace.nodes[node.id].grad)
            if self.variant.overwrites:
                return f"Backward has run {len(self.sweeps)} times; Step 13 overwrites: {node.name}.grad = {total}."
            summands = " + ".join(bracketed(short_array(part)) for part in by_sweep.values())
            return (
                f"Backward has run {len(self.sweeps)} times since Forward, and gradients accumulate: "
                f"{node.name}.grad = {summands} = {total}. Forward or cleargrad starts afresh."
            )
        return ""
