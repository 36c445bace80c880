"""A command is added as CONTRIBUTING says, and mypy fails where its doing is forgotten."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.browser.server import ROOT

EXAMPLE = re.search(r"## Adding a command\n.*?```python\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(), re.DOTALL)
DOING = "        case OpenFirstLesson():\n            playground.open_lesson(0)\n"
USE = """
from tests.components.state.host import Host
host = Host()
host.do({"type": "new"})
host.do({"type": "begin"})
print(host.picture["formula"])
"""


def type_errors(folder: Path) -> list[str]:
    """Run mypy as the project is checked, on the page's state alone."""
    config = ["--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(folder / ".cache")]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *config, "-p", "components.state"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stderr
    return [line for line in done.stdout.splitlines() if ": error: " in line]


def test_a_command_is_one_model_and_one_case(tmp_path: Path) -> None:
    for folder in ("engine", "components", "tests/components/state"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    commands = tmp_path / "components/state/commands.py"
    assert EXAMPLE is not None
    before = commands.read_text("utf-8")
    forgotten = before.replace("\nCommand = (\n", f"\n{EXAMPLE[1]}\n\nCommand = (\n    OpenFirstLesson\n    | ")
    commands.write_text(forgotten, "utf-8")
    (error,) = type_errors(tmp_path)
    assert "components/state/commands.py" in error
    assert '"assert_never" has incompatible type "OpenFirstLesson"; expected "Never"' in error

    commands.write_text(forgotten.replace("        case Undo():\n", f"{DOING}        case Undo():\n"), "utf-8")
    assert type_errors(tmp_path) == []
    done = subprocess.run([sys.executable, "-c", USE], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "z = x ** 2 + y ** 2\n"
