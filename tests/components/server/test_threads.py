"""NumPy's products of matrices take one thread, also where the page is served by plain `streamlit run`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.server import ROOT, Server

NAMES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
THREADS = """
import components, numpy as np, psutil
np.ones((300, 300)) @ np.ones((300, 300))
print(psutil.Process().num_threads())
"""


def environment(**more: str) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in NAMES} | more


def threads(**more: str) -> int:
    """Return how many threads a process has that multiplies matrices."""
    ran = subprocess.run(
        [sys.executable, "-c", THREADS], cwd=ROOT, env=environment(**more), capture_output=True, text=True, check=True
    )
    return int(ran.stdout)


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one core has one thread anyway")
def test_a_product_of_matrices_takes_one_thread_unless_somebody_has_said_otherwise() -> None:
    assert threads() == 1
    assert threads(OPENBLAS_NUM_THREADS="2") > 1


def test_a_served_page_says_so_before_numpy_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    script, seen = tmp_path / "page.py", tmp_path / "seen.txt"
    script.write_text(
        f"import sys\nbefore = 'numpy' in sys.modules\nimport os\n{(ROOT / 'streamlit_app.py').read_text('utf-8')}\n"
        f"open({str(seen)!r}, 'w').write(f\"{{before}} {{os.environ['OPENBLAS_NUM_THREADS']}}\")\n",
        "utf-8",
    )
    with Server(script, tmp_path / "server.log"):
        assert seen.read_text() == "False 1"
