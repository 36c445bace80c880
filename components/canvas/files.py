"""What the canvas is made of: its modules, their style sheets, and vis-network out of the installed pyvis."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Final

import pyvis

from components.canvas.modules import Module, as_one_script, read_modules
from components.picture import colour_properties
from components.server import ServedFolder

HERE: Final = Path(__file__).parent
ENTRY: Final = "index.js"
VIS: Final = "vis-network.js"
STYLE: Final = "style.css"


@cache
def canvas_modules() -> tuple[Module, ...]:
    """Return the modules that the entry needs, each behind those that it imports from."""
    return read_modules(ENTRY, lambda path: (HERE / path).read_text("utf-8"))


@cache
def canvas_folder() -> ServedFolder:
    """Return the canvas as files for a server: every module by its own path, vis-network and the style sheet."""
    modules = {module.path: module.source for module in canvas_modules()}
    return ServedFolder("canvas", {**modules, VIS: _vis_network(), STYLE: style_sheet()})


@cache
def canvas_script() -> str:
    """Return the canvas as one script, made from the same files, for a host that serves none."""
    started = f'modules["{ENTRY}"].start({json.dumps(style_sheet())});'
    return "\n".join([_vis_network(), as_one_script(canvas_modules()), started, "export default function () {}\n"])


def style_sheet() -> str:
    """Return the canvas's style: colours, what all share (`canvas.css`, `parts`), then each module by its path."""
    shared = (HERE / "canvas.css", *sorted((HERE / "parts").glob("*.css")))
    own = sorted(path for path in HERE.rglob("*.css") if path not in shared)
    return "\n".join([colour_properties(".playground"), *(path.read_text("utf-8") for path in (*shared, *own))])


def _vis_network() -> str:
    return next(Path(pyvis.__file__).parent.glob("templates/lib/vis-*/vis-network.min.js")).read_text("utf-8")
