"""What happens in a step, in whole sentences."""

from __future__ import annotations

from collections.abc import Sequence

from components.text.factors import factors_of, is_summed, multiplies, upstream
from components.text.joined import joined_sentences
from components.text.names import output_name, source_name
from components.text.numbers import bracketed, first_entry, shape, short_array
from engine.document import Edge, Graph
from engine.evaluation import Step, Trace
from engine.explain import Contribution
from engine.messages import listed, said_pairs, say


def tell_forward(graph: Graph, step: Step) -> str:
    """Say what a Function computed, and from what."""
    node = graph.node(step.node)
    results = said_pairs([(output_name(node, output), short_array(y)) for output, y in enumerate(step.sent)])
    given = {
        source_name(graph, wire): short_array(x)
        for wire, x in zip(graph.wires_into(step.node).values(), step.arrived, strict=True)
    }
    if not given:
        return say("{op} gives {results}.", op=node.op, results=results)
    inputs = said_pairs(list(given.items()))
    return say("{op} computes {results} from {inputs}.", op=node.op, results=results, inputs=inputs)


def tell_seed(graph: Graph, step: Step) -> str:
    """Say why backward starts with one."""
    return say(
        "Backward starts at {name} with {name}.grad = {value}: {name} changes as much as itself.",
        name=output_name(graph.node(step.node), step.output),
        value=short_array(step.sent[0]),
    )


def tell_backward(graph: Graph, trace: Trace, step: Step, brought: Sequence[Contribution]) -> str:
    """Say what a Function sends to each of its inputs; `brought` are these arrivals, in the order of its ports."""
    node = graph.node(step.node)
    wires = list(graph.wires_into(step.node).values())
    if not node.ports:
        return say("{op} has no inputs: what has come to {name} ends here.", op=node.op, name=node.name)
    if multiplies(trace.functions[step.node], trace.nodes[step.node]):
        factors = factors_of(trace, step)
        receivers = [(wire.source, wire.output) for wire in wires]
        sendings = [
            _sending(graph, trace, step, wire, factors[wire.port], again=receivers[place] in receivers[:place])
            for place, wire in enumerate(wires)
        ]
        sent = say("{op} sends {gradients}.", op=node.op, gradients=listed(sendings))
    else:
        sent = _tell_by_rule(graph, trace, step)
    sums = [
        _tell_sum(source_name(graph, wire), contribution)
        for wire, contribution in zip(wires, brought, strict=True)
        if contribution.before is not None and not trace.variant.overwrites
    ]
    return joined_sentences([sent, *sums])


def _tell_by_rule(graph: Graph, trace: Trace, step: Step) -> str:
    """Say what an op that mixes elements sends: no element of it is upstream × a number."""
    node = graph.node(step.node)
    came = [
        (f"{output_name(node, output)}.grad", short_array(upstream(trace, step, output)))
        for output in range(len(step.arrived))
    ]
    sent = [
        (f"{source_name(graph, wire)}.grad", short_array(step.sent[wire.port]))
        for wire in graph.wires_into(step.node).values()
    ]
    return say(
        "{op} sends {gradients}, by its rule from {upstream}.",
        op=node.op,
        gradients=said_pairs(sent),
        upstream=said_pairs(came),
    )


def _sending(
    graph: Graph, trace: Trace, step: Step, wire: Edge, factors: Sequence[tuple[str, str]], *, again: bool
) -> str:
    """Write upstream × local = downstream; of arrays the shape and the first entry."""
    sent = step.sent[wire.port]
    places = {"name": source_name(graph, wire), "shape": shape(sent), "result": first_entry(sent)}
    if is_summed(trace, step, wire.port):
        return _sending_of_sum(places, is_array=sent.ndim > 0, again=again)
    places["product"] = " + ".join(f"{gy} × {bracketed(local)}" for gy, local in factors)
    return _sending_of_product(places, is_array=sent.ndim > 0, again=again)


def _sending_of_product(places: dict[str, str], *, is_array: bool, again: bool) -> str:
    if not is_array and not again:
        return say("{name}.grad = {product} = {result}", **places)
    if not is_array:
        return say("once more {name}.grad = {product} = {result}", **places)
    if not again:
        return say("{name}.grad of shape {shape}, first entry {product} = {result}", **places)
    return say("once more {name}.grad of shape {shape}, first entry {product} = {result}", **places)


def _sending_of_sum(places: dict[str, str], *, is_array: bool, again: bool) -> str:
    if not is_array and not again:
        return say("{name}.grad = gy × local, summed over the entries it was repeated for, = {result}", **places)
    if not is_array:
        return say(
            "once more {name}.grad = gy × local, summed over the entries it was repeated for, = {result}", **places
        )
    if not again:
        return say(
            "{name}.grad = gy × local, summed over the entries it was repeated for to shape {shape}, "
            "first entry = {result}",
            **places,
        )
    return say(
        "once more {name}.grad = gy × local, summed over the entries it was repeated for to shape {shape}, "
        "first entry = {result}",
        **places,
    )


def _tell_sum(name: str, contribution: Contribution) -> str:
    """Say what a gradient becomes where something had arrived before."""
    return say(
        "With what had arrived, {name}.grad = {before} + {gradient} = {total}.",
        name=name,
        before=first_entry(contribution.before),
        gradient=bracketed(first_entry(contribution.gradient)),
        total=first_entry(contribution.total),
    )
