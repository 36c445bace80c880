"""Why a number is wrong, in whole sentences."""

from __future__ import annotations

from components.text.joined import joined_sentences
from components.text.names import output_name
from engine.document import Graph
from engine.explain import Fault, Slip
from engine.messages import say, say_count


def tell_slip(graph: Graph, slip: Slip) -> str:
    """Say which rule was broken in the step that is shown."""
    places = _places(graph, slip)
    if slip.kind == "overwritten":
        return say(
            "{op} of {name} overwrites {receiver}.grad: what had arrived before is lost (x.grad = gx).", **places
        )
    if slip.kind == "again":
        return say("{op} of {name} has its turn a second time, and sends what it had sent already once more.", **places)
    return say_count(
        "{op} of {name} has its turn too early: {arrived} of {count} contribution had arrived at {receiver}.grad.",
        "{op} of {name} has its turn too early: {arrived} of {count} contributions had arrived at {receiver}.grad.",
        slip.expected,
        **places,
    )


def explain_fault(graph: Graph, fault: Fault, name: str, grad: str, right: str) -> str:
    """Say why a gradient is not the right one; `name` is its Variable's, `grad` and `right` are the numbers."""
    parts = [say("{name}.grad is {grad}, and {right} is right.", name=name, grad=grad, right=right)]
    if fault.via is not None:
        parts.append(say("It comes from {name}.", name=graph.node(fault.via).name))
    return joined_sentences([*parts, _tell_slip_by_its_step(graph, fault.slip)])


def _tell_slip_by_its_step(graph: Graph, slip: Slip) -> str:
    """Say which rule was broken, and in which step."""
    places = _places(graph, slip) | {"step": slip.step + 1}
    if slip.kind == "overwritten":
        return say(
            "At step {step}, {op} of {name} overwrites {receiver}.grad: what had arrived before is lost (x.grad = gx).",
            **places,
        )
    if slip.kind == "again":
        return say(
            "At step {step}, {op} of {name} has its turn a second time, and sends what it had sent already once more.",
            **places,
        )
    return say_count(
        "At step {step}, {op} of {name} has its turn too early: "
        "{arrived} of {count} contribution had arrived at {receiver}.grad.",
        "At step {step}, {op} of {name} has its turn too early: "
        "{arrived} of {count} contributions had arrived at {receiver}.grad.",
        slip.expected,
        **places,
    )


def _places(graph: Graph, slip: Slip) -> dict[str, object]:
    node, (receiver, output) = graph.node(slip.node), slip.receiver
    return {
        "op": node.op,
        "name": node.name,
        "receiver": output_name(graph.node(receiver), output),
        "arrived": slip.arrived,
    }
