"""No slice ends here by the clock: a slow machine does not change what a test sees."""

from __future__ import annotations

import math

import pytest


@pytest.fixture(autouse=True)
def endless_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do all the work before each answer; tests of slices count pieces instead."""
    monkeypatch.setattr("components.state.slices.SLICE_SECONDS", math.inf)
