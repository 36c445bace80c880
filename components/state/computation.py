"""Forward and Backward: after every edit, or when somebody asks; by any of the book's variants of backward.

What is asked for is computed when somebody looks at the numbers, or before that in pieces.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import is_
from typing import Any, Final, NamedTuple

from components.state.notices import repeated_backward
from components.text import joined_sentences
from engine.autograd import Variant
from engine.document import Graph, OutputPort, Quantity
from engine.errors import UnknownNodeError
from engine.evaluation import (
    Trace,
    carry_over,
    differ_in_values,
    evaluate_again_in_pieces,
    evaluate_in_pieces,
    in_work,
    is_computed_alike,
    masked_trace,
)
from engine.explain import Checked, check_in_pieces
from engine.messages import say
from engine.pieces import Pieces, finish

_AUTOMATIC: tuple[None, ...] = (None,)
"""One backward pass from the output to differentiate."""
MOST_SWEEPS: Final = 20
"""How often Backward runs from one Forward; each of them is one more summand."""
_MOST_NUMBERS: Final = 20_000_000
"""How many numbers the steps of all these passes may hold, about: of very many arrays fewer passes fit."""


class Run(NamedTuple):
    """Say what is computed: a graph, by which variant, and from where Backward runs."""

    graph: Graph
    variant: Variant
    sweeps: tuple[OutputPort | None, ...]
    picks: tuple[str, ...] | None
    watched: bool

    def gives_the_same(self, other: Run) -> bool:
        """Return whether both lead to the same trace."""
        return self[1:] == other[1:] and is_computed_alike(self.graph, other.graph)

    def differs_in_values(self, other: Run) -> bool:
        """Return whether both run alike, on graphs that differ in the values of inputs alone."""
        return self[1:] == other[1:] and differ_in_values(other.graph, self.graph)


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
    checked: list[Checked] | None = None
    """What the last gradient check found, until the next edit or another variant."""
    computed: Graph = field(init=False)
    """The graph as it was at the last Forward. Where the present graph differs, numbers are stale."""
    hidden: frozenset[Quantity] = frozenset()
    """The numbers that nobody is shown."""
    _notice: str | Callable[[], str] = ""
    _ran: Run = field(init=False)
    """What was computed last, and the trace that came of it."""
    _found: Trace = field(init=False)
    _shown: tuple[tuple[Any, ...], Trace] | None = field(default=None, init=False)
    """The trace that is shown, and what it was made from."""
    _masked: tuple[Trace, frozenset[Quantity], Trace] | None = field(default=None, init=False)
    """A trace, what of it is hidden, and the trace without that."""
    _is_in_work: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self.computed = self.graph
        if not self.automatic:  # Backward waits until somebody presses it
            self.sweeps = ()
        self._ran, self._found = Run(Graph(), self.variant, (), None, watched=False), Trace({})

    # The numbers ------------------------------------------------------------------------------------------------

    @property
    def trace(self) -> Trace:
        """Return the numbers that are shown: computed now if need be, or out of date while they are in work."""
        asked = self._asked
        if not self._is_in_work and (asked.graph is not self._ran.graph or asked[1:] != self._ran[1:]):
            finish(self.in_pieces())
        made_from = (self._found, self.graph, *asked)
        if self._shown is None or not all(map(is_, self._shown[0], made_from)):
            self._shown = (made_from, self._trace_now())
        return self._shown[1]

    @property
    def shown_trace(self) -> Trace:
        """Return the trace without what is hidden: the one door to whatever draws, says or sends a number."""
        trace = self.trace
        if not self.hidden:
            return trace
        if self._masked is None or self._masked[0] is not trace or self._masked[1] != self.hidden:
            self._masked = (trace, self.hidden, masked_trace(self.graph, trace, self.hidden))
        return self._masked[2]

    def _trace_now(self) -> Trace:
        if self.is_due:
            return in_work(self._found, self._ran.graph, self.graph)
        if is_computed_alike(self.computed, self.graph):
            return self._found
        return carry_over(self._found, self.computed, self.graph)

    @property
    def is_due(self) -> bool:
        """Return whether something is asked for that has not been computed yet."""
        return not self._asked.gives_the_same(self._ran)

    @property
    def _asked(self) -> Run:
        return Run(self.computed, self.variant, self.sweeps, self.picks, self.watched)

    def put_off(self) -> None:
        """Leave to `in_pieces` what is asked for: until then, whoever looks at the trace finds it out of date."""
        self._is_in_work = self.is_due

    def in_pieces(self) -> Pieces[None]:
        """Compute what is asked for, in pieces; until the last of them the trace is out of date."""
        asked = self._asked
        if self.is_due:
            self._is_in_work = True
            self._found = yield from self._evaluated(asked)
        self._ran, self._is_in_work = asked, False

    def _evaluated(self, asked: Run) -> Pieces[Trace]:
        """Evaluate: where only values differ from what ran last, and nobody watches each step, without steps."""
        if asked.differs_in_values(self._ran) and not asked.watched:
            found = yield from evaluate_again_in_pieces(asked.graph, self._found, asked.picks)
            if found is not None:
                return found
        return (
            yield from evaluate_in_pieces(
                asked.graph, variant=asked.variant, sweeps=asked.sweeps, picks=asked.picks, watched=asked.watched
            )
        )

    def give_up(self) -> None:
        """Leave what is asked for uncomputed: every number of it is out of date."""
        self._found = in_work(Trace({}), Graph(), self.graph)
        self._ran, self._is_in_work = self._asked, False

    def forward_in_pieces(self) -> Pieces[None]:
        """Compute what is asked for, in pieces, unless Forward has run on it."""
        if not is_computed_alike(self.computed, self._ran.graph):
            yield from self.in_pieces()

    def stop(self) -> None:
        """Leave the numbers as they were computed last, and what has changed since then to Forward and Backward."""
        self._notice = say("Stopped: nothing was computed.")
        if self.automatic:
            self._notice = say("Stopped, and Automatic is off: what is out of date waits for Forward.")
        self._is_in_work, self.automatic = False, False
        self.computed, self.variant, self.sweeps, self.picks, self.watched = self._ran

    # What changes what is computed ------------------------------------------------------------------------------

    def follow(self, graph: Graph, *, opened: bool = False) -> None:
        """Take over a graph that was edited, or opened: by hand, mark what is out of date."""
        self.graph = graph
        self._notice = ""
        self.checked = None
        if opened:
            self.picks = None
        elif self.picks is not None and graph.wiring is not self.computed.wiring:
            self.picks = ()
        if self.automatic or opened:
            self._compute(_AUTOMATIC)

    def forward(self) -> None:
        """Run Forward: a new computational graph, every grad None."""
        self._compute(())
        self._notice = say("Forward built the graph anew: every grad is None until Backward.")

    def backward(self) -> None:
        """Run Backward on what Forward built; a second time it adds to what is there."""
        finish(self.forward_in_pieces())
        trace = carry_over(self._found, self.computed, self.graph)
        if trace.stale:
            self._notice = say("The graph has changed since Forward: run Forward first.")
            return
        output = trace.output
        if output is None or trace.nodes[output[0]].data is None:
            self._notice = say("There is nothing to differentiate yet.")
            return
        before = [start for each in self.sweeps if (start := each or self._found.output) is not None]
        numbers = sum(array.size for found in trace.nodes.values() for array in found.data or ())
        most = min(MOST_SWEEPS, max(2, _MOST_NUMBERS // numbers))
        if len(before) >= most:
            self._notice = say(
                "Backward has run {count} times since Forward: run Forward or cleargrad first.", count=most
            )
            return
        # Where the passes before began, not what would be differentiated now.
        self._compute((*before, output))
        self._notice = lambda: repeated_backward(self.graph, self.shown_trace)

    def clear_grads(self) -> None:
        """Set every grad to None."""
        self.sweeps = ()
        self._notice = say("cleargrad: every grad is None again.")

    def set_automatic(self, automatic: bool) -> None:
        """Compute after every edit, or leave it to Forward and Backward."""
        self.automatic = automatic
        self._notice = ""
        if automatic:
            self._compute(_AUTOMATIC)

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

    def set_variant(self, variant: Variant) -> None:
        """Let another variant run backward."""
        self.variant = variant
        self._notice = ""
        self.checked = None

    def watch(self, watched: bool) -> None:
        """Record work list and lines at every step, or no longer."""
        if watched != self.watched:
            self.watched = watched
            self.picks = self.picks if watched else None

    def pick(self, order: tuple[str, ...] | None) -> None:
        """Visit Functions in an order that somebody picked; None leaves it to the variant again.

        Raises UnknownNodeError for a node that has no Function.
        """
        finish(self.forward_in_pieces())
        known = carry_over(self._found, self.computed, self.graph).functions
        if any(node_id not in known for node_id in order or ()):
            raise UnknownNodeError(say("There is no such Function in the work list."))
        self.picks = order
        self._notice = ""  # what it says of the passes before is of another order

    def check(self) -> None:
        """Compare every gradient with central differences."""
        finish(self.check_in_pieces())

    def check_in_pieces(self) -> Pieces[None]:
        """Do the same as `check` in pieces."""
        self.checked = yield from check_in_pieces(self.graph, self.variant)

    def _compute(self, sweeps: tuple[OutputPort | None, ...]) -> None:
        """Ask for Forward on the present graph, and for Backward from each of these outputs."""
        self.computed = self.graph
        self.sweeps = sweeps

    def done_by_hand(self) -> dict[str, Any]:
        """Return what a reload must know of Forward and Backward; nothing where they run after every edit."""
        if self.automatic:
            return {}
        is_known = not carry_over(Trace({}), self.computed, self.graph).stale
        starts = [list(start) for start in self.sweeps if start is not None] if self.is_due else self.trace.sweeps
        return {"forward": is_known, "sweeps": [list(start) for start in starts] if is_known else []}

    # What is said of it -----------------------------------------------------------------------------------------

    @property
    def notice(self) -> str:
        """Return what Forward or Backward has to say until the next edit."""
        if callable(self._notice):
            self._notice = self._notice()
        return self._notice

    @property
    def told(self) -> str:
        """Return what is to be said of the numbers: the notice, and why backward was stopped if it was."""
        notice = "" if self._is_in_work else self.notice
        return joined_sentences([*filter(None, (self.trace.stopped, notice))])
