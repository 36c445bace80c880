"""Lines come to the end of Streamlit's page, and nothing else changes on its way."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from components.server import CompletedPage, parts_of_streamlit
from tests.components.server.coroutines import run

PAGE = b"<html><head><title>T</title></head><body></body></html>"
WITH_LINE = b"<html><head><title>T</title></head><body><link></body></html>"


def answered(
    kind: str = "text/html; charset=utf-8",
    status: int = 200,
    body: bytes = PAGE,
    lines: str = "<link>",
    head: str = "",
    **asked: str,
) -> tuple[int, dict[str, str], bytes, dict[str, str]]:
    """Ask an app that answers in two halves; return the answer, and the headers that the app saw."""
    seen: dict[str, str] = {}
    came: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.update({name.decode(): value.decode() for name, value in scope["headers"]})
        headers = {"content-type": kind, "content-length": str(len(body)), "etag": '"own"', "cache-control": "no-cache"}
        pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": status, "headers": pairs})
        await send({"type": "http.response.body", "body": body[:9], "more_body": True})
        await send({"type": "http.response.body", "body": body[9:]})

    async def send(message: Any) -> None:
        came.append(message)

    headers = {"accept": "text/html,*/*", **{name.replace("_", "-"): value for name, value in asked.items()}}
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"q", "headers": pairs}
    completed = CompletedPage(app, lines=lambda headers, query: lines, head=lambda headers, query: head)
    run(completed(scope, None, send))  # type: ignore[arg-type]
    start, *rest = came
    told = {name.decode(): value.decode() for name, value in start["headers"]}
    return start["status"], told, b"".join(each["body"] for each in rest), seen


def test_a_page_gets_the_lines_at_its_end() -> None:
    status, told, body, _ = answered()
    assert (status, body) == (200, WITH_LINE)
    assert told["content-length"] == str(len(WITH_LINE))
    assert told["cache-control"] == "no-cache"
    assert told["etag"] != '"own"'
    assert "content-encoding" not in told


def test_a_page_gets_lines_into_its_head_before_what_it_loads() -> None:
    _, told, body, _ = answered(head="<style></style>")
    assert body == WITH_LINE.replace(b"<title>", b"<style></style><title>")
    assert told["content-length"] == str(len(body))
    assert told["etag"] != answered()[1]["etag"]
    assert answered(body=b"<body></body>", head="<style></style>")[2] == b"<body><link></body>"


def test_a_browser_that_can_gets_it_compressed() -> None:
    _, told, body, seen = answered(accept_encoding="gzip, br")
    assert told["content-encoding"] == "gzip"
    assert told["content-length"] == str(len(body))
    assert gzip.decompress(body) == WITH_LINE
    assert "accept-encoding" not in seen


def test_a_browser_that_has_it_gets_nothing_until_page_or_lines_change() -> None:
    tag = answered()[1]["etag"]
    status, told, body, seen = answered(if_none_match=tag)
    assert (status, body) == (304, b"")
    assert told["etag"] == tag
    assert "content-length" not in told
    assert "if-none-match" not in seen
    assert answered(if_none_match=tag, lines="<meta>")[0] == 200
    assert answered(if_none_match=tag, body=PAGE.replace(b"T", b"U"))[0] == 200


@pytest.mark.parametrize(
    "other", [{"kind": "text/plain"}, {"status": 404}, {"body": b"no body at all"}, {"accept": "image/png"}]
)
def test_all_else_is_handed_on(other: Any) -> None:
    status, _, body, _ = answered(**other)
    assert (status, body) == (other.get("status", 200), other.get("body", PAGE))


def test_parts_of_streamlit_come_with_all_that_they_import_and_the_page_does_not() -> None:
    folder = Path(st.__file__).parent / "static"
    parts = parts_of_streamlit(folder, ("BidiComponent", "NoSuchPart"))
    assert parts[0].startswith("static/js/BidiComponent.")
    assert all((folder / part).is_file() for part in parts)
    page = (folder / "index.html").read_text("utf-8")
    assert [part for part in parts if part in page] == []


def test_only_what_is_imported_from_the_start_comes_with_a_part(tmp_path: Path) -> None:
    scripts = tmp_path / "static" / "js"
    scripts.mkdir(parents=True)
    (tmp_path / "index.html").write_text('<script src="./static/js/main.js"></script>', "utf-8")
    texts = {
        "Part.a1.js": 'import{a}from"./one.js";import"./main.js";const later=()=>import("./later.js");',
        "one.js": 'import "./Part.a1.js";import {b} from "./gone.js"',
        "main.js": "",
        "later.js": "",
    }
    for name, text in texts.items():
        (scripts / name).write_text(text, "utf-8")
    assert parts_of_streamlit(tmp_path, ("Part",)) == ["static/js/Part.a1.js", "static/js/one.js"]
    assert parts_of_streamlit(tmp_path / "none", ("Part",)) == []
