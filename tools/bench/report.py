"""Print a table of figures beside their budgets, and write it into docs/benchmark_page.md."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final, TypeAlias

Row: TypeAlias = tuple[str, float, float, str]
"""What was measured, the figure, its budget and the unit; "a second" is to be reached, all else not to be exceeded."""

PAGE: Final = "The page"
CLASS: Final = "A class"
_PATH: Final = Path(__file__).parents[2] / "docs" / "benchmark_page.md"
_ABOUT: Final = {
    PAGE: "By `python -m tools.bench`, in Chromium. × is beside a bare component app, measured in the same run;"
    " both stand in brackets.",
    CLASS: "By `python -m tools.bench_class`: students without browsers, who speak the page's protocol. The figures are"
    " this machine's.",
}
_HEAD: Final = """# The page and a class, measured

`make bench` and `make bench-class` write this file, each its own part.
"""


def is_missed(row: Row) -> bool:
    """Return whether a figure is not within its budget."""
    _, figure, budget, unit = row
    return not (figure >= budget if unit == "a second" else figure <= budget)


def report(rows: Sequence[Row], part: str, *, kept: bool = True) -> int:
    """Print the rows, and keep them as a part of the file; return 1 if a budget was missed."""
    for row in rows:
        what, figure, budget, unit = row
        print(f"{what:<78} {figure:8.4g} {unit:<9} budget {budget:<6.5g} {'MISSED' if is_missed(row) else 'ok'}")
    if kept:
        known = _PATH.read_text("utf-8") if _PATH.exists() else ""
        _PATH.write_text(_with_part(known, part, rows), "utf-8")
    return int(any(map(is_missed, rows)))


def _with_part(text: str, part: str, rows: Sequence[Row]) -> str:
    """Return the file's text with one part replaced, or added."""
    parts = dict(re.findall(r"^## (.+?)\n\n(.*?)(?=\n## |\Z)", text, re.MULTILINE | re.DOTALL))
    parts[part] = _written(part, rows)
    known = {each: parts[each].rstrip() + "\n" for each in _ABOUT if each in parts}
    return "\n".join([_HEAD, *(f"## {each}\n\n{told}" for each, told in known.items())])


def _commit() -> str:
    """Return which commit is measured, where that is known."""
    asked = ["git", "describe", "--always", "--dirty"]
    try:
        found = subprocess.run(asked, cwd=_PATH.parent, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return f", commit {found.stdout.strip()}"


def _written(part: str, rows: Sequence[Row]) -> str:
    versions = f"Python {platform.python_version()}, Streamlit {version('streamlit')}"
    machine = f"{os.cpu_count()} cores, {versions}{_commit()}."
    lines = [f"{_ABOUT[part]} {machine}", "", "|  | measured | budget |  |", "| --- | ---: | ---: | --- |"]
    for row in rows:
        what, figure, budget, unit = row
        sign = "≥" if unit == "a second" else "≤"
        short = unit.split()[0] if unit.startswith("×") else unit
        verdict = "**missed**" if is_missed(row) else "ok"
        lines.append(f"| {what} | {figure:.4g} {short} | {sign} {budget:g} {short} | {verdict} |")
    return "\n".join(lines)
