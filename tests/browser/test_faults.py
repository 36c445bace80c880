"""A short part of `make faults`: two tabs at work while the server is killed, the line cut, or a tab asleep."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tools.faults.play import Fault, play

pytestmark = pytest.mark.browser


def test_no_edit_undo_or_command_is_lost_doubled_or_reordered(browser: Browser, tmp_path: Path) -> None:
    faults = [Fault("cut", 2), Fault("reload"), Fault("kill", 1), Fault("sleep", 1), Fault("kill", 3), Fault("reload")]
    assert play(browser, tmp_path, seed=1, events=90, faults=faults, tell=print) >= 90
