"""Take up what a browser tab kept: the graph, its lesson, what was computed by hand, answers, what could be undone."""

from __future__ import annotations

from contextlib import suppress

from components.state.lessons.references import carried_lesson, lesson_referred_to
from components.state.playground import Playground
from components.state.restoring import Restore
from engine.document import Graph, Quantity
from engine.errors import AnswerError, PlaygroundError
from engine.tasks import normalized


def take_up(playground: Playground, kept: Restore, graph: Graph) -> None:
    """Bring a graph back, read from the document that was kept, with all that belongs to it; this cannot be undone."""
    lesson = carried_lesson(kept.document.get("lesson", ""), graph) or lesson_referred_to(kept.lesson, graph)
    playground.put_in_place(graph, lesson)
    computation = playground.computation
    computation.set_variant(kept.variant)
    if kept.automatic:
        computation.set_automatic(True)
    else:
        computation.take_up(kept.forward, kept.sweeps)
    if kept.picks is not None:
        with suppress(PlaygroundError):  # without them the variant decides
            computation.pick(kept.picks)
    playground.take_up_answers((Quantity(a.node, a.kind, a.output), a.tries, a.revealed) for a in kept.answers)
    for place in kept.choice:
        with suppress(AnswerError):  # the lesson's file offers something else now
            playground.choose(place)
    playground.own_name = normalized(kept.own)
    with suppress(PlaygroundError):  # without it there is nothing to undo
        playground.history.take_up(kept.history)
