"""What happens in a step, in a full sentence and as a formula with the numbers plugged in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from components.text import latex
from components.text.numbers import bracketed, shape, short, short_array
from components.text.parameter_text import multiplies, told_parameters
from engine.autograd import Array, Function
from engine.document import Edge, Graph, Node
from engine.evaluation import Step, Trace
from engine.explain import Contribution, Slip

_TIMES = " × "
_SIDE_BY_SIDE = r"\,"


def output_name(node: Node, output: int) -> str:
    """Return how an output is called: its node's name, with the output's own where there are several."""
    return node.name if node.n_outputs == 1 else f"{node.name}.{node.output_names[output]}"


def tell_forward(graph: Graph, step: Step) -> str:
    """Say what a Function computed, and from what."""
    node = graph.node(step.node)
    wires = graph.wires_into(step.node).values()
    given = dict.fromkeys(
        f"{output_name(graph.node(wire.source), wire.output)} = {short_array(x)}"
        for wire, x in zip(wires, step.arrived, strict=True)
    )
    results = [f"{output_name(node, output)} = {short_array(y)}" for output, y in enumerate(step.sent)]
    if not given:
        return f"{node.op} gives {_listed(results)}."
    return f"{node.op} computes {_listed(results)} from {_listed(list(given))}."


def tell_seed(graph: Graph, step: Step) -> str:
    """Say why backward starts with one."""
    name = output_name(graph.node(step.node), step.output)
    return (
        f"Backward starts at {name} with {name}.grad = {short_array(step.sent[0])}: {name} changes as much as itself."
    )


def tell_backward(graph: Graph, trace: Trace, step: Step, brought: Sequence[Contribution]) -> str:
    """Say what a Function sends to each of its inputs; `brought` are these arrivals, in the order of its ports."""
    node = graph.node(step.node)
    if not node.ports:
        return f"{node.op} has no inputs: what has come to {node.name} ends here."
    if not multiplies(trace.functions[step.node], trace.nodes[step.node]):
        return " ".join([_told_by_rule(graph, trace, step), *_additions(graph, trace, step, brought)])
    factors = _factors(trace, step)
    sendings: list[str] = []
    for wire in graph.wires_into(step.node).values():
        product = " + ".join(f"{gy}{_TIMES}{bracketed(local)}" for gy, local in factors[wire.port])
        name = output_name(graph.node(wire.source), wire.output)
        again = "once more " if any(f"{name}.grad" in sending for sending in sendings) else ""
        sendings.append(f"{again}{name}.grad{_told_product(trace, step, wire, product)}")
    told = f"{node.op} sends {_listed(sendings)}."
    return " ".join([told, *_additions(graph, trace, step, brought)])


def _told_by_rule(graph: Graph, trace: Trace, step: Step) -> str:
    """Say what an op that mixes elements sends: no element of it is upstream × a number."""
    node = graph.node(step.node)
    came = [
        f"{output_name(node, output)}.grad = {short_array(_upstream(trace, step, output))}"
        for output in range(len(step.arrived))
    ]
    sendings = [
        f"{output_name(graph.node(wire.source), wire.output)}.grad = {short_array(step.sent[wire.port])}"
        for wire in graph.wires_into(step.node).values()
    ]
    return f"{node.op} sends {_listed(sendings)}, by its rule from {_listed(came)}."


def _told_product(trace: Trace, step: Step, wire: Edge, product: str) -> str:
    """Write upstream × local = downstream; of arrays the shape and the first entry."""
    sent = step.sent[wire.port]
    result = _first(sent)
    if sent.shape != _upstream(trace, step, 0).shape:
        to = f" to shape {shape(sent)}, first entry" if sent.ndim else ","
        return f" = gy × local, summed over the entries it was repeated for{to} = {result}"
    return f" of shape {shape(sent)}, first entry {product} = {result}" if sent.ndim else f" = {product} = {result}"


def tell_slip(graph: Graph, slip: Slip) -> str:
    """Say what rule an engine broke in a step."""
    name = output_name(graph.node(slip.receiver[0]), slip.receiver[1])
    node = graph.node(slip.node)
    if slip.kind == "overwritten":
        return f"{node.op} of {node.name} overwrites {name}.grad: what had arrived before is lost (x.grad = gx)."
    if slip.kind == "again":
        return f"{node.op} of {node.name} has its turn a second time, and sends what it had sent already once more."
    return (
        f"{node.op} of {node.name} has its turn too early: {slip.arrived} of {slip.expected} contributions "
        f"had arrived at {name}.grad."
    )


def _additions(graph: Graph, trace: Trace, step: Step, brought: Sequence[Contribution]) -> list[str]:
    """Say what the receivers' gradients become where something had arrived before."""
    told = []
    wires = list(graph.wires_into(step.node).values())
    for wire, contribution in zip(wires, brought, strict=True):
        name = output_name(graph.node(wire.source), wire.output)
        if trace.variant.overwrites or contribution.before is None:
            continue
        summands = f"{_first(contribution.before)} + {bracketed(_first(contribution.gradient))}"
        told.append(f"With what had arrived, {name}.grad = {summands} = {_first(contribution.total)}.")
    return told


