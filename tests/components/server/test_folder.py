"""Files over HTTP: only those, by a path that changes with them, to be kept for ever."""

from __future__ import annotations

import gzip
import json
from typing import Any
from urllib.parse import urljoin

import pytest

from components.canvas import app_folder, canvas_folder
from components.canvas.files import canvas_modules
from components.server import ServedFolder
from tests.components.server.coroutines import run

TEXTS = {"index.js": "export const a = 'é';\n", "parts/one.js": "export const b = 1;\n" * 100, "style.css": "a {}\n"}


def asked(folder: ServedFolder, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Ask a folder's route as a server does; 0 stands for no answer, since the route is another's."""
    from starlette.routing import Match

    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }
    route = folder.route()
    match, found = route.matches(scope)
    if match is not Match.FULL:
        return 0, {}, b""
    messages: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        messages.append(message)

    run(route.handle({**scope, **found}, receive, send))
    start, *bodies = messages
    answered = {name.decode(): value.decode() for name, value in start["headers"]}
    return start["status"], answered, b"".join(body["body"] for body in bodies)


@pytest.mark.parametrize("path", TEXTS)
@pytest.mark.parametrize("prefix", ["/", "/class/", "/a/b/"])
def test_a_file_is_served_whatever_stands_before_its_path(path: str, prefix: str) -> None:
    folder = ServedFolder("canvas", TEXTS)
    status, headers, body = asked(folder, f"{prefix}{folder.path}{path}")
    assert (status, body.decode()) == (200, TEXTS[path])
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert headers["x-content-type-options"] == "nosniff"
    kind = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}[path.rpartition(".")[2]]
    assert headers["content-type"] == kind


def test_a_browser_that_can_gets_it_compressed() -> None:
    folder = ServedFolder("canvas", TEXTS)
    _, headers, body = asked(folder, f"/{folder.path}parts/one.js", accept_encoding="gzip, br")
    assert headers["content-encoding"] == "gzip"
    assert headers["vary"] == "Accept-Encoding"
    assert int(headers["content-length"]) == len(body) < len(TEXTS["parts/one.js"])
    assert gzip.decompress(body).decode() == TEXTS["parts/one.js"]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "nothing.js",
        "../index.js",
        "parts/../index.js",
        "/index.js",
        "parts",
        "%2e%2e/index.js",
        "index.js/",
        "a\0b",
    ],
)
def test_nothing_else_is_served(path: str) -> None:
    folder = ServedFolder("canvas", TEXTS)
    assert asked(folder, f"/{folder.path}{path}")[0] == 404


def test_another_hash_is_another_path() -> None:
    folder = ServedFolder("canvas", TEXTS)
    changed = ServedFolder("canvas", {**TEXTS, "style.css": "b {}\n"})
    renamed = ServedFolder("canvas", {"other.js" if name == "index.js" else name: text for name, text in TEXTS.items()})
    assert len({folder.path, changed.path, renamed.path}) == 3
    assert ServedFolder("canvas", TEXTS).path == folder.path
    assert asked(changed, f"/{folder.path}index.js")[0] == 0


def test_a_kind_of_file_that_no_browser_would_be_told_is_not_taken() -> None:
    with pytest.raises(KeyError):
        ServedFolder("canvas", {"secret.py": ""})


def test_a_folder_knows_whether_a_server_took_its_route() -> None:
    folder = ServedFolder("canvas", TEXTS)
    assert not folder.is_served
    folder.route()
    assert folder.is_served


def test_the_canvas_serves_its_modules_as_one_vis_network_and_one_style_sheet() -> None:
    folder = canvas_folder()
    canvas = asked(folder, f"/{folder.path}canvas.js")[2].decode()
    assert [
        path for path in (module.path for module in canvas_modules()) if f'modules["{path}"] = ' not in canvas
    ] == []
    assert b"vis.js" in asked(folder, f"/{folder.path}vis-network.js")[2]
    assert b".playground" in asked(folder, f"/{folder.path}style.css")[2]
    for path in ("__init__.py", "files.py", "mount.js", "loader.js", "reconnection.js", "canvas.css"):
        assert asked(folder, f"/{folder.path}{path}")[0] == 404


def test_a_page_that_is_installed_finds_its_icons_and_itself_from_its_manifest() -> None:
    folder = app_folder()
    _, headers, body = asked(folder, f"/class/{folder.path}app.webmanifest")
    assert headers["content-type"] == "application/manifest+json"
    told = json.loads(body)
    place = f"https://school.example/class/{folder.path}app.webmanifest"
    assert urljoin(place, told["start_url"]) == urljoin(place, told["scope"]) == "https://school.example/class/"
    for icon in told["icons"]:
        status, headers, _ = asked(folder, urljoin(place, icon["src"]).removeprefix("https://school.example"))
        assert (status, headers["content-type"]) == (200, icon["type"])
