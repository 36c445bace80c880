"""What the canvas is made of: its modules, their style sheets, and vis-network out of the installed pyvis."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Final

from components.canvas.modules import Module, as_one_script, read_modules
from components.picture import colour_properties, vis_network
from components.server import ServedFolder
from engine.picture import COLOURS

HERE: Final = Path(__file__).parent
ENTRY: Final = "index.js"
CANVAS: Final = "canvas.js"
VIS: Final = "vis-network.js"
STYLE: Final = "style.css"
WIDGET: Final = "widget.js"
_PAGE_COLOURS: Final = {
    "--st-primary-color": "accent",
    "--st-background-color": "ground",
    "--st-secondary-background-color": "panel",
    "--st-text-color": "text",
}
"""What Streamlit tells the canvas of its page, and our colours in the page of another host."""


@cache
def canvas_modules(entry: str = ENTRY) -> tuple[Module, ...]:
    """Return the modules that an entry needs, each behind those that it imports from."""
    return read_modules(entry, lambda path: (HERE / path).read_text("utf-8"))


@cache
def canvas_folder() -> ServedFolder:
    """Return the canvas as files for a server: its modules as one, vis-network and the style sheet."""
    return ServedFolder("canvas", {CANVAS: canvas_module(), VIS: vis_network(), STYLE: style_sheet()})


def canvas_module() -> str:
    """Return the canvas's modules as one that exports `start`.

    A first visit that asks for each of the seventy by itself takes a fifth longer to the picture (measured).
    """
    return "\n".join([_modules_as_one(), f'export const {{ start }} = modules["{ENTRY}"];', ""])


@cache
def canvas_script() -> str:
    """Return the canvas as one script that starts itself, for a host that serves no files."""
    started = f'modules["{ENTRY}"].start({json.dumps(style_sheet())});'
    return "\n".join([vis_network(), _modules_as_one(), started, "export default function () {}", ""])


@cache
def widget_module() -> str:
    """Return the canvas as one module that exports what anywidget asks for."""
    colours = {theme: {name: COLOURS[theme][own] for name, own in _PAGE_COLOURS.items()} for theme in ("light", "dark")}
    made = f'export default modules["{WIDGET}"].widget({json.dumps(style_sheet())}, {json.dumps(colours)});'
    return "\n".join([vis_network(), as_one_script(canvas_modules(WIDGET)), made, ""])


def style_sheet() -> str:
    """Return the canvas's style: colours, what all share (`canvas.css`, `parts`), then each module by its path."""
    shared = (HERE / "canvas.css", *sorted((HERE / "parts").glob("*.css")))
    own = sorted(path for path in HERE.rglob("*.css") if path not in shared)
    colours = colour_properties(":is(.playground, .lesson-list)")
    return "\n".join([colours, *(path.read_text("utf-8") for path in (*shared, *own))])


def _modules_as_one() -> str:
    return as_one_script(canvas_modules())
