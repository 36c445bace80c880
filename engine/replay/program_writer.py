"""Write the forward and backward pass of an evaluation as lines of code, one assignment for each number."""

from __future__ import annotations

import keyword
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count

from engine.document import Graph, OutputPort, check_name
from engine.errors import InvalidNameError
from engine.evaluation import Step, Trace
from engine.replay.expressions import ADDITIVE, AND, MATH_NAMES, Arrays, Floats, Text
from engine.replay.script_line import Line
from engine.replay.written_rules import Arrived, WrittenRule, written_rule

_TAKEN = frozenset({*keyword.kwlist, *MATH_NAMES, "abs", "float", "np", "print", "program", "__debug__"})


@dataclass
class Lines:
    """Hold the lines of a program, and the names of each output's data and grad; None for an output without a grad.

    A gradient that a Function passes on unchanged keeps its name: a comment says so in place of an assignment.
    """

    notation: Floats | Arrays
    start: OutputPort | None
    """The output that is differentiated; None if there is none."""
    data: dict[OutputPort, str] = field(default_factory=dict)
    grads: dict[OutputPort, str | None] = field(default_factory=dict)
    forward: list[Line] = field(default_factory=list)
    backward: list[Line] = field(default_factory=list)

    @property
    def returned(self) -> tuple[str, ...]:
        """Return all names of data, then all of grads, each once."""
        return tuple(dict.fromkeys((*self.data.values(), *filter(None, self.grads.values()))))


def write_lines(graph: Graph, trace: Trace, notation: Floats | Arrays, *, is_guarded: bool = False) -> Lines:
    """Write the program of a graph from the trace of one forward and one backward pass.

    Where it is guarded, a mark goes with each gradient that tells where nothing comes back: there 0 · ∞ is 0.

    Raises SymbolError if the rule of an op cannot be written in this notation.
    """
    return _ProgramWriter(graph, trace, notation, is_guarded).lines


class _Names:
    """Give out names, each only once, and none that the program uses for something else."""

    def __init__(self) -> None:
        self._used = set(_TAKEN)
        self._numbers = count(1)

    def take(self, wish: str) -> str:
        name = wish
        while name in self._used:
            name += "_"
        self._used.add(name)
        return name

    def helper(self) -> str:
        return self.take(f"t{next(self._numbers)}")


