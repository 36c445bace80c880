"""An edit and a command are added as CONTRIBUTING says, and mypy names each place where one is forgotten."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.contributing import ROOT, example_of

USE = """
from tests.components.state.host import Host
host = Host()
host.do({"type": "new"})
host.do({"type": "begin"})
print(host.picture["formula"])
before = host.session.playground.graph.node("n1").y
host.do({"type": "flip"})
print(host.session.playground.graph.node("n1").y == -before != 0, host.message["undo"])
"""


def case_of(kind: str, call: str) -> str:
    return f"        case {kind}():\n            return {call}(graph, event)\n"


LAST_APPLY = case_of("whole_graph.Tidy", "whole_graph.apply_tidy")
LAST_LABEL = case_of("whole_graph.Tidy", "whole_graph.label_tidy")
LABEL_BEFORE = case_of("whole_graph.Replace", "whole_graph.label_replace")


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} in {path.name}"
    path.write_text(text.replace(old, new), "utf-8")


def type_errors(folder: Path) -> list[str]:
    """Run mypy as the project is checked, on the page's state and so on the edits."""
    config = ["--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", ".cache"]
    command = [sys.executable, "-m", "mypy", *config, "-p", "components.state", "-p", "engine.edits"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert not done.stderr
    return sorted(line for line in done.stdout.splitlines() if ": error: " in line)


def test_mypy_names_each_place_where_one_is_forgotten_and_nothing_else_is_needed(tmp_path: Path) -> None:
    for folder in ("engine", "components", "tests/components/state"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    commands = tmp_path / "components/state/commands.py"
    matter, reducer = (tmp_path / "engine/edits" / name for name in ("nodes.py", "reducer.py"))
    matter.write_text(f"{matter.read_text('utf-8')}\n\n{example_of('Adding an edit')}", "utf-8")
    replace(reducer, "    | nodes.Delete\n", "    | nodes.Delete\n    | nodes.Flip\n")
    replace(reducer, LAST_LABEL, "")
    replace(
        commands, "\nCommand = (\n", f"\n{example_of('Adding a command')}\n\nCommand = (\n    OpenFirstLesson\n    | "
    )
    not_carried_out, not_applied, not_labelled = type_errors(tmp_path)
    assert "components/state/commands.py" in not_carried_out
    assert '"assert_never" has incompatible type "OpenFirstLesson"; expected "Never"' in not_carried_out
    assert '"assert_never" has incompatible type "Flip"; expected "Never"' in not_applied
    assert '"assert_never" has incompatible type "Flip | Tidy"; expected "Never"' in not_labelled
    assert all("engine/edits/reducer.py" in error for error in (not_applied, not_labelled))

    replace(reducer, LAST_APPLY, LAST_APPLY + case_of("nodes.Flip", "nodes.apply_flip"))
    replace(reducer, LABEL_BEFORE, LAST_LABEL + LABEL_BEFORE + case_of("nodes.Flip", "nodes.label_flip"))
    doing = "        case OpenFirstLesson():\n            playground.open_lesson(0)\n"
    replace(commands, "        case Undo():\n", f"{doing}        case Undo():\n")
    assert type_errors(tmp_path) == []
    done = subprocess.run([sys.executable, "-c", USE], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "z = x ** 2 + y ** 2\nTrue flip\n"
