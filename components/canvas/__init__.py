"""The canvas: a bidirectional component that shows a picture and hands back what hands did.

It comes in two halves, since Streamlit sends a component's JavaScript along with every message of that component:
the library half (vis-network out of the installed pyvis, the canvas's own modules) has no data, so the same bytes
are sent once a page; the mounting half carries the data and a few lines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pyvis
import streamlit as st

_HERE = Path(__file__).parent
# In order of import: a module stands after those that it imports from.
_MODULES = [
    "dom",
    "model",
    "outbox",
    "memory",
    "view",
    "drawing",
    "overlay",
    "palette",
    "table",
    "notice",
    "wiring",
    "editor",
    "gestures",
    "keys",
    "canvas",
    "index",
]
_IMPORT = re.compile(r"^import\s[^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export\s+", re.MULTILINE)

KEY = "canvas"


def mount_canvas(message: Mapping[str, Any], on_outbox: Callable[[], None]) -> None:
    """Show a message on the canvas; `on_outbox` is called when the browser hands over events.

    The events are then in `st.session_state["canvas"]["outbox"]`, as they came: nothing in them is checked yet.
    """
    _library()(key="canvas-library", height="content")
    _mounted()(key=KEY, data=dict(message), on_outbox_change=on_outbox, height="stretch")


def library_source() -> str:
    """Return the library half: vis-network, the style sheet, then the canvas's modules joined into one.

    A component's script is a single text, so the modules' imports of each other are taken out.
    """
    vis = next(Path(pyvis.__file__).parent.glob("templates/lib/vis-*/vis-network.min.js"))
    modules = [_EXPORT.sub("", _IMPORT.sub("", (_HERE / f"{name}.js").read_text("utf-8"))) for name in _MODULES]
    style = f"const STYLE_SHEET = {json.dumps((_HERE / 'canvas.css').read_text('utf-8'))};"
    return "\n".join([vis.read_text("utf-8"), style, *modules, "export default function () {}\n"])


@cache
def _library() -> Any:
    return st.components.v2.component("backprop_playground_library", js=library_source())


@cache
def _mounted() -> Any:
    return st.components.v2.component(
        "backprop_playground_canvas",
        js=(_HERE / "mount.js").read_text("utf-8"),
    )
