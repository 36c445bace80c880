"""What the page shows of the numbers that are asked for: how far somebody has come with each, and the score."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.state.playground import Playground
from engine.diagnosis import Diagnosis, tell_not_yet
from engine.document import Graph, Quantity, shown
from engine.evaluation import Trace
from engine.messages import say
from engine.tasks import Answers, score


def asked_numbers(playground: Playground) -> dict[str, Any]:
    """Return the numbers that are asked for, in the order of the nodes, and the score, and whose numbers are shown.

    Nothing where nothing is asked for, and where nobody has own numbers.
    """
    graph, trace, answers = playground.graph, playground.trace, playground.answers
    own: dict[str, Any] = {"own": {"name": playground.own_name}} if graph.ranges else {}
    if not graph.hidden:
        return own
    places, order = shown(graph), {node_id: place for place, node_id in enumerate(graph.topological_order())}
    asked = sorted(graph.hidden, key=lambda each: (each.kind == "grad", order[each.node], each.output))
    lesson = playground.lesson
    hint = say(lesson.hint) if lesson is not None and lesson.hint else ""
    counted = score(asked, answers)
    return own | {
        "asked": [_asked(graph, trace, each, answers.get(each, Answers()), places, hint) for each in asked],
        "score": say(
            "{right} of {asked} right at once, {late} at the second try, {missed} missed",
            right=counted.right,
            asked=counted.asked,
            late=counted.late,
            missed=counted.missed,
        ),
    }


def _asked(
    graph: Graph, trace: Trace, asked: Quantity, given: Answers, places: Mapping[str, str], hint: str
) -> dict[str, Any]:
    name, found = asked.name_in(graph), trace.nodes[asked.node]
    told: dict[str, Any] = {
        "node": asked.node,
        "place": places[asked.node],
        "kind": asked.kind,
        "output": asked.output,
        "name": name,
        "state": given.state,
        "tries": list(given.tries),
        "sentences": _sentences(graph, asked, given),
    }
    if given.state == "again" and hint:
        told["sentences"] += [hint]
    if found.data is not None and found.data[asked.output].ndim:
        told["shape"] = str(found.data[asked.output].shape)
    steps = [cause.step for each in given.diagnoses for cause in each.causes if cause.step is not None]
    steps += [each.step for each in given.diagnoses if each.step is not None]
    if steps:
        told["step"] = steps[0] + 1
    return told


def _sentences(graph: Graph, asked: Quantity, given: Answers) -> list[str]:
    """Return what is said of the last answer: what happened, or that it is not the number yet."""
    name = asked.name_in(graph)
    match given.state:
        case "open":
            return []
        case "right":
            return [say("{name} is right.", name=name)]
        case "late":
            return [say("{name} is right, at the second try.", name=name)]
        case "revealed":
            return [say("{name} was revealed.", name=name)]
    return _of_wrong(graph, asked, given.diagnoses[-1])


def _told_causes(found: Diagnosis) -> str:
    """Return what happened; where more than one mistake gives the number, the first two of them."""
    if len(found.causes) == 1:
        return found.causes[0].sentence
    return say(
        "More than one mistake gives this number. One is this: {first} Another is this: {second}",
        first=found.causes[0].sentence,
        second=found.causes[1].sentence,
    )


def _of_wrong(graph: Graph, asked: Quantity, found: Diagnosis) -> list[str]:
    told = [_told_causes(found)] if found.causes else []
    wrong = [place for place, is_right in enumerate(found.right_entries, start=1) if not is_right]
    if len(found.right_entries) > 1:
        told.append(
            say(
                "{right} of {count} entries are right; the first that is not is no. {place}.",
                right=len(found.right_entries) - len(wrong),
                count=len(found.right_entries),
                place=wrong[0],
            )
        )
    elif not found.right_entries:
        told.append(say("The answer does not have the shape of {name}.", name=asked.name_in(graph)))
    return told if found.causes else [*told, tell_not_yet(asked, graph)]
