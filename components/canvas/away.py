"""What an installed page shows while its server is away, and the script that has the browser show it."""

from __future__ import annotations

import hashlib
import html
import json
from functools import cache
from string import Template
from typing import TYPE_CHECKING, Final

from components.canvas.files import AWAY_LOADING, CANVAS, HERE, STYLE, VIS, canvas_folder, page_style
from components.canvas.mounting import AWAY
from components.server import ServedFolder
from engine.messages import languages, mark, say, using_language

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

WORKER_PATH: Final = "service_worker.js"
"""Beside the page: a browser lets a script keep no more than what lies below it."""
_PAGE: Final = "page.html"
_WITHOUT_GRAPH: Final = mark("The server does not answer. The page opens when it is back.")
_HASH_CHARACTERS: Final = 16


@cache
def away_folder() -> ServedFolder:
    """Return the page that stands there while the server is away, as a folder for the server."""
    template = Template((HERE / "away_page.html").read_text("utf-8"))
    page = template.substitute(
        style=page_style(),
        loading=canvas_folder().path + AWAY_LOADING,
        graph=_in_every_language(AWAY),
        nothing=_in_every_language(_WITHOUT_GRAPH),
    )
    return ServedFolder("away", {_PAGE: page})


@cache
def away_worker() -> str:
    """Return the script that keeps that page, and what it needs, in a browser."""
    page = away_folder().path + _PAGE
    files = [page, *(canvas_folder().path + name for name in (AWAY_LOADING, CANVAS, VIS, STYLE))]
    source = (HERE / "away_worker.js").read_text("utf-8")
    version = hashlib.sha256("\0".join([*files, source]).encode()).hexdigest()[:_HASH_CHARACTERS]
    return f"globalThis.away = {json.dumps({'version': version, 'page': page, 'files': files})};\n{source}"


def away_routes() -> list[Route]:
    """Return the routes that serve both, whatever prefix the server or a proxy puts before their paths."""
    from starlette.routing import Route  # an old Streamlit comes without Starlette

    return [away_folder().route(), Route(f"/{{prefix:path}}{WORKER_PATH}", _answer_with_worker)]


async def _answer_with_worker(request: Request) -> Response:
    from starlette.responses import Response

    return Response(away_worker(), headers={"Cache-Control": "no-cache"}, media_type="text/javascript; charset=utf-8")


def _in_every_language(message: str) -> str:
    said: list[str] = []
    for code in languages():
        with using_language(code):
            said.append(f'<span lang="{code}">{html.escape(say(message))}</span>')
    return "".join(said)
