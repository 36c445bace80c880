"""Say what somebody has done who gives a wrong rule's number, without telling a number that is still asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.document import Graph, Quantity
from engine.messages import say

if TYPE_CHECKING:
    from engine.diagnosis.wrong_rules import WrongNumber


def tell_cause(graph: Graph, asked: Quantity, wrong: WrongNumber) -> str:
    """Return what happened, in a sentence with the graph's own names."""
    node = graph.node(wrong.node) if wrong.node in graph else None
    places: dict[str, object] = {
        "name": asked.name_in(graph),
        "variable": graph.node(asked.node).name,
        "node": "" if node is None else node.name,
        "op": "" if node is None else node.op,
    }
    return _tell(wrong.rule.value, places, asked, is_at_itself=wrong.node in ("", asked.node))


def _tell(rule: str, places: dict[str, object], asked: Quantity, *, is_at_itself: bool) -> str:  # noqa: C901 -- a case a rule
    if asked.kind == "data":
        return _tell_of_data(rule, places)
    match rule:
        case "no upstream" if not is_at_itself:
            return say(
                "That is the local derivative alone. {name} is what arrives at {node}, {node}.grad, times that.",
                **places,
            )
        case "no upstream":
            return say(
                "That is the local derivative alone. {name} is what arrives from the output, times that.",
                **places,
            )
        case "no local" if not is_at_itself:
            return say(
                "That is what arrives at {node}, passed on as it is. {op} multiplies it by its local derivative.",
                **places,
            )
        case "no local":
            return say("That is what arrives, passed on without the local derivative.")
        case "overwritten":
            return say(
                "That comes of overwriting: at {node} only the last gradient was kept. Gradients that arrive there are "
                "added.",
                **places,
            )
        case "one path":
            return say(
                "That is one path alone, the one through {node}. {name} is the sum over all paths to the output.",
                **places,
            )
        case "too early":
            return say(
                "That comes of visiting the Function of {node} too early, before all its gradients had arrived, and "
                "once more after it.",
                **places,
            )
        case "swapped":
            return say(
                "The inputs of {node} ({op}) were taken for each other: the derivative by the one holds the other.",
                **places,
            )
        case "sign":
            return say(
                "Only the sign differs. Follow the signs from the output to {variable}.",
                **places,
            )
        case "data for grad":
            return say(
                "That is {variable}.data, the value of {variable}. {name} says how much the output follows it.",
                **places,
            )
        case "other node":
            return say(
                "That is {node}.grad, and {name} was asked for.",
                **places,
            )
        case "exponent" if places["op"] == "Exp":
            return say(
                "{node} is an Exp, and its derivative is itself: no exponent comes down.",
                **places,
            )
        case "exponent":
            return say(
                "The rule of the power at {node} went wrong: the exponent comes down as a factor, and is "
                "lowered by one.",
                **places,
            )
        case "not cleared":
            return say(
                "That has the gradient of an earlier Backward in it: cleargrad was forgotten.",
                **places,
            )
        case "not summed":
            return say(
                "{variable} was repeated at {node} to fit. Each repetition brings a gradient, and {name} is their sum.",
                **places,
            )
        case _:
            return say("That is what the correct engine gives. The engine that runs here breaks one of its rules.")


def _tell_of_data(rule: str, places: dict[str, object]) -> str:
    match rule:
        case "swapped":
            return say(
                "The inputs of {node} ({op}) were taken for each other.",
                **places,
            )
        case "sign":
            return say("Only the sign differs.")
        case "exponent":
            return say(
                "The exponent of {node} was taken for a factor: a power multiplies its base by itself.",
                **places,
            )
        case "grad for data":
            return say(
                "That is {variable}.grad. {name} is the value that is computed forward.",
                **places,
            )
        case _:
            return say(
                "That is {node}.data, and {name} was asked for.",
                **places,
            )


def tell_not_yet(asked: Quantity, graph: Graph) -> str:
    """Return what is said of a wrong answer that no wrong rule explains."""
    return say("Not yet. Go through the step that gives {name}.", name=asked.name_in(graph))
