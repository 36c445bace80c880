"""The canvas: a bidirectional component that shows a picture and hands back what hands did.

It comes in two halves, since Streamlit sends a component's JavaScript along with every message of that component:
the library half (vis-network out of the installed pyvis, the canvas's own modules) has no data, so the same bytes
are sent once a page; the mounting half carries the data and a few lines.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pyvis
import streamlit as st

_HERE = Path(__file__).parent
# In order of import: a module stands after those that it imports from.
_MODULES = (
    *("parts/dom", "model/block_model", "model/picture", "model/outbox", "model/storage", "drawing/view"),
    *("drawing/drawing", "drawing/blocks", "drawing/framing", "drawing/overlay"),
    *("gestures/palette", "panels/node_table", "parts/notice", "parts/clipboard"),
    *("parts/dialog", "gestures/search", "gestures/edits", "gestures/wiring", "gestures/value_editor"),
    *("gestures/gestures", "gestures/keys", "gestures/toolbar", "gestures/file_drop", "model/restore"),
    *("parts/theme", "parts/math", "panels/stepper", "panels/step_bar", "drawing/flow", "panels/steps_panel"),
    *("panels/paths", "panels/check", "descent/contour", "descent/plot", "descent/output_chart"),
    *("descent/rate_fields", "descent/panel", "panels/code", "panels/formula_bar", "panels/panels"),
    *("panels/variant_bar", "canvas", "index"),
)
_SHEETS = ("canvas", "blocks", "descent")
_IMPORT = re.compile(r'^import (\{[^}]*\}) from "(\.[\w./]+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:class|const|function) (\w+))", re.MULTILINE)

KEY = "canvas"


def mount_library() -> None:
    """Send the browser what the canvas is made of; outside of any fragment, so that an edit does not send it again."""
    _library()(key="canvas-library", height="content")


def mount_canvas(message: Mapping[str, Any], on_outbox: Callable[[], None]) -> None:
    """Show a message on the canvas; `on_outbox` is called when the browser hands over events.

    The events are then in `st.session_state["canvas"]["outbox"]`, as they came: nothing in them is checked yet.
    """
    # As bytes: Streamlit would walk and write a dict several times over, and let a NaN through that blanks the page.
    data = json.dumps(message, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    _mounted()(key=KEY, data=data, on_outbox_change=on_outbox, height="stretch")


def library_source() -> str:
    """Return the library half as one script: vis-network, the style sheet, and the canvas's modules.

    A component's script is a single text and can import nothing of its own, so the modules are joined here.
    """
    vis = next(Path(pyvis.__file__).parent.glob("templates/lib/vis-*/vis-network.min.js"))
    sheets = "\n".join((_HERE / f"{name}.css").read_text("utf-8") for name in _SHEETS)
    style = f"const STYLE_SHEET = {json.dumps(sheets)};"
    modules = [_joined(name, (_HERE / f"{name}.js").read_text("utf-8")) for name in _MODULES]
    return "\n".join(
        [vis.read_text("utf-8"), style, "const modules = {};", *modules, "export default function () {}\n"]
    )


def _joined(name: str, source: str) -> str:
    """Return an ES module as a function of its own scope that puts its exports into `modules`."""
    exported = ", ".join(_EXPORT.findall(source))
    folder = posixpath.dirname(name)

    def taken(match: re.Match[str]) -> str:
        return f'const {match[1]} = modules["{posixpath.normpath(posixpath.join(folder, match[2]))}"];'

    body = _EXPORT.sub("", _IMPORT.sub(taken, source))
    return f'modules["{name}"] = (() => {{\n{body}\nreturn {{ {exported} }};\n}})();'


@cache
def _library() -> Any:
    return st.components.v2.component("backprop_playground_library", js=library_source())


@cache
def _mounted() -> Any:
    return st.components.v2.component(
        "backprop_playground_canvas",
        js=(_HERE / "mount.js").read_text("utf-8"),
    )
