"""A short part of `make fuzz`, from fixed seeds."""

from __future__ import annotations

import pytest

from tools.fuzz import __main__ as fuzz
from tools.fuzz import by_hand


@pytest.mark.parametrize("seed", range(1, 7))
def test_random_events_by_hand_with_every_panel_open_raise_nothing(seed: int) -> None:
    assert by_hand.play(seed, 100) is None


def test_a_fault_is_found_and_told_with_its_seed_and_event(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("components.panels.paths.PathFinder", lambda *_: 1 / 0)
    monkeypatch.setattr("sys.argv", ["fuzz", "--seed", "3", "--size", "200"])
    assert fuzz.main() == 1
    told = capsys.readouterr().out
    assert told.startswith("seed 3, event ")
    assert "ZeroDivisionError" in told
