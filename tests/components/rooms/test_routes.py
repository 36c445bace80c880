"""The rooms' routes: a class votes over them, what is malformed is refused in a sentence, and limits hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from components.rooms.bodies import LARGEST_BODY, LARGEST_QUESTION
from engine.document import to_document
from tests.components.rooms.browsers import run, served
from tests.components.rooms.class_room import sum_of_fourth_powers

QUESTION: dict[str, Any] = {
    "kind": "number",
    "title": "What is x.grad?",
    "graph": to_document(sum_of_fourth_powers().graph),
    "asked": "x.grad",
}


@pytest.mark.parametrize("prefix", ["/", "/class/a/"])
def test_a_class_votes(tmp_path: Path, prefix: str) -> None:
    async def votes() -> None:
        async with served(tmp_path) as browsers:
            browsers.prefix = prefix
            code, teacher = await browsers.open()
            students = [await browsers.join(code.upper(), name) for name in "AB"]
            asked = await browsers.act(code, teacher, type="ask", id="q1", question=QUESTION)
            assert (asked.status, asked.told) == (200, {})
            given = await browsers.answer(code, students[0], "q1", "32")
            assert (given.status, given.told) == (200, {"text": "32", "locked": True})
            assert given.headers["cache-control"] == "no-store"
            assert (await browsers.act(code, teacher, type="close", question="q1", round=1)).status == 200
            late = await browsers.answer(code, students[1], "q1", "64")
            assert (late.status, late.told["sentence"][:18]) == (409, "The vote is closed")
            assert (await browsers.act(code, teacher, type="vote_again", question="q1", round=2)).status == 200
            assert (await browsers.answer(code, students[1], "q1", "64", 2)).status == 200
            assert (await browsers.act(code, teacher, type="reveal", question="q1")).status == 200
            table = await browsers.ask("GET", f"rooms/{code}/table", token=teacher)
            assert table.headers["content-type"] == "text/csv; charset=utf-8"
            assert table.body.decode().count("\r\n") == 3
            assert (await browsers.act(code, teacher, type="end")).status == 200
            assert (await browsers.ask("POST", f"rooms/{code}/join", {})).status == 404

    run(votes())


def test_who_returns_has_the_same_name(tmp_path: Path) -> None:
    async def returns() -> None:
        async with served(tmp_path) as browsers:
            code, _ = await browsers.open()
            first = (await browsers.ask("POST", f"rooms/{code}/join", {"name": "Ann"})).told
            again = (await browsers.ask("POST", f"rooms/{code}/join", {"token": first["token"]})).told
            assert again == first

    run(returns())


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[" * 10_000, 400),
        (b'{"action": {"type": "close", "question": "q1", "round": NaN}}', 400),
        (b'{"action": {"type": "explode"}}', 400),
        (b'{"action": {"type": "rename", "student": "../x", "name": "A"}}', 400),
        (b'{"action": {"type": "rename", "student": "x", "name": "\\ud800"}}', 400),
        (b'{"action": {"type": "ask", "id": "q1", "question": {"kind": "number", "graph": {"a": 1}}}}', 400),
        (b'{"action": {"type": "ask", "id": "q1", "question": {"kind": "text"}}}', 400),
        (b" " * (LARGEST_QUESTION + 1), 413),
    ],
)
def test_what_is_malformed_is_refused_in_a_sentence(
    tmp_path: Path, body: bytes, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    async def refused() -> None:
        async with served(tmp_path) as browsers:
            code, teacher = await browsers.open()
            answer = await browsers.ask("POST", f"rooms/{code}/actions", body, token=teacher)
            assert answer.status == status
            assert answer.told["sentence"].endswith(".")

    run(refused())
    assert "Traceback" not in caplog.text


def test_an_answer_of_a_megabyte_is_not_read(tmp_path: Path) -> None:
    async def refused() -> None:
        async with served(tmp_path) as browsers:
            code, teacher = await browsers.open()
            student = await browsers.join(code)
            await browsers.act(code, teacher, type="ask", id="q1", question=QUESTION)
            large = await browsers.answer(code, student, "q1", "1" * 1_000_000)
            assert (large.status, str(LARGEST_BODY) in large.told["sentence"]) == (413, True)
            declared = await browsers.ask(
                "PUT", f"rooms/{code}/answer", {}, token=student, content_length="99999999999"
            )
            assert declared.status == 413

    run(refused())


def test_codes_are_not_guessed(tmp_path: Path) -> None:
    async def guesses() -> None:
        async with served(tmp_path) as browsers:
            code, _ = await browsers.open()
            statuses = [(await browsers.ask("POST", "rooms/bababa/join", {})).status for _ in range(60)]
            assert statuses[0] == 404
            assert statuses[-1] == 429
            blocked = await browsers.ask("POST", f"rooms/{code}/join", {})
            assert (blocked.status, blocked.headers["retry-after"]) == (429, "60")
            browsers.address = "10.0.0.2"
            assert (await browsers.ask("POST", f"rooms/{code}/join", {})).status == 200

    run(guesses())


def test_floods_are_bounded(tmp_path: Path) -> None:
    async def floods() -> None:
        async with served(tmp_path) as browsers:
            code, teacher = await browsers.open()
            student = await browsers.join(code)
            await browsers.act(code, teacher, type="ask", id="q1", question=QUESTION)
            answers = [await browsers.answer(code, student, "q1", "64") for _ in range(60)]
            assert [each.status for each in answers][:30] == [200] * 30
            assert "too often" in answers[-1].told["sentence"]
            rooms = [await browsers.ask("POST", "rooms") for _ in range(30)]
            assert rooms[-1].status == 429
            other = await browsers.join(code)  # others are not kept from anything
            assert (await browsers.answer(code, other, "q1", "64")).status == 200

    run(floods())


def test_nobody_is_kept_out_by_another_of_the_same_school(tmp_path: Path) -> None:
    """A student who floods from the school's one address keeps out strangers, and nobody who is in the room."""

    async def floods() -> None:
        async with served(tmp_path) as browsers:
            code, teacher = await browsers.open()
            student = await browsers.join(code, "Ann")
            await browsers.act(code, teacher, type="ask", id="q1", question=QUESTION)
            guesses = [await browsers.ask("POST", "rooms/bababa/join", {"token": student}) for _ in range(60)]
            assert (await browsers.ask("POST", f"rooms/{code}/join", {})).status == 429
            forged = [await browsers.answer(code, f"{number}", "q1", "64") for number in range(700)]
            assert {each.status for each in guesses} == {404, 429}  # a token of one room lets nobody guess others
            assert {each.status for each in forged} == {403, 429}
            again = await browsers.ask("POST", f"rooms/{code.upper()}/join", {"token": student})
            assert (again.status, again.told["name"]) == (200, "Ann")
            assert (await browsers.answer(code, student, "q1", "64")).status == 200
            assert (await browsers.act(code, teacher, type="close", question="q1", round=1)).status == 200
            returns = [await browsers.ask("POST", f"rooms/{code}/join", {"token": student}) for _ in range(60)]
            assert returns[-1].status == 429

    run(floods())


