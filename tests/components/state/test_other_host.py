"""A host that has no Streamlit: the same page, driven by `receive` and `message` alone."""

from __future__ import annotations

import subprocess
import sys

from tests.browser.server import ROOT


def test_a_class_is_played_where_streamlit_cannot_be_imported() -> None:
    played = subprocess.run(
        [sys.executable, "-m", "tests.components.state.play_a_class"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert played.returncode == 0, played.stderr
    assert played.stdout.splitlines()[-1] == "The class was played."
