"""A lesson travels with its graph: as a file that is read back, in a link, and packed in a document."""

from __future__ import annotations

import base64
import json
import math
import zlib
from typing import Any

import pytest

from engine.document import Graph, LinkFields, from_document, quantity_named, read_link, to_document, to_link
from engine.edits import MakeBlock, SetRange, apply
from engine.errors import DocumentError
from engine.evaluation import evaluate
from engine.lessons import (
    LESSONS,
    Lesson,
    fields_of,
    lesson_from,
    lesson_of_text,
    lesson_text,
    packed_lesson,
    read_lesson_files,
    unpacked_lesson,
)
from engine.messages import using_language
from tests.engine.built import built

FIELDS: dict[str, Any] = {
    "title": "A product",
    "level": 2,
    "minutes": 3,
    "question": 'What is "x.grad"?\nIn one number.',
    "answer": "number",
    "hint": "Mul swaps.",
    "insight": "It is y: 乗算.",
    "panel": "paths",
    "engine": "step 13",
    "automatic": False,
    "fixed": ["y"],
}
GRAPH = built("x=3 y=2.5 z=Mul(x,y)")


def hides(graph: Graph, name: str) -> Graph:
    asked = quantity_named(graph, name)
    assert asked is not None
    return graph.with_hidden([asked])


def numbers(graph: Graph) -> dict[str, tuple[Any, ...]]:
    """Data and grad of every node, by name: the same for graphs that compute the same."""
    trace = evaluate(graph)
    return {
        node.name: tuple(
            None if each is None else each.tolist()
            for each in (*(trace.nodes[node.id].data or ()), *trace.nodes[node.id].grad)
        )
        for node in graph.nodes()
    }


def says(lesson: Lesson) -> tuple[Any, ...]:
    return fields_of(lesson, lesson.graph), lesson.hidden, numbers(lesson.graph), lesson.graph.output is None


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_every_lesson_is_written_as_a_file_that_is_read_back(lesson: Lesson) -> None:
    text = lesson_text(lesson, lesson.graph)
    again = lesson_of_text(text, "1_again.toml")
    assert fields_of(again, again.graph) == fields_of(lesson, lesson.graph)
    assert again.graph.hidden == lesson.graph.hidden
    assert numbers(again.graph) == numbers(lesson.graph)
    assert "\n[graph]\n" in text  # a table that people read, a node a line
    assert text.count("\n") < len(lesson.graph) + 30


def test_what_no_table_of_nodes_can_say_is_written_whole() -> None:
    graph = hides(GRAPH, "x.grad")
    block = apply(graph, MakeBlock(id="b1", nodes=("z",), name="f"))
    unwired = from_document({**to_document(graph), "edges": to_document(graph)["edges"][1:]})
    for whole in (block, unwired):
        again = lesson_of_text(lesson_text(lesson_from(FIELDS, whole), whole), "a.toml")
        assert to_document(again.graph) == to_document(whole)
        assert fields_of(again, again.graph) == fields_of(lesson_from(FIELDS, whole), whole)


def test_ranges_and_how_values_and_names_were_written_are_in_the_file() -> None:
    document = to_document(hides(GRAPH, "x.grad"))
    document["nodes"][1] |= {"value": 1 / 3, "written": "1/3"}
    document["nodes"][2] |= {"named": True}
    graph = apply(from_document(document), SetRange(node="x", text="-5 to 5"))
    text = lesson_text(lesson_from(FIELDS, graph), graph)
    assert 'ranges = {x = "-5 … 5"}' in text
    again = lesson_of_text(text, "a.toml").graph
    y, z = again.node_named("y"), again.node_named("z")
    assert y is not None
    assert z is not None
    assert (y.written, y.value, z.is_named) == ("1/3", pytest.approx(1 / 3), True)
    assert [(each.low, each.high) for each in again.ranges.values()] == [(-5, 5)]


