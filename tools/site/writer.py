"""Write the site: each file below a path that changes with its content, so that a browser asks for it once."""

from __future__ import annotations

import hashlib
import html
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from typing import Any, Final

from components.canvas import page_style, service_worker, site_files
from components.manifest import icon_files, manifest
from components.site import needs_script
from engine.lessons import ADDED
from engine.messages import ENGLISH, browser_messages, languages, using_language
from engine.picture import COLOURS
from tools.site.packages import laid_out
from tools.site.pyodide import Pyodide
from tools.site.python_archive import FROM_PYODIDE, LESSONS_FOLDER, ROOT, python_files, zipped

DEFLATED: Final = ".deflated"
"""As `components/canvas/site/fetching.js` reads it: no host compresses such a file once more, or undoes it."""

_HOME: Final = ROOT / "components/site"
_POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'wasm-unsafe-eval'",  # Python is WebAssembly; no text of the page is ever run
        "style-src 'self' 'unsafe-inline'",  # vis-network writes styles into the page as it goes
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "worker-src 'self'",
        "frame-src 'self'",  # the pages of a worksheet, before they are printed
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)
_HASH_CHARACTERS: Final = 12
PYTHON_HOME: Final = "/playground"
"""Where the page's worker puts all Python, as `components/canvas/site/worker.js` names it."""
_WEB_ASSEMBLY: Final = (".wasm", ".so")
_PACKAGES: Final = "packages.zip"


@dataclass
class Written:
    """Hold what has been written, by paths in the site's folder."""

    folder: Path
    lasting: list[str] = field(default_factory=list)

    def group(self, name: str, files: Mapping[str, bytes]) -> str:
        """Write files into a folder whose name holds their hash; return that folder's path."""
        digest = hashlib.sha256()
        for path, content in sorted(files.items()):
            digest.update(f"{path}\0{len(content)}\0".encode() + content)
        home = f"{name}-{digest.hexdigest()[:_HASH_CHARACTERS]}"
        for path, content in sorted(files.items()):
            self.single(f"{home}/{path}", content)
            self.lasting.append(f"{home}/{path}")
        return home

    def single(self, path: str, content: bytes) -> None:
        """Write one file."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def write_site(folder: Path, pyodide: Pyodide | None, lessons: Path | None = None) -> None:
    """Write the site into an empty folder; without a Pyodide, all but what runs Python. Raises SiteError."""
    written = Written(folder)
    codes = [code for code in languages() if code != ENGLISH]
    said = {f"messages/{code}.json": _json(browser_messages(code)) for code in codes}
    shown = {name: text.encode() for name, text in site_files().items()} | {"page.css": _style()} | said
    canvas = written.group("canvas", shown)
    site: dict[str, Any] = {
        "worker": f"{canvas}/worker.js",
        "serviceWorker": "service_worker.js",
        "messages": {code: f"{canvas}/messages/{code}.json" for code in codes},
        "languages": list(languages()),
        "python": _write_python(written, pyodide, lessons),
    }
    icons = written.group("icons", icon_files())
    manifest_text = manifest(icons).encode()
    site["version"] = hashlib.sha256("\0".join([*written.lasting, json.dumps(site)]).encode()).hexdigest()[:16]
    written.single("manifest.webmanifest", manifest_text)
    written.single("index.html", _page(canvas, icons, site).encode())
    changing = ["./", "manifest.webmanifest"]
    written.single("service_worker.js", service_worker(site["version"], written.lasting, changing).encode())


def _write_python(written: Written, pyodide: Pyodide | None, lessons: Path | None) -> dict[str, Any]:
    archive = zipped(python_files(lessons))
    environment = {} if lessons is None else {ADDED: f"{PYTHON_HOME}/{LESSONS_FOLDER}"}
    home = written.group("python", {"playground.zip": archive})
    told: dict[str, Any] = {
        "pyodide": "",
        "factory": "",
        "core": [],
        "libraries": [],
        "packages": [],
        "archive": {"path": f"{home}/playground.zip", "bytes": len(archive)},
        "environment": environment,
    }
    if pyodide is None:
        return told
    read = {**pyodide.read, "pyodide-lock.json": pyodide.short_lock}
    core = _write_files(written, "pyodide", read, pyodide.scripts)
    packages = laid_out(pyodide.wheel(name)[1] for name in FROM_PYODIDE)
    built = _write_files(written, "packages", {**packages.libraries, _PACKAGES: zipped(packages.others)})
    return {
        **told,
        "pyodide": f"{core.home}/",
        "factory": pyodide.factory,
        "core": [core.told[name] for name in read],
        "libraries": [{**built.told[path], "place": f"{PYTHON_HOME}/{path}"} for path in packages.libraries],
        "packages": [built.told[_PACKAGES]],
    }


@dataclass(frozen=True)
class _Group:
    home: str
    told: Mapping[str, Mapping[str, Any]]
    """What the page is told of each file that is read, by its name."""


def _write_files(
    written: Written, name: str, read: Mapping[str, bytes], scripts: Mapping[str, bytes] | None = None
) -> _Group:
    """Write files that are read as they are, WebAssembly deflated, and scripts."""
    deflated = {path for path in read if path.endswith(_WEB_ASSEMBLY)}
    files = {path + DEFLATED if path in deflated else path: content for path, content in read.items()}
    packed = {path: zlib.compress(each, 9) if path.endswith(DEFLATED) else each for path, each in files.items()}
    home = written.group(name, {**(scripts or {}), **packed})
    return _Group(
        home,
        {
            path: {"path": f"{home}/{path}", "bytes": len(content), **({"deflated": True} if path in deflated else {})}
            for path, content in read.items()
        },
    )


def _page(canvas: str, icons: str, site: Mapping[str, Any]) -> str:
    template = Template((_HOME / "index.html").read_text("utf-8"))
    # A data block ends at the first "</script", whatever it holds.
    told = json.dumps(site, ensure_ascii=False).replace("<", "\\u003c")
    return template.substitute(
        policy=_POLICY,
        accent=COLOURS["light"]["accent"],
        canvas=canvas,
        icons=icons,
        site=told,
        noscript="<br>".join(_needs_script(code) for code in languages()),
    )


def _needs_script(code: str) -> str:
    with using_language(code):
        return f'<span lang="{code}">{html.escape(needs_script())}</span>'


def _style() -> bytes:
    """Return the style around the canvas, with the colours that Streamlit has on a server."""
    return (page_style() + (_HOME / "page.css").read_text("utf-8")).encode()


def _json(told: object) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode()
