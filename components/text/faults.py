"""Why a number is wrong, in whole sentences."""

from __future__ import annotations

from collections.abc import Iterator

from components.text.names import output_name
from engine.document import Graph
from engine.explain import Fault, Slip
from engine.messages import joined_sentences, say, say_count
from engine.picture import short_array


def tell_slip(graph: Graph, slip: Slip) -> str:
    """Say which rule was broken in the step that is shown."""
    places = _places(graph, slip)
    if slip.kind == "overwritten":
        return say(
            "The {op} that computes {name} overwrites {receiver}.grad: what had arrived before is lost (x.grad = gx).",
            **places,
        )
    if slip.kind == "again":
        return joined_sentences(
            [
                say("The {op} that computes {name} has its turn a second time.", **places)
                if slip.turn == 2
                else say("The {op} that computes {name} has its turn once more.", **places),
                *_tell_again(graph, slip),
            ]
        )
    return say_count(
        "The {op} that computes {name} has its turn too early: "
        "{arrived} of {count} contribution had arrived at {receiver}.grad.",
        "The {op} that computes {name} has its turn too early: "
        "{arrived} of {count} contributions had arrived at {receiver}.grad.",
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
            "At step {step}, the {op} that computes {name} overwrites {receiver}.grad: "
            "what had arrived before is lost (x.grad = gx).",
            **places,
        )
    if slip.kind == "again":
        return joined_sentences(
            [
                say("At step {step}, the {op} that computes {name} has its turn a second time.", **places)
                if slip.turn == 2
                else say("At step {step}, the {op} that computes {name} has its turn once more.", **places),
                *_tell_again(graph, slip),
            ]
        )
    return say_count(
        "At step {step}, the {op} that computes {name} has its turn too early: "
        "{arrived} of {count} contribution had arrived at {receiver}.grad.",
        "At step {step}, the {op} that computes {name} has its turn too early: "
        "{arrived} of {count} contributions had arrived at {receiver}.grad.",
        slip.expected,
        **places,
    )


def _tell_again(graph: Graph, slip: Slip) -> Iterator[str]:
    """Say what a Function has sent to each Variable in its turn before, and what it sends now."""
    for receiver, before, now in slip.sent:
        places = {
            "before": short_array(before),
            "now": short_array(now),
            "name": output_name(graph.node(receiver[0]), receiver[1]),
        }
        if slip.turn == 2:
            yield say("It had sent {before} to {name}.grad and now sends {now}: the first stays in the sum.", **places)
        else:
            yield say("It had last sent {before} to {name}.grad and now sends {now}: all stays in the sum.", **places)


def _places(graph: Graph, slip: Slip) -> dict[str, object]:
    node, (receiver, output) = graph.node(slip.node), slip.receiver
    return {
        "op": node.op,
        "name": node.name,
        "receiver": output_name(graph.node(receiver), output),
        "arrived": slip.arrived,
    }
