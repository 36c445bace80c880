"""A lesson is one file of data: found by itself, and refused in a sentence that names the file and the field."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import engine.lessons
from engine.autograd import Variant
from engine.document import COLUMN_DISTANCE, ROW_DISTANCE, tidy
from engine.errors import LessonError
from engine.evaluation import evaluate
from engine.lessons import LESSONS, read_lesson, read_lesson_files, read_lessons
from tests.contributing import example_of

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
    assert (lessons[-1].name, lessons[-1].title, lessons[-1].automatic) == ("a_line", "A line", True)
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
    text = example_of("Adding a lesson", "toml")
    lesson = read_lesson(written(tmp_path, text))
    # y = Σ (x w)³ over w = [1, 2] at x = 3
    grad = evaluate(lesson.graph).nodes["n2"].grad[0]
    assert grad is not None
    assert grad.tolist() == [3 * 3 * 3**2, 3 * 3 * 6**2]
    chosen = text.replace('# output = "p"', 'output = "p" #').replace("# automatic = false", "automatic = false #")
    lesson = read_lesson(written(tmp_path, chosen))
    assert (lesson.graph.output, lesson.automatic) == (("n3", 0), False)


def test_they_come_in_the_order_of_their_files(tmp_path: Path) -> None:
    for name in ("2_b.toml", "1_c.toml", "10_a.toml", "about_x.toml"):
        written(tmp_path, LINE, name)
    (tmp_path / "notes.txt").write_text("no lesson")
    assert [lesson.name for lesson in read_lessons(tmp_path)] == ["c", "b", "a", "about_x"]


WHOLE = """
level = 2
minutes = 7
answer = "number"
hidden = ["x.grad", "y.data", "grads"]
hint = "Look at w."
panel = "paths"
engine = "step 13"
automatic = false
fixed = ["x"]
roles = { x = "data", w = "weight" }
"""


def test_all_that_a_lesson_may_say(tmp_path: Path) -> None:
    lesson = read_lesson(written(tmp_path, LINE.replace("[graph]", f"{WHOLE}[graph]")))
    assert (lesson.level, lesson.minutes, lesson.answer, lesson.hint) == (2, 7, "number", "Look at w.")
    assert lesson.hidden == ("x.grad", "y.data", "grads")
    assert (lesson.panel, lesson.engine, lesson.automatic) == ("paths", Variant.STEP_13, False)
    assert (lesson.fixed, dict(lesson.roles)) == (("x",), {"x": "data", "w": "weight"})
    assert {node.name: node.role for node in lesson.graph.nodes()} == {"x": "data", "w": "weight", "y": None}


def test_a_teachers_own_come_after_and_a_bad_one_is_named_and_left_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    own, added = tmp_path / "own", tmp_path / "added"
    own.mkdir()
    added.mkdir()
    written(own, LINE, "7_a_line.toml")
    written(added, LINE, "1_a_line.toml")
    written(added, LINE.replace('"Mul"', '"Times"'), "2_bad.toml")
    (added / "3_folder.toml").mkdir()
    written(added, LINE, "4_another.toml")
    files = read_lesson_files(own, str(added))
    assert [(lesson.key, lesson.is_added) for lesson in files.lessons] == [
        ("a_line", False),
        ("+a_line", True),
        ("+another", True),
    ]
    assert tuple(map(str, files.refused)) == (
        "A lesson was left out. 2_bad.toml: graph.y.op: There is no op named “Times”.",
        "A lesson was left out. 3_folder.toml: Is a directory",
    )
    assert [record.message for record in caplog.records] == list(map(str, files.refused))
    empty, gone = tmp_path / "empty", tmp_path / "gone"
    empty.mkdir()
    (refused,) = read_lesson_files(own, str(empty)).refused
    assert str(refused) == f"The folder “{empty}” holds no lesson: no file ends in .toml."
    (refused,) = read_lesson_files(own, str(gone)).refused
    assert str(refused) == f"There is no folder “{gone}” with lessons."
    assert read_lesson_files(own).refused == ()


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
        ("[graph]", "automatic = 1\n[graph]", "automatic", "this should be true or false, but it is 1."),
        ("[graph]", "colour = 'red'\n[graph]", "colour", "this field is not permitted here."),
        ("[graph]", "level = 5\n[graph]", "level", "this should be 4 or less, but it is 5."),
        ("[graph]", "minutes = 'two'\n[graph]", "minutes", "this should be a whole number"),
        ("[graph]", "answer = 'essay'\n[graph]", "answer", "this should be 'number', 'choice'"),
        ("[graph]", "answer = 'number'\n[graph]", "hidden", "an answer in numbers needs at least one number"),
        ("[graph]", "answer = 'choice'\n[graph]", "choices", "a choice needs two choices or more."),
        ("[graph]", "answer = 'choice'\nchoices = ['1', '2']\nright = '3'\n[graph]", "right", "the right answer is"),
        ("[graph]", "choices = ['1', '2']\n[graph]", "choices", "only the answer “choice” has choices."),
        ("[graph]", "answer = 'function'\nright = 'x'\n[graph]", "right", "there is no Function that computes “x”."),
        ("[graph]", "answer = 'build'\n[graph]", "right", "what is to be built is missing: a formula."),
        ("[graph]", "hidden = ['x.slope']\n[graph]", "hidden[0]", "“x.slope” is no number: write x.data, x.grad"),
        ("[graph]", "hidden = ['grads', 'q.grad']\n[graph]", "hidden[1]", "there is no node named “q”."),
        ("[graph]", "fixed = ['q']\n[graph]", "fixed[0]", "there is no node named “q”."),
        ("[graph]", "fixed = ['y']\n[graph]", "fixed[0]", "y is computed; this is for inputs."),
        ("[graph]", "roles = { w = 'wait' }\n[graph]", "roles.w", "this should be 'data', 'weight' or 'target'"),
        ("[graph]", "roles = { y = 'data' }\n[graph]", "roles.y", "y is computed; this is for inputs."),
        ("[graph]", "engine = 'step 15'\n[graph]", "engine", "this should be 'step 13', 'step 14' or 'step 16'"),
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
