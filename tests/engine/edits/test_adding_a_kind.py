"""A kind of edit is added as CONTRIBUTING says, and mypy fails where one is forgotten."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import Field, TypeAdapter

from engine.document import Strict
from engine.edits import Connect, Event, read_event
from engine.errors import EditError

ROOT = Path(__file__).parents[3]

EXAMPLE = re.search(
    r"## Adding an edit\n.*?```python\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.DOTALL
)

USE = """
from engine.document import Graph, Node
from engine.edits import apply, parse_event, undo_label
flip = parse_event({"type": "flip"})
graph = apply(Graph.of([Node("x", None, "x", 1.0, y=5.0)], []), flip)
print(graph.node("x").y, undo_label(graph, [flip]))
"""


def case_of(kind: str, call: str) -> str:
    return f"        case {kind}():\n            return {call}(graph, event)\n"


LAST_APPLY = case_of("whole_graph.Tidy", "whole_graph.apply_tidy")
LAST_LABEL = case_of("whole_graph.Tidy", "whole_graph.label_tidy")


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} in {path.name}"
    path.write_text(text.replace(old, new), "utf-8")


def type_errors(folder: Path) -> list[str]:
    """Run mypy as the project is checked, on the package of edits alone."""
    command = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), "-p", "engine.edits"]
    done = subprocess.run([*command, "--cache-dir", ".cache"], cwd=folder, capture_output=True, text=True, check=False)
    assert not done.stderr
    return [line for line in done.stdout.splitlines() if ": error: " in line]


def test_mypy_names_each_place_where_a_kind_is_forgotten_and_nothing_else_is_needed(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "engine", tmp_path / "engine", ignore=shutil.ignore_patterns("__pycache__"))
    matter, reducer = (tmp_path / "engine/edits" / name for name in ("nodes.py", "reducer.py"))
    assert EXAMPLE is not None
    matter.write_text(f"{matter.read_text('utf-8')}\n\n{EXAMPLE[1]}", "utf-8")
    replaced(reducer, "    | nodes.Delete\n", "    | nodes.Delete\n    | nodes.Flip\n")
    replaced(reducer, LAST_LABEL, "")
    not_applied, not_labelled = type_errors(tmp_path)
    assert '"assert_never" has incompatible type "Flip"; expected "Never"' in not_applied
    assert '"assert_never" has incompatible type "Flip | Tidy"; expected "Never"' in not_labelled
    assert all("engine/edits/reducer.py" in error for error in (not_applied, not_labelled))

    replaced(reducer, LAST_APPLY, LAST_APPLY + case_of("nodes.Flip", "nodes.apply_flip"))
    label = case_of("whole_graph.Replace", "whole_graph.label_replace")
    replaced(reducer, label, LAST_LABEL + label + case_of("nodes.Flip", "nodes.label_flip"))
    assert type_errors(tmp_path) == []
    done = subprocess.run([sys.executable, "-c", USE], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "-5.0 flip\n"


class Undo(Strict):
    type: Literal["undo"] = "undo"


PAGE_EVENTS: TypeAdapter[Event | Undo] = TypeAdapter(Annotated[Event | Undo, Field(discriminator="type")])


def test_a_page_reads_its_own_commands_together_with_the_edits() -> None:
    assert read_event(PAGE_EVENTS, {"type": "undo"}) == Undo()
    connect = {"type": "connect", "source": "x", "target": "a", "port": 0}
    assert read_event(PAGE_EVENTS, connect) == Connect(source="x", target="a", port=0)
    with pytest.raises(
        EditError, match=r"That edit was not understood: undo\.more: this field is not permitted here\."
    ):
        read_event(PAGE_EVENTS, {"type": "undo", "more": 1})
    with pytest.raises(EditError, match=r"there is no edit of this type\."):
        read_event(PAGE_EVENTS, {"type": "explode"})