class _ProgramWriter:
    def __init__(self, graph: Graph, trace: Trace, notation: Floats | Arrays, is_guarded: bool) -> None:
        self._trace = trace
        self._is_guarded = is_guarded
        self._is_marked: dict[OutputPort, bool] = {}
        """Whether all that is sent to an output has a mark."""
        self._sources = {
            node_id: [(wire.source, wire.output) for wire in graph.wires_into(node_id).values()]
            for node_id in trace.functions
        }
        self._forward = [step for step in trace.steps if step.kind == "forward"]
        self._backward = [step for step in trace.steps if step.kind == "backward"]
        self._start = trace.sweeps[0] if trace.sweeps else None
        self._visits = Counter(port for step in self._backward for port in set(self._sources[step.node]))
        """The number of Functions that send a gradient to each output."""
        self._owners: dict[OutputPort, OutputPort] = {}
        """The output whose gradient each output has: its own, or another's that was passed on unchanged."""
        self._rules: dict[str, WrittenRule] = {}
        self._slots: dict[str, list[str]] = {}
        self.lines = Lines(notation, self._start)
        self._find_rules()
        self._give_names(graph)
        self._write_forward()
        self._write_backward()

    def _find_rules(self) -> None:
        """Find the rule of each op, the last op first: what is known of its gradient makes a rule shorter."""
        results = {step.node: [y.shape for y in step.sent] for step in self._forward}
        shapes = {step.node: [() if x is None else x.shape for x in step.arrived] for step in self._forward}
        if self._start is not None:
            self._owners[self._start] = self._start
        for step in self._backward:
            arrived = tuple(self._arrived((step.node, output)) for output in range(len(results[step.node])))
            function = self._trace.functions[step.node]
            self._rules[step.node] = written_rule(
                function,
                shapes[step.node],
                results[step.node],
                arrived,
                self.lines.notation,
                is_guarded=self._is_guarded,
            )
            self._note_marks(step)
            for port, sent in self._sent(step).items():
                match sent:
                    case [int() as output] if self._visits[port] == 1:  # passed on as it is
                        self._owners[port] = self._owners[step.node, output]
                    case _:
                        self._owners[port] = port
        for step in self._forward:
            if step.node not in self._rules:
                function = self._trace.functions[step.node]
                self._rules[step.node] = written_rule(
                    function,
                    shapes[step.node],
                    results[step.node],
                    None,
                    self.lines.notation,
                    is_guarded=self._is_guarded,
                )

    def _arrived(self, port: OutputPort) -> Arrived:
        is_marked = self._is_marked.get(port, False)
        return Arrived(port in self._owners, self._owners.get(port, port) == self._start, is_marked)

    def _note_marks(self, step: Step) -> None:
        for port, mark in zip(self._sources[step.node], self._rules[step.node].marks, strict=False):
            self._is_marked[port] = self._is_marked.get(port, True) and mark is not None

    def _sent(self, step: Step) -> dict[OutputPort, list[Text | int]]:
        """Return the gradients that a Function sends to each output; one that feeds it twice gets two."""
        sent: dict[OutputPort, list[Text | int]] = {}
        for port, gradient in zip(self._sources[step.node], self._rules[step.node].sent, strict=True):
            sent.setdefault(port, []).append(gradient)
        return sent

    def _give_names(self, graph: Graph) -> None:
        self._names = names = _Names()
        self._marks: dict[OutputPort, str] = {}
        for node in graph.nodes():
            data = self._trace.nodes[node.id].data
            if data is None:
                continue
            try:
                name = check_name(node.name)
            except InvalidNameError:
                name = "v"
            if len(data) == 1:
                self.lines.data[node.id, 0] = names.take(name)
                continue
            for output, output_name in enumerate(node.output_names):
                self.lines.data[node.id, output] = names.take(f"{name}_{output_name}")
        self._own = {port: names.take(f"g{name}") for port, name in self.lines.data.items() if port in self._owners}
        for port in self.lines.data:
            owner = self._owners.get(port)
            self.lines.grads[port] = None if owner is None else self._own[owner]
        for step in self._forward:
            ports = [(step.node, output) for output in range(len(step.sent))]
            self._slots[step.node] = [
                *(self.lines.data[port] for port in self._sources[step.node]),
                *(self.lines.data[port] for port in ports),
                *(self.lines.grads[port] or "" for port in ports),
                *(self._mark_of(port) for port in ports if self._is_guarded),
                *(names.helper() for _ in range(self._rules[step.node].n_helpers)),
            ]

    def _mark_of(self, port: OutputPort) -> str:
        owner = self._owners.get(port)
        return "" if owner is None else self._marks.setdefault(owner, self._names.take(f"no_{self._own[owner]}"))

    def _assign(self, node_id: str, lines: Iterable[tuple[int, str]]) -> list[Line]:
        slots = self._slots[node_id]
        return [Line(f"{slots[slot]} = {text.format(*slots)}", node_id) for slot, text in lines]

    def _write_forward(self) -> None:
        for step in self._forward:
            self.lines.forward += self._assign(step.node, self._rules[step.node].forward)

    def _write_backward(self) -> None:
        if self._start is None:
            return
        data = self._trace.nodes[self._start[0]].data
        assert data is not None
        shape = data[self._start[1]].shape
        ones = f"np.ones({shape})" if shape else "1.0"
        self.lines.backward.append(Line(f"{self._own[self._start]} = {ones}", self._start[0]))
        held: dict[OutputPort, list[Text]] = {}
        written: set[OutputPort] = set()
        left = self._visits.copy()
        for step in self._backward:
            self.lines.backward += self._assign(step.node, self._rules[step.node].helpers)
            self._write_marks(step, written)
            for port, sent in self._sent(step).items():
                left[port] -= 1
                if self._owners[port] != port:
                    self.lines.backward.append(Line(f"# {self._own[port]} = {self.lines.grads[port]}", step.node))
                    continue
                terms = held.pop(port, []) + [self._filled(step.node, gradient) for gradient in sent]
                if left[port] and all(term.text.isidentifier() for term in terms):
                    # A gradient passed on unchanged needs no line of its own yet: it is added in the next one.
                    held[port] = terms
                    continue
                self.lines.backward.append(Line(f"{self._own[port]} = {written_sum(terms)}", step.node))
                held[port] = [Text(self._own[port])]

    def _write_marks(self, step: Step, written: set[OutputPort]) -> None:
        """Write, of each gradient that has a mark, where nothing comes back."""
        for port, mark in zip(self._sources[step.node], self._rules[step.node].marks, strict=False):
            if mark is None or not self._is_marked[port] or self._owners[port] != port:
                continue
            name = self._mark_of(port)
            text = Text(mark.text.format(*self._slots[step.node]), mark.binding)
            line = f"{name} = {name} & {text.at(AND + 1)}" if port in written else f"{name} = {text.text}"
            self.lines.backward.append(Line(line, step.node))
            written.add(port)

    def _filled(self, node_id: str, gradient: Text | int) -> Text:
        if isinstance(gradient, int):
            name = self.lines.grads[node_id, gradient]
            assert name is not None
            return Text(name)
        return Text(gradient.text.format(*self._slots[node_id]), gradient.binding)


def written_sum(terms: Sequence[Text]) -> str:
    """Write a sum whose terms are added from left to right, in the order of the sweep."""
    text = terms[0].at(ADDITIVE) if len(terms) > 1 else terms[0].text
    for term in terms[1:]:
        is_negative = term.text.startswith("-") and term.binding > ADDITIVE
        text += f" - {term.text[1:]}" if is_negative else f" + {term.at(ADDITIVE + 1)}"
    return text
