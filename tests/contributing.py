"""The examples of CONTRIBUTING, which tests perform, so that they stay true."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def example_of(title: str, language: str = "python") -> str:
    """Return the first example in a language below a title; there must be one."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    section = text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    found = re.search(rf"```{language}\n(.*?)```", section, re.DOTALL)
    assert found is not None, f"{title}: no example in {language}"
    return found[1]