# Formulas -------------------------------------------------------------------------------------------------------


def forward_formula(graph: Graph, trace: Trace, step: Step) -> str:
    """Return the forward rule in the names of the graph, then in its numbers: a = x² = 2² = 4."""
    node = graph.node(step.node)
    op = node.function
    assert op is not None
    if not node.ports:
        return f"{latex.name(node.name)} = {latex.number(_first(step.sent[0]))}"
    if not multiplies(trace.functions[step.node], trace.nodes[step.node]):
        return _forward_rule(graph, step, op)
    constants = _constants(node)
    names, values = _names(graph, step) | constants, _values(trace, step) | constants
    right = op.formula.partition("=")[2]
    if node.n_outputs > 1:
        results = ", ".join(latex.number(_first(y)) for y in step.sent)
        return rf"{latex.plug_in(op.formula, names, _SIDE_BY_SIDE)} \quad \Rightarrow \quad {results}"
    # A rule with a name for itself, σ(x) = …, is worked out in its last form.
    last = right.rpartition("=")[2]
    result = latex.number(_first(step.sent[0]))
    named, plugged = latex.plug_in(right, names, _SIDE_BY_SIDE), latex.plug_in(last, values)
    return f"{latex.name(node.name)} = {named} = {plugged} = {result}"


def _forward_rule(graph: Graph, step: Step, op: type[Function]) -> str:
    """Return the rule of an op that mixes elements as it stands, with what came in and went out by shape."""
    node = graph.node(step.node)
    came = {
        node.ports[wire.port]: f"{output_name(graph.node(wire.source), wire.output)} of shape {shape(x)}"
        for wire, x in zip(graph.wires_into(step.node).values(), step.arrived, strict=True)
        if x is not None
    }
    given = ", ".join(f"{port} is {what}" for port, what in came.items())
    went = ", ".join(f"{output_name(node, output)} = {short_array(y)}" for output, y in enumerate(step.sent))
    made = f"; {told}" if (told := told_parameters(node)) else ""
    return rf"{op.formula} \quad {latex.words(f'where {given}{made}')} \quad \Rightarrow \quad {latex.words(went)}"


def backward_formulas(graph: Graph, trace: Trace, step: Step) -> list[str]:
    """Return, for each input, upstream times local in the graph's names, then in numbers: x.grad = gy · 2x = 1 × 4."""
    op = graph.node(step.node).function
    assert op is not None
    return [backward_formula(graph, trace, step, wire, op) for wire in graph.wires_into(step.node).values()]


