"""vis-network, which draws the graph in a browser, out of the installed pyvis."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyvis


@cache
def vis_network() -> str:
    """Return the script; of several versions that pyvis brings, the latest."""
    found = Path(pyvis.__file__).parent.glob("templates/lib/vis-*/vis-network.min.js")
    latest = max(found, key=lambda path: tuple(map(int, path.parent.name.removeprefix("vis-").split("."))))
    return latest.read_text("utf-8")
