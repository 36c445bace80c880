"""Forward and Backward: after every edit, or when somebody asks; by any of the book's variants of backward."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from components.state.notices import repeated_backward
from components.text import joined_sentences
from engine.autograd import Variant
from engine.document import Graph, OutputPort
from engine.errors import UnknownNodeError
from engine.evaluation import Trace, carry_over, evaluate
from engine.explain import Checked, check_graph
from engine.messages import say

_AUTOMATIC: tuple[None, ...] = (None,)
"""One backward pass from the output to differentiate."""
MOST_SWEEPS: Final = 20
"""How often Backward runs from one Forward; each of them is one more summand."""


@dataclass
class Computation:
    """Compute a graph, and hold its numbers: the trace."""

    graph: Graph
    """The graph as it is now."""
    automatic: bool = True
    variant: Variant = Variant.STEP_16
    sweeps: tuple[OutputPort | None, ...] = _AUTOMATIC
    """From where Backward has run since the last Forward."""
    picks: tuple[str, ...] | None = None
    """The order in which somebody picked the Functions of the sweep; None: the variant decides."""
    watched: bool = False
    """Whether work list and lines are recorded, for somebody who steps."""
    notice: str = ""
    """What Forward or Backward has to say until the next edit."""
    checked: list[Checked] | None = None
    """What the last gradient check found, until the next edit or another variant."""
    computed: Graph = field(init=False)
    """The graph as it was at the last Forward. Where the present graph differs, numbers are stale."""
    trace: Trace = field(init=False)

    def __post_init__(self) -> None:
        self.computed = self.graph
        if not self.automatic:  # Backward waits until somebody presses it
            self.sweeps = ()
        self.trace = self._evaluated()

    def follow(self, graph: Graph, *, opened: bool = False) -> None:
        """Bring the numbers up to date with a graph that was edited, or opened: by hand, mark what is out of date."""
        self.graph = graph
        self.notice = ""
        self.checked = None
        if opened:
            self.picks = None
        elif self.picks is not None and graph.wiring is not self.computed.wiring:
            self.picks = ()
        if self.automatic or opened:
            self._compute(_AUTOMATIC)
        else:
            self._compute_as_before()

    def forward(self) -> None:
        """Run Forward: a new computational graph, every grad None."""
        self._compute(())
        self.notice = say("Forward built the graph anew: every grad is None until Backward.")

    def backward(self) -> None:
        """Run Backward on what Forward built; a second time it adds to what is there."""
        if self.trace.stale:
            self.notice = say("The graph has changed since Forward: run Forward first.")
            return
        output = self.trace.output
        if output is None or self.trace.nodes[output[0]].data is None:
            self.notice = say("There is nothing to differentiate yet.")
            return
        if len(self.trace.sweeps) >= MOST_SWEEPS:
            self.notice = say(
                "Backward has run {count} times since Forward: run Forward or cleargrad first.", count=MOST_SWEEPS
            )
            return
        # Where the passes before began, not what would be differentiated now.
        self._compute((*self.trace.sweeps, output))
        self.notice = repeated_backward(self.graph, self.trace)

    def clear_grads(self) -> None:
        """Set every grad to None."""
        self.sweeps = ()
        self._compute_as_before()
        self.notice = say("cleargrad: every grad is None again.")

    def set_automatic(self, automatic: bool) -> None:
        """Compute after every edit, or leave it to Forward and Backward."""
        self.automatic = automatic
        self.notice = ""
        if automatic:
            self._compute(_AUTOMATIC)

    @property
    def told(self) -> str:
        """Return what is to be said of the numbers: the notice, and why backward was stopped if it was."""
        return joined_sentences([*filter(None, (self.trace.stopped, self.notice))])

    def take_up(self, ran_forward: bool, sweeps: Sequence[OutputPort]) -> None:
        """Compute by hand what was computed before a reload: Forward, if it has run, and Backward from each output.

        An output that there is not is left out.
        """
        known = [start for start in sweeps if start[0] in self.graph and start[1] < self.graph.node(start[0]).n_outputs]
        self.automatic = False
        if ran_forward:
            self._compute(tuple(known[:MOST_SWEEPS]))
            return
        # The graph of that Forward is gone: only the values of inputs are known, and the rest waits for Forward.
        self.computed, self.sweeps = Graph(), ()
        self._compute_as_before()

    def set_variant(self, variant: Variant) -> None:
        """Let another variant run backward."""
        self.variant = variant
        self.notice = ""
        self.checked = None
        self._compute_as_before()

    def watch(self, watched: bool) -> None:
        """Record work list and lines at every step, or no longer."""
        if watched != self.watched:
            self.watched = watched
            self.picks = self.picks if watched else None
            self._compute_as_before()

    def pick(self, order: tuple[str, ...] | None) -> None:
        """Visit Functions in an order that somebody picked; None leaves it to the variant again.

        Raises UnknownNodeError for a node that has no Function.
        """
        if any(node_id not in self.trace.functions for node_id in order or ()):
            raise UnknownNodeError(say("There is no such Function in the work list."))
        self.picks = order
        self._compute_as_before()

    def check(self) -> None:
        """Compare every gradient with central differences."""
        self.checked = check_graph(self.graph, self.variant)

    def _compute(self, sweeps: tuple[OutputPort | None, ...]) -> None:
        """Run Forward on the present graph, and Backward from each of these outputs."""
        self.computed = self.graph
        self.sweeps = sweeps
        self.trace = self._evaluated()

    def _compute_as_before(self) -> None:
        """Compute the graph of the last Forward, and keep the numbers that hold for the present one."""
        self.trace = carry_over(self._evaluated(), self.computed, self.graph)

    def _evaluated(self) -> Trace:
        return evaluate(self.computed, variant=self.variant, sweeps=self.sweeps, picks=self.picks, watched=self.watched)
