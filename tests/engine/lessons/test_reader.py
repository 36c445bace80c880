"""A lesson is one file of data: found by itself, and refused in a sentence that names the file and the field."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import engine.lessons
from engine.document import COLUMN_DISTANCE, ROW_DISTANCE, tidy
from engine.errors import LessonError
from engine.evaluation import evaluate
from engine.lessons import LESSONS, read_lesson, read_lessons

FOLDER = Path(engine.lessons.__file__).parent

LINE = """
title = "A line"
question = "Why is w.grad equal to x?"
insight = "The local derivative of Mul by w is x, and the gradient that comes in is 1."

[graph]
x = { value = 3, at = [0, -0.5] }
w = { value = 2, at = [0, 0.5] }
y = { op = "Mul", inputs = ["x", "w"], at = [1, 0] }
"""


def written(folder: Path, text: str, name: str = "99_a_line.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_a_new_file_is_a_new_lesson(tmp_path: Path) -> None:
    for path in FOLDER.glob("*.toml"):
        shutil.copy(path, tmp_path)
    written(tmp_path, LINE)
    lessons = read_lessons(tmp_path)
    assert lessons[:-1] == LESSONS
    assert (lessons[-1].name, lessons[-1].title, lessons[-1].by_hand) == ("a_line", "A line", False)
    graph = lessons[-1].graph
    assert [(node.id, node.name, node.op) for node in graph.nodes()] == [
        ("n1", "x", None),
        ("n2", "w", None),
        ("n3", "y", "Mul"),
    ]
    assert [(node.x / COLUMN_DISTANCE, node.y / ROW_DISTANCE) for node in graph.nodes()] == [
        (-0.5, -0.5),
        (-0.5, 0.5),
        (0.5, 0),
    ]
    assert float(evaluate(graph).nodes["n2"].grad[0]) == 3.0  # type: ignore[arg-type]


def test_the_example_of_contributing_is_a_lesson(tmp_path: Path) -> None:
    contributing = (Path(__file__).parents[3] / "CONTRIBUTING.md").read_text("utf-8")
    example = re.search(r"```toml\n(.*?)```", contributing, re.DOTALL)
    assert example is not None
    text = example[1]
    lesson = read_lesson(written(tmp_path, text))
    # y = Σ (x w)³ over w = [1, 2] at x = 3
    grad = evaluate(lesson.graph).nodes["n2"].grad[0]
    assert grad is not None
    assert grad.tolist() == [3 * 3 * 3**2, 3 * 3 * 6**2]
    chosen = text.replace('# output = "p"', 'output = "p" #').replace("# by_hand = true", "by_hand = true #")
    lesson = read_lesson(written(tmp_path, chosen))
    assert (lesson.graph.output, lesson.by_hand) == (("n3", 0), True)


def test_they_come_in_the_order_of_their_files(tmp_path: Path) -> None:
    for name in ("2_b.toml", "1_c.toml", "3_a.toml"):
        written(tmp_path, LINE, name)
    (tmp_path / "notes.txt").write_text("no lesson")
    assert [lesson.name for lesson in read_lessons(tmp_path)] == ["c", "b", "a"]


def test_without_positions_it_is_laid_out(tmp_path: Path) -> None:
    graph = read_lesson(written(tmp_path, re.sub(r", at = \[.*?\]", "", LINE))).graph
    assert {node.id: (node.x, node.y) for node in graph.nodes()} == tidy(graph)
    assert len({(node.x, node.y) for node in graph.nodes()}) == 3


def test_an_output_of_several_is_named(tmp_path: Path) -> None:
    text = LINE.replace('"Mul"', '"MinMax"') + 'z = { op = "Neg", inputs = ["y.high"], at = [2, 0] }\n'
    graph = read_lesson(written(tmp_path, text)).graph
    assert [(edge.source, edge.output) for edge in graph.edges()] == [("n1", 0), ("n2", 0), ("n3", 1)]
    chosen = text.replace("[graph]", 'output = "y.high"\n[graph]')
    assert read_lesson(written(tmp_path, chosen)).graph.output == ("n3", 1)


@pytest.mark.parametrize(
    ("old", "new", "place", "sentence"),
    [
        ('title = "A line"', "", "title", "this field is required."),
        ('title = "A line"', 'title = ""', "title", "this text is needed, but it is empty."),
        ('title = "A line"', "title = 3", "title", "this should be a text, but it is 3."),
        ("[graph]", "by_hand = 1\n[graph]", "by_hand", "this should be true or false, but it is 1."),
        ("[graph]", "colour = 'red'\n[graph]", "colour", "this field is not permitted here."),
        ("[graph]", "output = 'q'\n[graph]", "output", "there is no node named “q”."),
        ("[graph]", "output = 'y.low'\n[graph]", "output", "y has no output low."),
        ("value = 3", "value = 'three'", "graph.x.value", "“three” is not a number."),
        ("value = 3", "value = nan", "graph.x.value", "nan is not a finite number."),
        ("value = 3, ", "", "graph.x.value", "an input needs a value."),
        ('"Mul"', '"Times"', "graph.y.op", "There is no op named “Times”."),
        ('"Mul"', '"Pow", parameters = {exponent = "a"}', "graph.y.parameters", "exponent of Pow is a number"),
        ('"x", "w"', '"x", "v"', "graph.y.inputs", "there is no node named “v”."),
        ('"x", "w"', '"x", "w", "w"', "graph", "y has no input no. 3."),
        ('"x", "w"', '"x", "y"', "graph", "the wires close a cycle: y → y."),
        ("x = {", '"2x" = {', "graph.2x.name", "“2x” is not a name"),
        (", at = [1, 0]", "", "graph.y.at", "either all nodes say where they stand, or none does."),
        ("at = [1, 0]", "at = [1]", "graph.y.at[1]", "this field is required."),
        ("at = [1, 0]", "at = [1, 1e6]", "graph.y.at[1]", "this should be 1000000 or less"),
        (LINE[LINE.index("[graph]") :], "[graph]\n", "graph", "there should be at least 1 of these"),
        ("[graph]", "[graph", "", "the file is not TOML: line 6, column 7."),
        ('title = "A line"', "title = 'A line", "", "the file is not TOML: line 9, column 53."),
        ("value = 3", "value = " + "3" * 5000, "", "a number is too long to be read."),
        ("value = 3", "value = " + "[" * 5000, "", "the file is nested too deeply."),
        (LINE, "title = ", "", "the file is not TOML: line 1, column 8."),
    ],
)
def test_a_malformed_one_is_refused_by_file_and_field(
    tmp_path: Path, old: str, new: str, place: str, sentence: str
) -> None:
    assert old in LINE
    with pytest.raises(LessonError) as refusal:
        read_lessons(written(tmp_path, LINE.replace(old, new)).parent)
    assert (refusal.value.file, refusal.value.place) == ("99_a_line.toml", place)
    assert str(refusal.value).startswith(": ".join(filter(None, ["99_a_line.toml", place, sentence])))


def test_a_folder_without_lessons_and_a_file_of_bytes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(LessonError, match="there is no lesson"):
        read_lessons(tmp_path)
    (tmp_path / "1_a.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(LessonError, match=r"1_a\.toml: the file is not text in UTF-8"):
        read_lessons(tmp_path)
