"""How one number came about: what of what it is, and what it was computed of, in names and then in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from components.equations import EXACT, Derivative, Equation, Expression, Name, Product, Sum, Symbol
from components.text.backward import BackwardStep, sum_of_arrivals
from components.text.factors import multiplies
from components.text.formulas import forward_formulas
from components.text.names import output_name, source_name
from components.text.numbers import with_name
from components.text.sentences import tell_forward, tell_seed
from engine.document import Edge, Graph, OutputPort
from engine.evaluation import Trace
from engine.explain import Contribution, ledgers_in_pieces
from engine.messages import listed, say, say_count
from engine.pieces import Pieces

MOST_SENDERS = 6
"""Functions that sent something to a gradient and are told of one by one."""


@dataclass(frozen=True)
class Derivation:
    """Hold what is said of a number, and the equations that it came of."""

    sentences: tuple[str, ...]
    equations: tuple[Equation, ...] = ()


def derive_data(graph: Graph, trace: Trace, output: OutputPort) -> Derivation:
    """Return how the data of an output was computed: a = x² = 2² = 4."""
    node, name = graph.node(output[0]), output_name(graph.node(output[0]), output[1])
    found = trace.nodes[node.id]
    if node.is_input:
        return Derivation((say("{name} is an input: its data is what somebody has chosen.", name=name),))
    steps = [step for step in trace.steps if step.kind == "forward" and step.node == node.id]
    if found.state == "stale" or not steps or node.id not in trace.functions:
        return Derivation((_not_computed(name, is_stale=found.state == "stale"),))
    formulas = forward_formulas(graph, trace, steps[-1])
    return Derivation((tell_forward(graph, steps[-1]),), tuple(formulas))


def derive_gradient_in_pieces(graph: Graph, trace: Trace, output: OutputPort) -> Pieces[Derivation]:
    """Return how the gradient of an output came about, in pieces: of what it is the derivative, and who sent it."""
    name = output_name(graph.node(output[0]), output[1])
    found = trace.nodes[output[0]]
    if trace.stale or found.data is None:
        return Derivation((_not_computed(f"{name}.grad", is_stale=trace.stale),))
    if not trace.sweeps:
        return Derivation((say("Backward has not run: {name}.grad is None, which is not 0.", name=name),))
    starts = list(dict.fromkeys(output_name(graph.node(node), index) for node, index in trace.sweeps))
    ledgers = yield from ledgers_in_pieces(graph, trace)
    arrivals = ledgers[output].contributions
    if not arrivals:
        return Derivation((_nothing_came(name, starts, is_expected=ledgers[output].expected > 0),))
    return _of_arrivals(graph, trace, name, starts, arrivals)


def _of_arrivals(
    graph: Graph, trace: Trace, name: str, starts: Sequence[str], arrivals: Sequence[Contribution]
) -> Derivation:
    kept = arrivals[-1:] if trace.variant.overwrites else arrivals
    is_one_pass = len(trace.sweeps) == 1
    sentences = [_of_what(name, starts[0])] if len(starts) == 1 else []
    if not is_one_pass:
        sentences.append(
            say_count(
                "Backward ran {count} time, and what each pass brings is added.",
                "Backward ran {count} times, and what each pass brings is added.",
                len(trace.sweeps),
            )
        )
    if len(kept) < len(arrivals):
        sentences.append(
            say_count(
                "The last contribution has overwritten {count} that came before.",
                "The last contribution has overwritten {count} that came before.",
                len(arrivals) - len(kept),
            )
        )
    sent = [_Sent(graph, trace, each) for each in kept if each.sender is not None]
    seeds = [each for each in kept if each.sender is None]
    sentences += [tell_seed(graph, trace.steps[each.step]) for each in seeds[:1]]
    sentences += _from_whom(name, sent)
    equations = [
        *(_chain(name, starts[0], sent) if is_one_pass and not seeds and len(kept) == len(arrivals) else []),
        *chain.from_iterable(each.equations(is_whole=len(kept) == 1) for each in sent[:MOST_SENDERS]),
        *([sum_of_arrivals(name, kept)] if len(kept) > 1 else []),
    ]
    return Derivation(tuple(sentences), tuple(equations))


class _Sent:
    """Tell what one Function sent to a gradient."""

    def __init__(self, graph: Graph, trace: Trace, contribution: Contribution) -> None:
        step = trace.steps[contribution.step]
        grads = {(node, index): grad for node, found in trace.nodes.items() for index, grad in enumerate(found.grad)}
        self.told = BackwardStep(graph, trace, step, grads)
        self.wire: Edge = graph.wires_into(step.node)[contribution.port]
        self.sender = graph.node(step.node)
        self.names = [output_name(self.sender, number) for number in range(self.sender.n_outputs)]
        self.multiplies = multiplies(trace.functions[step.node], trace.nodes[step.node])

    def equations(self, *, is_whole: bool) -> list[Equation]:
        """Return upstream × local in names and in numbers; `is_whole` tells that the gradient is that alone."""
        label = "" if is_whole else say("through {name}:", name=listed(self.names))
        return self.told.sent_to(self.wire, is_whole=is_whole, label=label)

    def links(self, output: Name) -> list[Expression]:
        """Return ∂z/∂a · ∂a/∂x for each output a of the Function; z itself has no ∂z/∂z before it."""
        by = self.by
        return [
            Derivative(name, by) if name == output else Product((Derivative(output, name), Derivative(name, by)))
            for name in map(Name, self.names)
        ]

    @property
    def by(self) -> Name | Symbol:
        """Return the name that the receiver has at the Function: its own, or the port's where it stands at two."""
        if self.told.comes_twice(self.wire):
            return Symbol(self.sender.ports[self.wire.port])
        return Name(source_name(self.told.graph, self.wire))


