"""What is typed as an answer, what locks it, and what is counted; and the mask that takes numbers out of a trace."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from engine.document import Quantity, Range, quantities_named
from engine.errors import AnswerError, DocumentError, TaskError, ValueRefusedError
from engine.evaluation import evaluate, masked_trace
from engine.messages import HIDDEN, full_number, is_hidden, is_hidden_array, short_number
from engine.tasks import LONGEST_ANSWER, Answers, Task, read_answer, score, shown_again
from tests.engine.built import FORK, SEED, built

X = Quantity("x", "grad")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4", 4.0),
        ("−1.5", -1.5),
        ("3/4", 0.75),
        ("2 * (1 + 2)**2", 18.0),
        ("2^3", 8.0),
        ("2 × 3 ÷ 4", 1.5),
        ("-1/3", -1 / 3),
        ("exp(0.5)", math.exp(0.5)),
        ("sqrt(2)/2", math.sqrt(2) / 2),
        ("pi", math.pi),
        ("[1/2, 2*3]", (0.5, 6.0)),
        ("[1, 2, 3]", (1.0, 2.0, 3.0)),
    ],
)
def test_a_number_a_fraction_an_expression_or_an_array_is_an_answer(text: str, value: object) -> None:
    assert read_answer(text) == value


@pytest.mark.parametrize(
    "text",
    ["", "four", "1/0", "x", "__import__('os')", "2**99999", "(1).real", "'4'", "True", "[1, [2]]", "nan", "exp(9999)",
     "exp(1, 2)", "(" * 900, "1 if 1 else 2", "4" * (LONGEST_ANSWER + 1)],
)  # fmt: skip
def test_all_else_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueRefusedError):
        read_answer(text)


@pytest.mark.parametrize(
    ("text", "name"), [("2*x", "x"), ("2x", "x"), ("z", "z"), ("y.grad * 2", "y.grad"), ("2*a1", "a1")]
)
def test_who_answers_with_a_formula_is_told_to_put_numbers_in(text: str, name: str) -> None:
    with pytest.raises(ValueRefusedError, match=f"in the place of {name}: "):
        read_answer(text)
    with pytest.raises(ValueRefusedError, match="is not a number"):
        read_answer("2 * * 3")


def test_an_answer_is_locked_once_and_once_more() -> None:
    trace, answers = evaluate(FORK), Answers()
    answers = answers.lock(FORK, trace, X, "32")
    assert (answers.state, answers.shows) == ("again", False)
    with pytest.raises(ValueRefusedError):
        answers.lock(FORK, trace, X, "sixty-four")
    late = answers.lock(FORK, trace, X, "8^2")
    assert (late.state, late.shows, late.tries) == ("late", True, ("32", "8^2"))
    wrong = answers.lock(FORK, trace, X, "96")
    assert (wrong.state, wrong.shows) == ("wrong", False)
    for ended in (late, wrong):
        with pytest.raises(AnswerError):
            ended.lock(FORK, trace, X, "64")
    assert wrong.reveal().shows
    assert Answers().lock(FORK, trace, X, "64").reveal().state == "right"


def test_kept_answers_are_taken_up_and_damaged_ones_left_out() -> None:
    trace = evaluate(FORK)
    assert shown_again(FORK, trace, X, ["32", "64"], is_revealed=False).state == "late"
    assert shown_again(FORK, trace, X, ["nonsense"], is_revealed=True).state == "revealed"
    assert shown_again(FORK, trace, X, [], is_revealed=False) == Answers()


def test_the_score_counts_what_was_found_at_once_late_and_not() -> None:
    trace = evaluate(SEED)
    asked = [Quantity(node, "grad") for node in "xyabz"]
    right = {each.node: number for each in asked if (number := trace.nodes[each.node].grad[0]) is not None}
    given = {
        asked[0]: Answers().lock(SEED, trace, asked[0], str(right["x"])),
        asked[1]: Answers().lock(SEED, trace, asked[1], "99").lock(SEED, trace, asked[1], str(right["y"])),
        asked[2]: Answers().lock(SEED, trace, asked[2], "99").reveal(),
    }
    found = score(asked, given)
    assert (found.asked, found.right, found.late, found.missed) == (5, 1, 1, 1)


def test_a_hidden_number_is_a_nan_that_is_told_from_others_and_written_as_a_question_mark() -> None:
    assert is_hidden(HIDDEN)
    assert not any(map(is_hidden, (math.nan, -math.nan, 1.0, math.inf, 3)))
    assert is_hidden((np.array([HIDDEN]) * -2.0 + 1)[0])
    assert (short_number(HIDDEN), full_number(HIDDEN)) == ("?", "?")
    assert (short_number(math.nan), full_number(math.nan)) == ("nan", "nan")


def test_a_masked_trace_holds_no_hidden_number_anywhere() -> None:
    trace = evaluate(FORK)
    masked = masked_trace(FORK, trace, [X, Quantity("a", "data")])
    assert is_hidden_array(masked.nodes["x"].grad[0])
    assert is_hidden_array(masked.nodes["a"].data[0])  # type: ignore[index]
    assert masked.nodes["a"].grad == trace.nodes["a"].grad
    for step in masked.steps:
        arrived_at_x = step.kind == "backward" and step.node == "a"
        assert all(is_hidden_array(each) for each in step.sent) == (
            arrived_at_x or (step.kind, step.node) == ("forward", "a")
        )
    for name in "bc":  # Squares of a: their inputs and derivatives, 2a, are made of it
        assert is_hidden_array(masked.functions[name].inputs[0].data)
        assert is_hidden_array(masked.functions[name].local_derivatives()[0])
    assert is_hidden_array(masked.functions["a"].gradients([np.array(1.0)])[0])
    assert float(trace.functions["a"].gradients([np.array(1.0)])[0]) == 4.0  # the trace itself is as it was
    assert masked_trace(FORK, trace, []) is trace


def test_a_task_is_json_that_knows_its_numbers_whoever_asks() -> None:
    graph = built("x=3 w=2 b=1 p=Mul(x,w) s=Add(p,b) y=Square(s)").with_ranges({"x": Range(2, 5), "w": Range(2, 5)})
    task = Task(graph, "What is w.grad?", Quantity("w", "grad"))
    again = Task.from_json(json.loads(json.dumps(task.to_json())))
    assert again == task
    assert again.diagnose("42").verdict == "right"  # 2(xw + b)·x
    own = again.of("Ada")
    x, w = own.graph.node("x").value, own.graph.node("w").value
    assert isinstance(x, float)
    assert isinstance(w, float)
    assert own.diagnose(f"2 * ({x} * {w} + 1) * {x}").verdict == "right"
    wrong = own.diagnose(f"2 * ({x} * {w} + 1)").to_json()
    assert [each["rule"] for each in wrong["causes"]][:1] == ["no local"]
    assert is_hidden_array(own.shown_trace().nodes["w"].grad[0])
    assert not is_hidden_array(own.shown_trace([Quantity("w", "grad")]).nodes["w"].grad[0])
    with pytest.raises(TaskError):
        own.diagnose("1", Quantity("x", "grad"))


def test_a_question_has_room_for_two_thousand_characters() -> None:
    assert Task.from_json({**Task(SEED, asked=X).to_json(), "question": "?" * 2_000}).question == "?" * 2_000
    with pytest.raises(DocumentError):
        Task.from_json({**Task(SEED, asked=X).to_json(), "question": "?" * 2_001})


@pytest.mark.parametrize(
    "change", [{"version": 2}, {"asked": ["nobody", "grad", 0]}, {"graph": {}}, {"more": 1}, {"variant": "step 15"}]
)
def test_a_malformed_task_is_refused(change: dict[str, object]) -> None:
    data = {**Task(SEED, asked=X).to_json(), **change}
    with pytest.raises((DocumentError, TaskError)):
        Task.from_json(data)


def test_numbers_are_named_as_in_code() -> None:
    assert quantities_named(SEED, ["x.grad", "z.data"]) == {X, Quantity("z", "data")}
    assert {each.name_in(SEED) for each in quantities_named(SEED, ["grads"])} == {f"{name}.grad" for name in "xyabz"}
    with pytest.raises(DocumentError, match="no number “q"):
        quantities_named(SEED, ["q.grad"])
