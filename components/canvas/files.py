"""What the canvas is made of: its modules, their style sheets, and vis-network out of the installed pyvis."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from components.canvas.modules import Module, as_one_script, read_modules
from components.manifest import icon_files, manifest
from components.picture import colour_properties, constant_part, vis_network
from components.server import ServedFolder
from engine.messages import languages, using_language
from engine.picture import COLOURS, Theme

HERE: Final = Path(__file__).parent
ENTRY: Final = "index.js"
CANVAS: Final = "canvas.js"
VIS: Final = "vis-network.js"
STYLE: Final = "style.css"
LOADING: Final = "loading.js"
AWAY_LOADING: Final = "away_loading.js"
MANIFEST: Final = "app.webmanifest"
WIDGET: Final = "widget.js"
SITE: Final = "site.js"
WORKER: Final = ("site/worker.js", "site/fetching.js", "site/kept_memory.js", "site/pyodide.js")
"""What the browser loads by itself where Python runs in it; the first is the worker."""
SERVICE_WORKER: Final = "site/service_worker.js"
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
    """Return the canvas as files for a server.

    Its modules as one, vis-network, the style, what every picture in a language holds, and what takes them in.
    """
    constant = {constant_file(code): _constant_part_in(code) for code in languages()}
    loading = {name: (HERE / name).read_text("utf-8") for name in (LOADING, AWAY_LOADING)}
    files = {CANVAS: canvas_module(), VIS: vis_network(), STYLE: style_sheet(), **loading}
    return ServedFolder("canvas", {**files, **constant})


def canvas_lines(language: str, first: str = "", speaks: str = "") -> list[str]:
    """Return what a page says, so that a browser has the canvas's files before anybody asks for them.

    They come behind what Streamlit's page needs to begin with; but where the picture with which it begins is known,
    which stands at `first`, they come before that. A browser shows it where its own language begins with `speaks`.
    """
    path = f"./{canvas_folder().path}"
    constant = constant_file(language)
    told = f'data-constant="{constant}"' + (f' data-first="{first}" data-speaks="{speaks}"' if first else "")
    order, priority = ("async", "high") if first else ("", "low")
    modules = [f"{path}{name}" for name in (VIS, CANVAS)]
    texts = [f"{path}{STYLE}", f"{path}{constant}", *([first] if first else [])]
    return [
        f'<script type="module" {order} crossorigin src="{path}{LOADING}" {told}></script>',
        *(f'<link rel="modulepreload" crossorigin fetchpriority="{priority}" href="{each}">' for each in modules),
        *(f'<link rel="preload" as="fetch" crossorigin fetchpriority="{priority}" href="{each}">' for each in texts),
    ]


def app_lines() -> list[str]:
    """Return what a page says, so that a tablet can install it."""
    path = f"./{app_folder().path}"
    return [
        f'<link rel="manifest" href="{path}{MANIFEST}">',
        f'<link rel="apple-touch-icon" href="{path}icon-192.png">',
    ]


def constant_file(language: str) -> str:
    """Return the name of the file with what every picture in a language holds."""
    return f"picture.{language}.json"


@cache
def app_folder() -> ServedFolder:
    """Return what a tablet asks for that installs the page: its manifest and icons."""
    return ServedFolder("app", {MANIFEST: manifest(".", "../../"), **icon_files()})


def canvas_module() -> str:
    """Return the canvas's modules as one that exports `start`, and `showAway` for a page whose server is away.

    A first visit that asks for each of the seventy by itself takes a fifth longer to the picture (measured).
    """
    return "\n".join([_modules_as_one(), f'export const {{ start, showAway }} = modules["{ENTRY}"];', ""])


def _constant_part_in(language: str) -> str:
    with using_language(language):
        return json.dumps(constant_part(), ensure_ascii=False, separators=(",", ":"))


@cache
def canvas_script() -> str:
    """Return the canvas as one script that starts itself, for a host that serves no files."""
    started = f'modules["{ENTRY}"].start({json.dumps(style_sheet())});'
    return "\n".join([vis_network(), _modules_as_one(), started, "export default function () {}", ""])


@cache
def widget_module() -> str:
    """Return the canvas as one module that exports what anywidget asks for."""
    made = f'export default modules["{WIDGET}"].widget({json.dumps(style_sheet())}, {json.dumps(page_colours())});'
    return "\n".join([vis_network(), as_one_script(canvas_modules(WIDGET)), made, ""])


def site_files() -> dict[str, str]:
    """Return the canvas as files of a page without a server: one script that starts itself, the worker's, the style."""
    script = "\n".join([vis_network(), as_one_script(canvas_modules(SITE)), f'modules["{SITE}"].start();', ""])
    workers = {path.rpartition("/")[2]: (HERE / path).read_text("utf-8") for path in WORKER}
    return {SITE: script, **workers, STYLE: style_sheet()}


def service_worker(version: str, lasting: Sequence[str], changing: Sequence[str]) -> str:
    """Return the script that keeps a page without a server in the browser: all files of a version, by their paths.

    `lasting` paths hold their content's hash; of the `changing` ones the first is the page.
    """
    site = json.dumps({"version": version, "lasting": list(lasting), "changing": list(changing)})
    return f"globalThis.site = {site};\n{(HERE / SERVICE_WORKER).read_text('utf-8')}"


def page_style(selector: str = ":root") -> str:
    """Return the rules that give a page that is not Streamlit's, or a part of one, the colours of Streamlit's."""
    face = '--st-font: "Source Sans 3", "Source Sans Pro", system-ui, sans-serif; '
    rules = f"{selector} {{ color-scheme: light dark; {face}{_variables('light')}}}\n"
    return rules + f"@media (prefers-color-scheme: dark) {{ {selector} {{ {_variables('dark')}}} }}\n"


def _variables(theme: Theme) -> str:
    return "".join(f"{name}: {colour}; " for name, colour in page_colours()[theme].items())


def page_colours() -> dict[Theme, dict[str, str]]:
    """Return, by theme, what Streamlit tells the canvas of its page, for a page that is not Streamlit's."""
    themes: tuple[Theme, ...] = ("light", "dark")
    return {theme: {name: COLOURS[theme][own] for name, own in _PAGE_COLOURS.items()} for theme in themes}


def style_sheet() -> str:
    """Return the canvas's style: colours, what all share (`canvas.css`, `parts`), then each floor's files by name."""
    shared = (HERE / "canvas.css", *sorted((HERE / "parts").glob("*.css")))
    own = sorted((path for path in HERE.rglob("*.css") if path not in shared), key=_floor_and_name)
    colours = colour_properties(":is(.playground, .lesson-list)")
    return "\n".join([colours, *(path.read_text("utf-8") for path in (*shared, *own))])


def _floor_and_name(path: Path) -> tuple[str, str]:
    # Not by the whole path: what a style overrides is not to depend on the folder that its file is in.
    return path.relative_to(HERE).parts[0], path.name


def _modules_as_one() -> str:
    return as_one_script(canvas_modules())