def _chain(name: str, output: str, sent: Sequence[_Sent]) -> list[Equation]:
    """Return ∂z/∂x = ∂z/∂a · ∂a/∂x + …, the chain rule over all that x goes into; nothing where it says nothing new."""
    if not sent or len(sent) > MOST_SENDERS or not all(each.multiplies for each in sent):
        return []
    links = list(chain.from_iterable(each.links(Name(output)) for each in sent))
    whole = Derivative(Name(output), Name(name))
    if links == [whole]:
        return []
    return [Equation((whole, links[0] if len(links) == 1 else Sum(tuple(links))), (EXACT,))]


def _of_what(name: str, output: str) -> str:
    if name == output:
        return say("{name}.grad is ∂{output}/∂{name}: how much {output} changes with itself.", name=name, output=output)
    return say(
        "{name}.grad is ∂{output}/∂{name}: how much {output} changes when {name} changes by a little.",
        name=name,
        output=output,
    )


def _from_whom(name: str, sent: Sequence[_Sent]) -> list[str]:
    """Say which Functions sent something, and what the upstream gradients are that they multiplied."""
    if not sent:
        return []
    if len(sent) == 1 and sent[0].multiplies:
        upstream = listed(
            [with_name(f"{each}.grad", sent[0].told.upstream(place)) for place, each in enumerate(sent[0].names)]
        )
        return [
            say(
                "{name} goes into {sender}: upstream {upstream}, times the local derivative of {op}.",
                name=name,
                sender=listed(sent[0].names),
                upstream=upstream,
                op=sent[0].sender.op,
            )
        ]
    senders = list(dict.fromkeys(chain.from_iterable(each.names for each in sent)))
    told = listed(senders[:MOST_SENDERS])
    if len(sent) == 1:
        return [say("{name} goes into {senders}, and gets its gradient from there.", name=name, senders=told)]
    if len(senders) > MOST_SENDERS:
        return [
            say_count(
                "{name} goes into {senders} and {count} more, and the gradients from there are added.",
                "{name} goes into {senders} and {count} more, and the gradients from there are added.",
                len(senders) - MOST_SENDERS,
                name=name,
                senders=told,
            )
        ]
    return [say("{name} goes into {senders}, and the gradients from there are added.", name=name, senders=told)]


def _nothing_came(name: str, starts: Sequence[str], *, is_expected: bool) -> str:
    if is_expected:
        return say("Backward has brought nothing to {name}: {name}.grad is None, which is not 0.", name=name)
    return say(
        "No wire leads from {name} to {output}, so Backward brings nothing: {name}.grad is None, which is not 0.",
        name=name,
        output=listed(starts),
    )


def _not_computed(name: str, *, is_stale: bool) -> str:
    if is_stale:
        return say("The graph has changed since Forward: {name} is out of date.", name=name)
    return say("{name} is not computed yet.", name=name)
