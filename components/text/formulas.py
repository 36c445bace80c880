"""The equations of a forward step, and what an inspector shows: a node's rules and its last products."""

from __future__ import annotations

import numpy as np

from components.equations import (
    EXACT,
    Derivative,
    Equation,
    Expression,
    Name,
    Part,
    Symbol,
    equation,
)
from components.text.backward import BackwardStep, arrays_around, worked_out
from components.text.names import output_name, source_name
from components.text.rules import NodeRules, rules_of
from components.text.sent_rules import rule_with_letter, said_of_letter, sent_to_part, summed_up
from engine.document import Graph
from engine.evaluation import Step, Trace
from engine.explain import ledgers
from engine.messages import say


def forward_formulas(graph: Graph, trace: Trace, step: Step) -> list[Equation]:
    """Return, for each output, its rule in the names of the graph, then in numbers: a = x² = 2² = 4."""
    node = graph.node(step.node)
    rules = rules_of(graph, step.node, trace.functions[step.node])
    names = arrays_around(graph, trace, step.node)
    if rules.calls(rules.op.formula, "join"):
        joined, ndim = Name(node.name), step.sent[0].ndim
        wires = graph.wires_into(step.node).values()
        return [
            equation([Part(joined, *part, ndim), Name(source_name(graph, wire))], names)
            for wire, part in zip(wires, rules.parts(), strict=True)
        ]
    found: list[Equation] = []
    written = rules.forward()
    for output, y in enumerate(step.sent):
        sides: list[Expression] = written[output] if written else [Name(output_name(node, output))]
        found += worked_out(sides, sides[-1] if len(sides) > 1 else None, y, names, names)
    return found


def products_of(graph: Graph, trace: Trace, node_id: str) -> list[list[Equation]]:
    """Return what a node's Function sent to each input in the last backward pass; nothing if it sent nothing."""
    steps = [place for place, step in enumerate(trace.steps) if step.kind == "backward" and step.node == node_id]
    if not steps:
        return []
    last = steps[-1]
    brought = [each for ledger in ledgers(graph, trace).values() for each in ledger.contributions if each.step == last]
    grads = {(node, output): grad for node, found in trace.nodes.items() for output, grad in enumerate(found.grad)}
    told = BackwardStep(graph, trace, trace.steps[last], grads)
    return told.equations(sorted(brought, key=lambda each: each.port), at_end=True)


def rules_in_names(graph: Graph, trace: Trace, node_id: str) -> list[Equation]:
    """Return the rules of a node's op in the names of the graph: forward, then by each input."""
    rules = rules_of(graph, node_id, trace.functions.get(node_id))
    found = [Equation(tuple(sides), (EXACT,) * (len(sides) - 1)) for sides in rules.forward()]
    for port in range(len(rules.node.ports)):
        found += _rule_by_input(graph, trace, rules, port)
    return found


def _sent(graph: Graph, trace: Trace, rules: NodeRules, port: int) -> tuple[Expression, str]:
    """Return what a rule says is sent to an input, and what there is to say of it.

    Where the input was repeated it is a sum; where an n is not the same everywhere it stands as a letter.
    """
    (rule,) = rules.local(port)
    function, data = rules.function, trace.nodes[rules.node.id].data
    if function is None or data is None:
        return rule, ""
    gys = [np.ones_like(y) for y in data]
    names = arrays_around(graph, trace, rules.node.id) | {
        gy.text: array for gy, array in zip(rules.upstream(), gys, strict=True)
    }
    with np.errstate(all="ignore"):
        gx = function.gradients(gys)[port]
    lettered = None if gx is None else rule_with_letter(graph, rules, port, names, gx)
    if lettered is not None:
        return lettered, said_of_letter()
    return summed_up(rule, names, function.inputs[port].shape), ""


def _free_port(rules: NodeRules, name: str, *, is_free: bool) -> Name | Symbol:
    called = rules.named.get(name)
    return called if is_free and isinstance(called, Name) else Symbol(name)


def _rule_by_input(graph: Graph, trace: Trace, rules: NodeRules, port: int) -> list[Equation]:
    """Return ∂y/∂x = … for each output, or what an op that mixes elements sends: x.grad = …"""
    name, local = rules.node.ports[port], rules.local(port)
    wires = graph.wires_into(rules.node.id)
    own = [source_name(graph, wire) for wire in wires.values()]
    is_named = port in wires and own.count(source_name(graph, wires[port])) == 1
    by = Name(source_name(graph, wires[port])) if is_named else _free_port(rules, name, is_free=port not in wires)
    if not local:
        return []
    if rules.sends(port):
        receiver = Name(f"{source_name(graph, wires[port]) if port in wires else by.text}.grad")
        is_only = is_named and graph.network.out_degree(wires[port].source) == 1
        places = rules.parts() if rules.calls(rules.op.local[0], "place") else []
        if len(places) == 1 and rules.function is not None:
            cut = Part(receiver, *places[0], rules.function.inputs[port].ndim)
            (came,) = rules.upstream()
            elsewhere = say("and 0 elsewhere")
            return [Equation((cut, came), (EXACT,), note=elsewhere) if is_only else sent_to_part(cut, came, elsewhere)]
        rule, note = _sent(graph, trace, rules, port)
        if not is_only:
            return [Equation((rule,), (), say("to {name}:", name=receiver.text), note)]
        return [Equation((receiver, rule), (EXACT,), note=note)]
    if not rules.op.elementwise:
        return []
    outputs = [Name(output_name(rules.node, output)) for output in range(rules.node.n_outputs)]
    return [Equation((Derivative(output, by), rule), (EXACT,)) for output, rule in zip(outputs, local, strict=False)]