def backward_formula(graph: Graph, trace: Trace, step: Step, wire: Edge, op: type[Function]) -> str:
    """Return the rule for one input."""
    node = graph.node(step.node)
    receiver = latex.words(f"{output_name(graph.node(wire.source), wire.output)}.grad")
    if not multiplies(trace.functions[step.node], trace.nodes[step.node]):
        sent = latex.words(short_array(step.sent[wire.port]))
        rule = rule_by_input(op, node.ports[wire.port], _names(graph, step))
        return rf"{receiver} = {sent} \quad {latex.words('by the rule')} \quad {rule}"
    result = latex.number(_first(step.sent[wire.port]))
    factors = _factors(trace, step)[wire.port]
    if node.n_outputs > 1:
        port = _names(graph, step)[op.ports[wire.port]]
        outputs = [latex.words(output_name(graph.node(step.node), i)) for i in range(len(factors))]
        sums = " + ".join(rf"{_in_latex(gy)} \times {_in_latex(local)}" for gy, local in factors)
        terms = " + ".join(
            rf"{output.removesuffix('}')}.grad}} \cdot \frac{{\partial {output}}}{{\partial {port}}}"
            for output in outputs
        )
        return f"{receiver} = {terms} = {sums} = {result}"
    gy, local = factors[0]
    rule = op.local[wire.port] if op.ports else op.local[0]
    constants = _constants(node)
    named = latex.in_product(latex.plug_in(rule, _names(graph, step) | constants, _SIDE_BY_SIDE))
    plugged = latex.plug_in(rule, _values(trace, step) | constants)
    # A sum or a case is told by its value; a product shows its factors.
    is_product = latex.in_product(rule) == rule and r"\text" not in rule
    # A factor that is a negative number alone stands after gy ×, and needs its brackets there.
    worked = plugged if is_product and not plugged.startswith("{-") else _in_latex(local)
    first = r"\ldots" if step.sent[wire.port].ndim else ""
    # An input that was repeated gets the sum over all the places where it stood; the first summand stands for them.
    is_sum = step.sent[wire.port].shape != _upstream(trace, step, 0).shape
    over, and_more = (r"\textstyle\sum ", r" + \ldots") if is_sum else ("", "")
    product = rf"{_in_latex(gy)} \times {worked}{and_more}"
    return rf"{receiver} = {over}\text{{gy}} \cdot {named} = {product} = {result} {first}".rstrip()


def rule_by_input(op: type[Function], port: str, names: Mapping[str, str] | None = None) -> str:
    """Return ∂y/∂x = … for one input, as LaTeX, in a graph's names where there are some.

    An op of any number of inputs has one rule for all. A rule that speaks of single elements keeps its own names: those
    of a graph may have an index already.
    """
    rule = op.local[op.ports.index(port)] if op.ports else op.local[0]
    name = re.sub(r"(\d+)$", r"_{\1}", port)
    if names and not re.search(r"_\{?[ij]|,[ij]", rule):
        name, rule = names.get(port, name), latex.plug_in(rule, names, _SIDE_BY_SIDE)
    return rf"\frac{{\partial y}}{{\partial {name}}} = {rule}"


def _constants(node: Node) -> dict[str, str]:
    """Return what stands for c in a formula: the op's first number; and each by its own name."""
    numbers = {name: latex.number(short(x)) for name, x in node.parameters.items() if isinstance(x, float)}
    return {"c": next(iter(numbers.values())), **numbers} if numbers else {}


def _names(graph: Graph, step: Step) -> dict[str, str]:
    node = graph.node(step.node)
    return {
        node.ports[wire.port]: latex.name(output_name(graph.node(wire.source), wire.output))
        for wire in graph.wires_into(step.node).values()
    }


def _values(trace: Trace, step: Step) -> dict[str, str]:
    function = trace.functions[step.node]
    ports = function.ports_with({"n_inputs": len(function.inputs)})
    return {port: latex.number(_first(x.data)) for port, x in zip(ports, function.inputs, strict=True)}


def _factors(trace: Trace, step: Step) -> list[list[tuple[str, str]]]:
    """Return, for each input, upstream and local derivative of each output, the first entry of each."""
    function = trace.functions[step.node]
    with np.errstate(all="ignore"):
        by_output = [function.local_derivatives(output) for output in range(len(step.arrived))]
    return [
        [(_first(_upstream(trace, step, output)), _first(by_output[output][port])) for output in range(len(by_output))]
        for port in range(len(function.inputs))
    ]


def _upstream(trace: Trace, step: Step, output: int) -> Array:
    """Return the gradient that came in at an output; zeros where nothing came."""
    gy = step.arrived[output]
    data = trace.nodes[step.node].data
    assert data is not None
    return np.zeros_like(data[output]) if gy is None else gy


def _first(array: Array | None) -> str:
    """Write a scalar, or an array's first entry."""
    assert array is not None
    return short(array.reshape(-1)[0].item())


def _in_latex(text: str) -> str:
    written = latex.number(text)
    return rf"\left({written}\right)" if written.startswith("-") or "times" in written else written


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