def test_packed_it_is_the_same_and_nobody_reads_the_answer_in_passing() -> None:
    graph = hides(GRAPH, "x.grad")
    lesson = lesson_from(FIELDS, graph)
    packed = packed_lesson(lesson, graph)
    assert says(unpacked_lesson(packed, graph)) == says(lesson)
    assert "Mul" not in packed
    assert packed.replace("-", "").replace("_", "").isalnum()


def test_names_are_those_of_the_graph_now() -> None:
    graph = hides(GRAPH, "x.grad")
    choice = {**FIELDS, "answer": "function", "right": "z"}
    lesson = lesson_from(choice, graph)
    document = to_document(graph)
    document["nodes"][1]["name"], document["nodes"][2]["name"] = "u", "p"
    fields = fields_of(lesson, from_document(document))
    assert (fields["fixed"], fields["right"]) == (["u"], "p")


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"question": ""}, "question"),
        ({"fixed": ["z"]}, "fixed[0]"),
        ({"answer": "choice", "choices": ["1", "1"], "right": "1"}, "choices"),
        ({"answer": "function", "right": "y"}, "right"),
        ({"minutes": 1000}, "minutes"),
        ({"question": "x" * 5000}, "question"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(change: dict[str, Any], place: str) -> None:
    with pytest.raises(DocumentError) as refusal:
        lesson_from({**FIELDS, **change}, hides(GRAPH, "x.grad"))
    assert refusal.value.place == place


@pytest.mark.parametrize("packed", ["", "AAAA", "eJ", "é", "eNqLjgUAARUAuQ"])
def test_a_damaged_one_is_refused(packed: str) -> None:
    with pytest.raises(DocumentError):
        unpacked_lesson(packed, GRAPH)


def test_a_link_of_thirty_nodes_with_its_question_is_below_two_thousand_characters() -> None:
    rng, names = 0.5, ["x", "y"]
    parts = ["x=1.37", "y=-0.72"]
    for place in range(28):
        op = ("Mul", "Add", "Sub")[place % 3]
        parts.append(f"v{place}={op}({names[-1]},{names[-2]})")
        names.append(f"v{place}")
        rng = math.sin(rng)
    graph = hides(built(" ".join(parts)), "x.grad")
    assert len(graph) == 30
    lesson = LESSONS[3]
    fields = {**FIELDS, "question": lesson.question, "hint": lesson.hint, "insight": lesson.insight}
    said = LinkFields(panel="paths", step=7, language="ja", hides=("palette", "panels"), lesson=fields)
    link = to_link(graph, fields=said)
    assert len(link) < 2000
    opened = read_link(link)
    assert opened.fields == said
    assert lesson_from(opened.fields.lesson, opened.graph).question == lesson.question


def test_a_link_whose_lesson_or_controls_are_malformed_still_opens() -> None:
    whole = json.loads(zlib.decompress(base64.urlsafe_b64decode(to_link(GRAPH) + "==")))
    damaged = json.dumps([*whole, {"lesson": [1], "hides": ["palette", "everything"]}]).encode()
    opened = read_link(base64.urlsafe_b64encode(zlib.compress(damaged)).decode().rstrip("="))
    assert (opened.fields.lesson, opened.fields.hides) == ("", ())
    assert len(opened.graph) == 3


def test_what_a_teachers_folder_lacks_is_said_in_the_language_that_is_spoken(tmp_path: Any) -> None:
    (tmp_path / "1_bad.toml").write_text("level = 9", "utf-8")
    own = tmp_path / "own"
    own.mkdir()
    (own / "1_good.toml").write_text(lesson_text(LESSONS[0], LESSONS[0].graph), "utf-8")
    (refused,) = read_lesson_files(own, str(tmp_path)).refused
    english = str(refused)
    with using_language("ja"):
        japanese = str(refused)
    assert english.startswith("A lesson was left out. 1_bad.toml: ")
    assert japanese != english
    assert "1_bad.toml" in japanese
