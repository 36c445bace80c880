"""The picture that a browser shows before it has met a session is the one with which every session begins."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response

from components.page import completion, first_picture
from components.page.completion import lines_for_head, lines_for_page
from components.page.first_picture import first_file, first_folder
from components.state import begin
from engine.document import to_json
from engine.lessons import LESSONS
from tests.components.server.coroutines import run

_CACHED = (first_folder, completion._lines, completion._lines_before, first_picture.first_graph)


@pytest.fixture(autouse=True)
def _made_anew() -> Iterator[None]:
    def forget() -> None:
        for each in _CACHED:
            each.cache_clear()

    forget()
    yield
    forget()


def told(language: str) -> dict[str, Any]:
    """Return what the served file of a language says."""
    path = first_file(language)
    scope = {"type": "http", "headers": [], "path_params": {"path": path.rpartition("/")[2]}}
    answers: list[Response] = []

    async def ask() -> None:
        answers.append(await first_folder()._answer(Request(scope)))

    run(ask())
    (answer,) = answers
    assert answer.headers["Cache-Control"].endswith("immutable")
    return dict(json.loads(bytes(answer.body)))


@pytest.mark.parametrize("language", ["en", "zh", "ja"])
def test_it_is_the_picture_of_a_session_that_begins(language: str) -> None:
    first_folder().route()
    session = begin(chosen=language)
    session.spare_constant_part(is_known=True)
    found = told(language)
    assert found["picture"] == session.message()["picture"]
    assert found["picture"]["nodes"]
    assert ("server" in found["away"]) == (language == "en")
    assert "firstSteps" not in found


def test_it_is_of_the_graph_that_the_server_was_started_with(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    file = tmp_path / "graph.json"
    file.write_text(to_json(LESSONS[2].graph), "utf-8")
    monkeypatch.setenv("PLAYGROUND_OPEN", str(file))
    monkeypatch.setenv("PLAYGROUND_FIRST_STEPS", "off")
    first_folder().route()
    found = told("en")
    assert {node["name"] for node in found["picture"]["nodes"].values()} == {
        node.name for node in LESSONS[2].graph.nodes()
    }
    assert found["firstSteps"] is False


@pytest.mark.parametrize(
    ("headers", "query", "speaks"),
    [
        ({}, b"", "en"),
        ({b"accept-language": b"ja-JP,ja;q=0.9,en;q=0.8"}, b"", "ja"),
        ({b"accept-language": b"ja", b"cookie": b"backprop-playground-language=zh"}, b"", ""),
        ({b"accept-language": b"ja"}, b"lang=en", ""),
        ({b"accept-language": b"ja"}, b"lang=xx", "ja"),  # no language of ours, so the browser's own may decide
        ({}, b"graph=abc", None),
        ({}, b"embed=1", None),
        ({}, b"graph", None),
    ],
)
def test_a_page_brings_it_in_its_head_where_its_address_asks_for_nothing_else(
    headers: dict[bytes, bytes], query: bytes, speaks: str | None
) -> None:
    first_folder().route()
    head, end = lines_for_head(headers, query), lines_for_page(headers, query)
    assert (head == "") == (speaks is None)
    assert re.findall('data-speaks="(.*?)"', head) == ([] if speaks is None else [speaks])
    assert (head + end).count("data-constant=") == 1
    assert head.count("data-first=") == head.count("@font-face") == (speaks is not None)
    assert set(re.findall(r"first/\w+/\w+\.json", head)) <= {first_file("en"), first_file("ja"), first_file("zh")}


def test_where_it_is_not_served_or_could_not_be_made_the_page_does_without(monkeypatch: pytest.MonkeyPatch) -> None:
    assert lines_for_head({}, b"") == ""
    assert "data-constant=" in lines_for_page({}, b"")
    for each in _CACHED:
        each.cache_clear()

    def fail(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(first_picture, "begin", fail)
    first_folder().route()
    assert (first_file("en"), lines_for_head({}, b"")) == ("", "")
    assert "data-constant=" in lines_for_page({}, b"")
