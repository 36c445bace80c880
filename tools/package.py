"""Build the wheel and the sdist, and try the wheel in an environment of its own: `python -m tools.package [--fresh]`.

The wheel is made of the sdist, as those who install from source make it. In the new environment a graph is run, and the
page is served and opened by a browser. The environment borrows the dependencies of the one that runs this, whose
versions are those of requirements.txt; `--fresh` installs them anew.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import sysconfig
import tempfile
import venv
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import launch
from tests.browser.playground import Playground
from tests.browser.server import ROOT, Server


def main() -> int:
    """Build into the folder dist, or another one, and try what was built; raises where anything fails."""
    parser = argparse.ArgumentParser(description="Build the wheel and the sdist, and try the wheel.")
    parser.add_argument("--fresh", action="store_true", help="install the dependencies anew")
    parser.add_argument("--folder", type=Path, default=ROOT / "dist")
    asked = parser.parse_args()
    _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(asked.folder), str(ROOT))
    wheel = max(asked.folder.glob("*.whl"), key=lambda path: path.stat().st_mtime)
    with tempfile.TemporaryDirectory() as folder:
        commands = _installed(wheel, Path(folder) / "environment", asked.fresh)
        _try_run(commands, Path(folder))
        _try_page(commands, Path(folder))
    print(f"{wheel.name} is built, installed and tried.")
    return 0


def _installed(wheel: Path, environment: Path, is_fresh: bool) -> Path:
    """Install the wheel into a new environment, and return the folder of its commands."""
    venv.create(environment, with_pip=True)
    commands = environment / ("Scripts" if os.name == "nt" else "bin")
    pip = (str(commands / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    if is_fresh:
        _run(*pip, "--constraint", str(ROOT / "requirements.txt"), str(wheel))
        return commands
    _run(*pip, "--no-deps", str(wheel))
    (own,) = environment.glob("**/site-packages")
    (own / "borrowed.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return commands


def _try_run(commands: Path, folder: Path) -> None:
    command = (str(commands / "backprop-playground"), "run", "z = x**2 + y**2", "x=2", "y=3", "--json")
    told = json.loads(subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout)
    numbers = {node["name"]: (node["data"], node["grad"]) for node in told["nodes"]}
    assert (numbers["z"], numbers["x"], numbers["y"]) == ((13.0, 1.0), (2.0, 4.0), (3.0, 6.0)), numbers
    program = (
        "import numpy as np; from engine import Variable, square; "
        "x = Variable(np.array(3.0)); square(x).backward(); print(x.grad)"
    )
    done = subprocess.run(
        (str(commands / "python"), "-c", program), cwd=folder, check=True, capture_output=True, text=True
    )
    assert done.stdout == "6.0\n", done.stdout


def _try_page(commands: Path, folder: Path) -> None:
    """Serve the page from a folder in which nothing of the project lies, and open it."""
    command = commands / "backprop-playground"
    with (
        Server(ROOT / "streamlit_app.py", folder / "log.txt", command=command) as server,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        page = Playground(browser.new_page(), server.url).open()
        page.expect_data("z", "13")
        page.expect_grad("x", "4")
        browser.close()
    told = server.log()
    assert "Traceback" not in told, told


def _run(*command: str) -> None:
    subprocess.run(command, check=True, cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main())
