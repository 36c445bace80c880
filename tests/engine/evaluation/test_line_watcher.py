from __future__ import annotations

import sys

from engine.autograd import Function, Variant, sweep
from engine.evaluation import evaluate, listing_of, watching
from tests.engine.built import FORK, SEED


def texts(step_index: int, **options: object) -> list[str]:
    step = evaluate(SEED, watched=True, **options).steps[step_index]  # type: ignore[arg-type]
    source = listing_of(Function.__call__ if step.kind == "forward" else sweep)
    return [source.lines[line - source.first].strip() for line in step.lines]


def test_the_source_is_the_engines_own_without_its_docstring() -> None:
    source = listing_of(sweep)
    assert source.lines[0].startswith("def sweep(")
    assert any("while funcs" in line for line in source.lines)
    assert not any('"""' in line for line in source.lines)


def test_forward_runs_the_call() -> None:
    assert "ys = self.forward(*xs)" in texts(0)


def test_the_seed_runs_what_stands_before_the_loop() -> None:
    lines = texts(3)
    assert lines[0].startswith("funcs = ")
    assert "send(output, gy)" in lines
    assert not any(line.startswith("while") for line in lines)


def test_a_visit_runs_the_loop_once_and_brings_to_each_input() -> None:
    lines = texts(4)
    assert lines[0].startswith("while funcs")
    assert sum(line.startswith("x._grad = ") for line in lines) == 2
    assert lines.count("send(x, gx)") == 2


def test_nothing_is_recorded_unless_asked_for() -> None:
    assert all(step.lines == () == step.waiting for step in evaluate(SEED).steps)


def test_the_work_list_holds_the_next_one_last() -> None:
    def lists(variant: Variant) -> list[tuple[str, ...]]:
        steps = evaluate(FORK, variant=variant, watched=True).steps
        return [step.waiting for step in steps if step.kind != "forward"]

    assert lists(Variant.STEP_16) == [("y",), ("c", "b"), ("a", "c"), ("a",), ()]
    assert lists(Variant.STEP_14) == [("y",), ("b", "c"), ("b", "a"), ("b",), ("a",), ()]


def test_who_was_watching_before_goes_on() -> None:
    def debugger(*_: object) -> None:
        return None

    before = sys.gettrace()
    sys.settrace(debugger)
    try:
        with watching(sweep):
            pass
        assert sys.gettrace() is debugger
    finally:
        sys.settrace(before)