def test_another_language_is_spoken(tmp_path: Path) -> None:
    async def speaks() -> None:
        async with served(tmp_path) as browsers:
            english = await browsers.ask("POST", "rooms/bababa/join", {})
            japanese = await browsers.ask("POST", "rooms/bababa/join", {}, accept_language="ja, en;q=0.5")
            assert english.told["sentence"].isascii()
            assert not japanese.told["sentence"].isascii()

    run(speaks())


def test_a_database_that_fails_is_told_of(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def fails() -> None:
        async with served(tmp_path, f"sqlite:///{tmp_path}/a file/rooms.sqlite") as browsers:
            (tmp_path / "a file").write_text("no folder")
            answer = await browsers.ask("POST", "rooms")
            assert (answer.status, answer.told["sentence"][:8]) == (503, "The room")

    run(fails())


def test_another_page_may_not_ask(tmp_path: Path) -> None:
    async def asks() -> None:
        async with served(tmp_path) as browsers:
            code, teacher = await browsers.open()
            for origin in ("", "https://elsewhere.example", "null", "http://testserver.elsewhere.example", "http://["):
                answer = await browsers.ask("POST", f"rooms/{code}/join", {}, origin=origin)
                assert answer.status == 403, origin
            foreign = await browsers.ask(
                "GET", f"rooms/{code}/table", token=teacher, origin="https://elsewhere.example"
            )
            assert foreign.status == 403
            assert (await browsers.ask("GET", f"rooms/{code}/table", token=teacher, origin="")).status == 200

    run(asks())
