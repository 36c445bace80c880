"""One setting in one answer of Streamlit's is changed, and nothing else on its way."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from components.server import WithoutConnectionDialog
from tests.components.server.coroutines import run


def answered(path: str, body: bytes, *, kind: str = "http") -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Ask an app that answers in two halves; return what came, and the scope that the app saw."""
    seen: dict[str, Any] = {}
    came: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.update(scope)
        packed = gzip.compress(body) if (b"accept-encoding", b"gzip") in scope["headers"] else body
        headers = [(b"content-length", str(len(packed)).encode()), (b"cache-control", b"no-cache")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": packed[:4], "more_body": True})
        await send({"type": "http.response.body", "body": packed[4:]})

    async def send(message: Any) -> None:
        came.append(message)

    scope = {"type": kind, "path": path, "headers": [(b"accept-encoding", b"gzip"), (b"host", b"x")]}
    run(WithoutConnectionDialog(app)(scope, None, send))  # type: ignore[arg-type]
    return came, seen


@pytest.mark.parametrize("path", ["/_stcore/host-config", "/class/of-30/_stcore/host-config"])
def test_streamlit_is_told_to_show_no_dialog_and_the_rest_stays(path: str) -> None:
    came, _ = answered(path, json.dumps({"blockErrorDialogs": False, "metricsUrl": ""}).encode())
    start, rest = came
    assert json.loads(rest["body"]) == {"blockErrorDialogs": True, "metricsUrl": ""}
    assert dict(start["headers"]) == {b"content-length": str(len(rest["body"])).encode(), b"cache-control": b"no-cache"}


@pytest.mark.parametrize("body", [b"nonsense", b"[1, 2, 3]"])
def test_an_answer_of_another_form_stays_as_it_is(body: bytes) -> None:
    assert answered("/_stcore/host-config", body)[0][1]["body"] == body


@pytest.mark.parametrize(("path", "kind"), [("/_stcore/health", "http"), ("/_stcore/host-config", "websocket")])
def test_all_else_is_handed_on(path: str, kind: str) -> None:
    came, seen = answered(path, b"abcdefgh", kind=kind)
    assert len(came) == 3
    assert gzip.decompress(came[1]["body"] + came[2]["body"]) == b"abcdefgh"
    assert (b"accept-encoding", b"gzip") in seen["headers"]
