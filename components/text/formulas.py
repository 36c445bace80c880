"""The rules of a step as LaTeX: in the names of the graph, then with the numbers plugged in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from components.text import latex
from components.text.factors import factors_of, is_summed, multiplies
from components.text.joined import enumerated
from components.text.names import output_name, source_name
from components.text.numbers import first_entry, shape, short, short_array
from components.text.parameter_text import parameters_beside_symbol
from engine.autograd import Function
from engine.document import Edge, Graph, Node
from engine.evaluation import Step, Trace
from engine.messages import say

_SIDE_BY_SIDE = r"\,"


def forward_formula(graph: Graph, trace: Trace, step: Step) -> str:
    """Return the forward rule in the names of the graph, then in its numbers: a = x² = 2² = 4."""
    node = graph.node(step.node)
    op = node.function
    assert op is not None
    if not node.ports:
        return f"{latex.name_in_latex(node.name)} = {latex.number_in_latex(first_entry(step.sent[0]))}"
    if not multiplies(trace.functions[step.node], trace.nodes[step.node]):
        return _forward_rule(graph, step, op)
    constants = _constants(node)
    names, values = _names(graph, step) | constants, _values(trace, step) | constants
    right = op.formula.partition("=")[2]
    if node.n_outputs > 1:
        results = ", ".join(latex.number_in_latex(first_entry(y)) for y in step.sent)
        return rf"{latex.plug_in(op.formula, names, _SIDE_BY_SIDE)} \quad \Rightarrow \quad {results}"
    # A rule with a name for itself, σ(x) = …, is worked out in its last form.
    last = right.rpartition("=")[2]
    result = latex.number_in_latex(first_entry(step.sent[0]))
    named, plugged = latex.plug_in(right, names, _SIDE_BY_SIDE), latex.plug_in(last, values)
    return f"{latex.name_in_latex(node.name)} = {named} = {plugged} = {result}"


def _forward_rule(graph: Graph, step: Step, op: type[Function]) -> str:
    """Return the rule of an op that mixes elements as it stands, with what came in and went out by shape."""
    node = graph.node(step.node)
    wires = graph.wires_into(step.node).values()
    came = [
        (node.ports[wire.port], source_name(graph, wire), shape(x))
        for wire, x in zip(wires, step.arrived, strict=True)
        if x is not None
    ]
    given = enumerated(
        [say("{port} is {name} of shape {shape}", port=port, name=name, shape=size) for port, name, size in came]
    )
    parameters = parameters_beside_symbol(node)
    if parameters:
        where = say("where {inputs}; {parameters}", inputs=given, parameters=parameters)
    else:
        where = say("where {inputs}", inputs=given)
    went = enumerated([f"{output_name(node, output)} = {short_array(y)}" for output, y in enumerate(step.sent)])
    return rf"{op.formula} \quad {latex.upright(where)} \quad \Rightarrow \quad {latex.upright(went)}"


def backward_formulas(graph: Graph, trace: Trace, step: Step) -> list[str]:
    """Return, for each input, upstream times local in the graph's names, then in numbers: x.grad = gy · 2x = 1 × 4."""
    wires = graph.wires_into(step.node).values()
    if not multiplies(trace.functions[step.node], trace.nodes[step.node]):
        return [_backward_rule(graph, step, wire) for wire in wires]
    factors = factors_of(trace, step)
    return [_backward_product(graph, trace, step, wire, factors[wire.port]) for wire in wires]


def _backward_rule(graph: Graph, step: Step, wire: Edge) -> str:
    """Return what an op that mixes elements sends to one input, and its rule as it stands."""
    node = graph.node(step.node)
    assert node.function is not None
    receiver = latex.upright(f"{source_name(graph, wire)}.grad")
    sent = latex.upright(short_array(step.sent[wire.port]))
    rule = rule_by_input(node.function, node.ports[wire.port], _names(graph, step))
    return rf"{receiver} = {sent} \quad {latex.upright(say('by the rule'))} \quad {rule}"


def _backward_product(graph: Graph, trace: Trace, step: Step, wire: Edge, factors: Sequence[tuple[str, str]]) -> str:
    """Return upstream times local for one input, or the sum of such products where there are several outputs."""
    node = graph.node(step.node)
    op = node.function
    assert op is not None
    receiver = latex.upright(f"{source_name(graph, wire)}.grad")
    result = latex.number_in_latex(first_entry(step.sent[wire.port]))
    if node.n_outputs > 1:
        port = _names(graph, step)[op.ports[wire.port]]
        outputs = [output_name(node, i) for i in range(len(factors))]
        sums = " + ".join(rf"{_in_latex(gy)} \times {_in_latex(local)}" for gy, local in factors)
        terms = " + ".join(
            rf"{latex.upright(f'{y}.grad')} \cdot \frac{{\partial {latex.upright(y)}}}{{\partial {port}}}"
            for y in outputs
        )
        return f"{receiver} = {terms} = {sums} = {result}"
    gy, local = factors[0]
    rule = op.local[wire.port] if op.ports else op.local[0]
    constants = _constants(node)
    named = latex.in_product(latex.plug_in(rule, _names(graph, step) | constants, _SIDE_BY_SIDE))
    plugged = latex.plug_in(rule, _values(trace, step) | constants)
    # Of a sum or a case the value is written; a product shows its factors.
    is_product = latex.in_product(rule) == rule
    # A factor that is a negative number alone stands after gy ×, and needs its brackets there.
    worked = plugged if is_product and not plugged.startswith("{-") else _in_latex(local)
    first = r"\ldots" if step.sent[wire.port].ndim else ""
    # The first summand stands for all of them.
    over, and_more = (r"\textstyle\sum ", r" + \ldots") if is_summed(trace, step, wire.port) else ("", "")
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
    numbers = {name: latex.number_in_latex(short(x)) for name, x in node.parameters.items() if isinstance(x, float)}
    return {"c": next(iter(numbers.values())), **numbers} if numbers else {}


def _names(graph: Graph, step: Step) -> dict[str, str]:
    node = graph.node(step.node)
    return {
        node.ports[wire.port]: latex.name_in_latex(source_name(graph, wire))
        for wire in graph.wires_into(step.node).values()
    }


def _values(trace: Trace, step: Step) -> dict[str, str]:
    function = trace.functions[step.node]
    ports = function.ports_with({"n_inputs": len(function.inputs)})
    return {port: latex.number_in_latex(first_entry(x.data)) for port, x in zip(ports, function.inputs, strict=True)}


def _in_latex(text: str) -> str:
    written = latex.number_in_latex(text)
    return rf"\left({written}\right)" if written.startswith("-") or "times" in written else written
