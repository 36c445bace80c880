"""A short part of `make fuzz`, from fixed seeds."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import pytest

from engine.errors import PlaygroundError
from engine.formula.script import ScriptReader
from tools.fuzz import __main__ as fuzz
from tools.fuzz import border, by_hand


@pytest.mark.parametrize("seed", range(1, 7))
def test_random_events_by_hand_with_every_panel_open_raise_nothing(seed: int) -> None:
    assert by_hand.play(seed, 100) is None


@pytest.mark.parametrize("seed", range(1, 7))
def test_what_comes_from_outside_opens_or_is_refused_in_a_sentence_and_nothing_of_it_runs(seed: int) -> None:
    assert border.probe(seed, 40, seconds=None) is None


def test_a_fault_is_found_and_told_with_its_seed_and_event(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("components.panels.paths.PathFinder", lambda *_: 1 / 0)
    monkeypatch.setattr("sys.argv", ["fuzz", "--seed", "3", "--size", "200"])
    assert fuzz.main() == 1
    told = capsys.readouterr().out
    assert told.startswith("seed 3, event ")
    assert "ZeroDivisionError" in told


def test_a_fault_at_the_border_is_found_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.formula.script.ScriptReader.read", lambda *_: 1 / 0)
    failure = border.probe(1, 200, seconds=None)
    assert failure is not None
    assert "ZeroDivisionError" in failure.message
    monkeypatch.undo()
    read = ScriptReader.read
    monkeypatch.setattr(ScriptReader, "read", lambda *given: exec("pass") or read(*given))
    failure = border.probe(1, 200, seconds=None)
    assert failure is not None
    assert "it ran" in failure.message


def test_a_refused_text_that_ran_is_found_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def run_and_refuse(*_: object) -> None:
        exec("pass")
        raise PlaygroundError("This is refused.")

    monkeypatch.setattr("engine.formula.script.ScriptReader.read", run_and_refuse)
    failure = border.probe(1, 200, seconds=None)
    assert failure is not None
    assert "it ran" in failure.message


def test_what_python_loads_lazily_while_a_text_is_read_is_no_text_that_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    read = ScriptReader.read

    def load_and_read(*given: Any) -> Any:
        importlib.import_module("tabnanny")
        return read(*given)

    monkeypatch.delitem(sys.modules, "tabnanny", raising=False)
    monkeypatch.setattr(ScriptReader, "read", load_and_read)
    assert border.probe(1, 40, seconds=None) is None
    assert "tabnanny" in sys.modules  # it was loaded while a text was read
