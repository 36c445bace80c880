"""Work under faults from a seed: `python -m tools.faults --seed 1 --events 1000`; about half an hour.

SIGKILL of the server, cuts of 5 s, 60 s, 140 s and 5 min, reloads, two tabs, sleep: ends with an error at the first
edit, undo or command that is lost, doubled or reordered.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests.browser.chromium import launch
from tools.faults.play import plan, play

CUTS = (5, 60, 140, 300)
EVENTS_A_FAULT = 25
PATIENCE = 60_000
"""Milliseconds until a page has to show what it is to show: a machine may do other things beside."""


def main() -> None:
    """Play, and tell after each fault how far it has come."""
    parser = argparse.ArgumentParser(prog="tools.faults", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--events", type=int, default=1000, help="how many edits, undos and commands")
    parser.add_argument("--cuts", type=float, nargs="*", default=CUTS, help="how long the line is cut, in seconds")
    chosen = parser.parse_args()
    faults = plan(random.Random(chosen.seed), chosen.events // EVENTS_A_FAULT, chosen.cuts)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = launch(playwright)
        done = play(browser, Path(folder), seed=chosen.seed, events=chosen.events, faults=faults, tell=print)
        browser.close()
    print(f"{done} edits, undos and commands under {len(faults)} faults, seed {chosen.seed}: none lost.")


if __name__ == "__main__":
    main()
