"""Every endpoint, with every token that is not meant for it, at every moment: nothing is told, nothing is changed."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from components.page import page_routes
from components.rooms.rooms import ROOM_SECONDS
from tests.components.rooms.attacks import METHODS, attacks, routes_of
from tests.components.rooms.browsers import Browsers, Listener, run, served
from tests.components.rooms.class_room import Clock
from tests.components.rooms.test_routes import QUESTION

_UNLIMITED = 1_000_000
_REFUSALS = {
    "Only the teacher of this room may do this.",
    "The room has ended, or you are not in it any more. Join it with its code.",
}


def unlimited(browsers: Browsers) -> None:
    """Let limits be as if they were not: an attack shall fail for its own sake."""
    for limit in vars(browsers.server.limits).values():
        limit._at_once = _UNLIMITED


async def refused_all(browsers: Browsers, code: str, student: str, tokens: Mapping[str, str]) -> int:
    """Make every request with every token that does not allow it; return how many were refused."""
    count = 0
    for attack in attacks(browsers.server, code, student):
        for whose, token in tokens.items():
            if attack.is_allowed_to(whose):
                continue
            answer = await browsers.ask(attack.method, attack.path, attack.body, token=token)
            assert answer.status == 403, (attack, whose)
            assert answer.headers["referrer-policy"] == "no-referrer"
            assert answer.headers["cache-control"] == "no-store"
            if attack.method != "HEAD":
                assert set(answer.told) == {"sentence"}
            assert answer.body == b"" or answer.told["sentence"] in _REFUSALS, (attack, whose)
            count += 1
    return count


def test_every_endpoint_with_every_wrong_token_at_every_moment(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    async def attacked() -> None:
        async with served(tmp_path) as browsers:
            unlimited(browsers)
            clock = Clock()
            object.__setattr__(browsers.server.rooms, "now", clock)
            code, teacher = await browsers.open()
            other_code, other_teacher = await browsers.open()
            ann, eve = await browsers.join(code, "Ann"), await browsers.join(other_code, "Eve")
            gone = await browsers.join(code, "Gone")
            people = (await (await browsers.listen(code, teacher)).next("moment")).data["teacher"]["students"]
            await browsers.act(code, teacher, type="remove", student=people[1]["id"])
            nobodies = {
                "none": "",
                "guessed": "A" * 43,
                "too long": "A" * 10_000,
                "half": teacher[:20],
                "with a space": f"{teacher} {teacher}",
                "another room's teacher": other_teacher,
                "another room's student": eve,
                "removed": gone,
                "quoted": "' OR '1'='1",
                "a student's id": people[0]["id"],
            }
            tokens = {**nobodies, "student": ann, "teacher": teacher}
            moments: tuple[dict[str, Any], ...] = (
                {"type": "ask", "id": "q1", "question": QUESTION},
                {"type": "close", "question": "q1", "round": 1},
                {"type": "vote_again", "question": "q1", "round": 2},
                {"type": "reveal", "question": "q1"},
            )
            assert await refused_all(browsers, code, people[0]["id"], tokens) > 100
            for moment in moments:
                assert (await browsers.act(code, teacher, **moment)).status == 200
                if moment["type"] == "ask":
                    assert (await browsers.answer(code, ann, "q1", "32")).status == 200
                before = await seen_by(browsers, code, teacher)
                await refused_all(browsers, code, people[0]["id"], tokens)
                assert await seen_by(browsers, code, teacher) == before

            # Its time is over, and then it is deleted: nobody is anybody there, and its code is nobody's.
            everybody = {**nobodies, "was a student": ann, "was the teacher": teacher}
            clock.now += ROOM_SECONDS + 1
            for _ in range(2):
                await refused_all(browsers, code, people[0]["id"], everybody)
                for token in everybody.values():
                    joined = await browsers.ask("POST", f"rooms/{code}/join", {"token": token[:100]})
                    assert joined.status == 404
                browsers.server.rooms.delete_ended()
            for token in (teacher, other_teacher, ann, eve, gone):
                assert token not in caplog.text

    run(attacked())


async def seen_by(browsers: Browsers, code: str, token: str) -> Any:
    listener = await browsers.listen(code, token)
    seen = await listener.until(lambda told: told["teacher"]["spreads"] and told["teacher"]["spreads"][0]["answered"])
    await listener.leave()
    return seen.data


def test_no_other_method_answers_and_no_other_route_leads_into_a_room(tmp_path: Path) -> None:
    async def asked() -> None:
        async with served(tmp_path) as browsers:
            unlimited(browsers)
            code, teacher = await browsers.open()
            known = routes_of(browsers.server)
            for shape in {shape for _, shape in known}:
                path = shape.replace("{code}", code).replace("{student}", "s")
                for method in METHODS:
                    if (method, shape) not in known:
                        assert (await browsers.ask(method, path, {}, token=teacher)).status == 405, (method, shape)
            for path in (f"rooms/{code}", f"rooms/{code}/", f"rooms/{code}/answers", f"rooms/{code}/../{code}/key"):
                assert (await browsers.ask("GET", path, token=teacher)).status == 404

    run(asked())
    # Of the whole app, what else there is knows no room: a new route is to be looked at here.
    others = {str(route.path).removeprefix("/{prefix:path}").split("/")[0] for route in page_routes()}  # type: ignore[attr-defined]
    assert others == {"rooms", "canvas", "canvas-channel", "first", "app", "away", "service_worker.js", "healthz"}


@pytest.mark.parametrize("kind", ["number", "choice", "build", "function"])
def test_nothing_that_a_student_is_sent_tells_the_answer_or_who_gave_it(tmp_path: Path, kind: str) -> None:
    question, others, secrets = _ASKED[kind]

    async def looks() -> None:
        async with served(tmp_path) as browsers:
            code, teacher = await browsers.open()
            ann, ben = await browsers.join(code, "Ann"), await browsers.join(code, "Benedict")
            listener = await browsers.listen(code, ann)
            await listener.next("moment")
            await browsers.act(code, teacher, type="ask", id="q1", question=question)
            asked = (await listener.next("question")).data
            assert not {"right", "formula", "lesson"} & {*asked}
            assert ("graph" in asked) is (kind in ("number", "function"))
            if kind == "number":
                x = next(node["id"] for node in asked["graph"]["nodes"] if node["name"] == "x")
                assert [x, "grad", 0] in asked["graph"]["hidden"]
            for action in (
                {"type": "show_spread", "shown": False},
                {"type": "close", "question": "q1", "round": 1},
                {"type": "vote_again", "question": "q1", "round": 2},
                {"type": "show_spread", "shown": True},
                {"type": "close", "question": "q1", "round": 2},
            ):
                number = 2 if action["type"] == "show_spread" and action["shown"] else 1
                await browsers.answer(code, ben, "q1", others, number)
                await browsers.answer(code, ann, "q1", others, number)
                assert (await browsers.act(code, teacher, **action)).status == 200
                # Who comes anew is told all there is; what is told on the way is a part of that.
                told = await whole(browsers, code, ann)
                assert not {"revealed"} & {*told["class"], *told["you"]}
                is_shown = action.get("shown", False) or (action.get("round") == 2 and action["type"] == "close")
                assert ("spreads" in told["class"]) is is_shown
                assert "Benedict" not in json.dumps(told)
                for bar in (bar for spread in told["class"].get("spreads", ()) for bar in spread["bars"]):
                    assert set(bar) == {"label", "count"}
                for secret in (*secrets, "groups", "right", "sentence", "overwr"):
                    assert secret not in json.dumps(told["class"]), (action, secret)
            await browsers.act(code, teacher, type="reveal", question="q1")
            told = await whole(browsers, code, ann)
            assert told["you"]["revealed"]
            assert "Benedict" not in json.dumps(told)

    run(looks())


_ASKED: dict[str, tuple[dict[str, Any], str, tuple[str, ...]]] = {
    "number": (QUESTION, "32", ("64",)),
    "choice": ({"kind": "choice", "choices": ["one", "two"], "right": 1}, "0", ()),
    "build": ({"kind": "build", "title": "Build it.", "formula": "y = a * b"}, "y", ("Mul",)),
    "function": ({"kind": "function", "graph": QUESTION["graph"], "done": 5}, "y", ()),
}


async def whole(browsers: Browsers, code: str, token: str) -> Any:
    listener: Listener = await browsers.listen(code, token)
    found = await listener.until(lambda told: True)
    await listener.leave()
    return found.data


def test_ten_thousand_joins_are_bounded_with_a_sentence(tmp_path: Path) -> None:
    async def joins() -> None:
        async with served(tmp_path) as browsers:
            code, teacher = await browsers.open()
            browsers.server.limits.joins._at_once = 50  # type: ignore[misc]  # each that is let in waits for a disk
            statuses = []
            for _ in range(10_000):
                answer = await browsers.ask("POST", f"rooms/{code}/join", {})
                statuses.append(answer.status)
            assert set(statuses) == {200, 429}
            assert answer.told["sentence"] == "That was too often. Wait a minute, and try again."
            people = (await whole(browsers, code, teacher))["teacher"]["students"]
            assert len(people) == statuses.count(200) < 500

    run(joins())
