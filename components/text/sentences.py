"""What happens in a step, in whole sentences."""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import Enum

from components.text.backward import BackwardStep, first_of_sum, sum_of_arrivals
from components.text.factors import multiplies, upstream
from components.text.names import output_name, source_name
from components.text.numbers import with_name
from engine.document import Edge, Graph, OutputPort
from engine.evaluation import Step, Trace
from engine.explain import Contribution
from engine.messages import joined_sentences, listed, say, say_count
from engine.picture import shape, short_array


def tell_forward(graph: Graph, step: Step) -> str:
    """Say what a Function computed, and from what."""
    node = graph.node(step.node)
    results = listed([with_name(output_name(node, output), y) for output, y in enumerate(step.sent)])
    given = {
        source_name(graph, wire): x
        for wire, x in zip(graph.wires_into(step.node).values(), step.arrived, strict=True)
        if x is not None
    }
    if not given:
        return say("{op} gives {results}.", op=node.op, results=results)
    inputs = listed([with_name(name, x) for name, x in given.items()])
    return say("{op} computes {results} from {inputs}.", op=node.op, results=results, inputs=inputs)


def tell_seed(graph: Graph, step: Step) -> str:
    """Say why backward starts with one, and what it differentiates where it starts with ones."""
    if step.sent[0].ndim:
        return say(
            "Backward starts at {name} with {name}.grad = {value}: with ones, so it differentiates the sum of the "
            "entries of {name}.",
            name=output_name(graph.node(step.node), step.output),
            value=short_array(step.sent[0]),
        )
    return say(
        "Backward starts at {name} with {name}.grad = {value}: {name} changes as much as itself.",
        name=output_name(graph.node(step.node), step.output),
        value=short_array(step.sent[0]),
    )


def tell_backward(graph: Graph, trace: Trace, step: Step, brought: Sequence[Contribution]) -> str:
    """Say what a Function sends to each of its inputs; `brought` are these arrivals, in the order of its ports."""
    node = graph.node(step.node)
    if not node.ports:
        return say("{op} has no inputs: what has come to {name} ends here.", op=node.op, name=node.name)
    told = BackwardStep(graph, trace, step)
    receivers = [(wire.source, wire.output) for wire in told.wires]
    arrivals = [
        (wire, _Arrival.of(contribution, place, receivers, trace))
        for place, (wire, contribution) in enumerate(zip(told.wires, brought, strict=True))
    ]
    if multiplies(trace.functions[step.node], trace.nodes[step.node]):
        sendings = [_sending(told, wire, arrival) for wire, arrival in arrivals]
        sent = say("{op} sends {gradients}.", op=node.op, gradients=listed(sendings))
    else:
        sent = _tell_by_rule(told, arrivals)
    repeats = [_tell_repeats(told, wire) for wire in {wire.source: wire for wire in told.wires}.values()]
    sums = [] if trace.variant.overwrites else _tell_sums(told, brought)
    return joined_sentences([sent, *filter(None, repeats), *sums])


class _Arrival(Enum):
    """Tell what an arrival is to a gradient."""

    WHOLE = 1
    """All that has come so far: x.grad is that."""
    MORE = 2
    """One of several."""
    AGAIN = 3
    """Another one, of the same Function."""

    @classmethod
    def of(cls, contribution: Contribution, place: int, receivers: list[OutputPort], trace: Trace) -> _Arrival:
        """Return what the arrival at one of a Function's inputs is."""
        if receivers[place] in receivers[:place]:
            return cls.AGAIN
        is_first = contribution.before is None or trace.variant.overwrites
        return cls.WHOLE if is_first and receivers.count(receivers[place]) == 1 else cls.MORE


def _tell_by_rule(told: BackwardStep, arrivals: Sequence[tuple[Edge, _Arrival]]) -> str:
    """Say what an op that mixes elements sends: no element of it is upstream × a number."""
    came = [
        with_name(f"{name}.grad", upstream(told.trace, told.step, place)) for place, name in enumerate(told.outputs)
    ]
    sent = [_sending_by_rule(told, wire, arrival) for wire, arrival in arrivals]
    return say(
        "{op} sends {gradients}, by its rule from {upstream}.",
        op=told.node.op,
        gradients=listed(sent),
        upstream=listed(came),
    )


def _sending_by_rule(told: BackwardStep, wire: Edge, arrival: _Arrival) -> str:
    name, gx = source_name(told.graph, wire), told.step.sent[wire.port]
    match arrival:
        case _Arrival.WHOLE:
            return with_name(f"{name}.grad", gx)
        case _Arrival.MORE:
            return say("{product} to {name}.grad", product=short_array(gx), name=name)
    return say("once more {product} to {name}.grad", product=short_array(gx), name=name)


def _sending(told: BackwardStep, wire: Edge, arrival: _Arrival) -> str:
    """Write upstream × local = downstream; of arrays the shape and the first entry."""
    sent = told.step.sent[wire.port]
    is_named = arrival is _Arrival.WHOLE and not sent.ndim
    product = told.product(wire, named=is_named).plain()
    if is_named:
        return product
    places = {"name": source_name(told.graph, wire), "shape": shape(sent), "product": product}
    match arrival:
        case _Arrival.WHOLE:
            return say("{name}.grad of shape {shape}, first entry {product}", **places)
        case _Arrival.MORE if sent.ndim:
            return say("an array of shape {shape} to {name}.grad, first entry {product}", **places)
        case _Arrival.MORE:
            return say("{product} to {name}.grad", **places)
    if sent.ndim:
        return say("once more an array of shape {shape} to {name}.grad, first entry {product}", **places)
    return say("once more {product} to {name}.grad", **places)


def _tell_repeats(told: BackwardStep, wire: Edge) -> str:
    """Say over what an input was repeated, so that its contributions are added; nothing where it was not."""
    axes, own = told.repeated(wire), told.step.sent[wire.port].shape
    to = upstream(told.trace, told.step, 0).shape
    places: dict[str, object] = {"name": source_name(told.graph, wire)}
    count = math.prod(to[axis] for axis in axes)
    if count == 1:  # a new axis of length 1 repeats nothing
        return ""
    if len(axes) == 1 and len(to) == 2 and own:
        if axes[0] == 0:
            return say_count(
                "{name} was repeated over {count} row, so its contributions are added.",
                "{name} was repeated over {count} rows, so its contributions are added.",
                to[0],
                **places,
            )
        return say_count(
            "{name} was repeated over {count} column, so its contributions are added.",
            "{name} was repeated over {count} columns, so its contributions are added.",
            to[1],
            **places,
        )
    return say_count(
        "{name} was repeated {count} time, so its contributions are added.",
        "{name} was repeated {count} times, so its contributions are added.",
        count,
        **places,
    )


def _tell_sums(told: BackwardStep, brought: Sequence[Contribution]) -> list[str]:
    """Say what each gradient becomes to which something had been added before, or to which more than one comes."""
    arrivals: dict[str, list[Contribution]] = {}
    for wire, contribution in zip(told.wires, brought, strict=True):
        arrivals.setdefault(source_name(told.graph, wire), []).append(contribution)
    added = {name: found for name, found in arrivals.items() if found[0].before is not None or len(found) > 1}
    numbers = [sum_of_arrivals(name, found).plain() for name, found in added.items() if not found[-1].total.ndim]
    return [
        *([say("With what had arrived, {sum}.", sum=listed(numbers))] if numbers else []),
        *(
            say(
                "With what had arrived, the first entry of {name}.grad is {sum}.",
                name=name,
                sum=first_of_sum(found).plain(),
            )
            for name, found in added.items()
            if found[-1].total.ndim
        ),
    ]
