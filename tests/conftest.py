"""One profile for Hypothesis: no test hangs on the clock, and in CI every run draws the same."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("playground", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("playground")
