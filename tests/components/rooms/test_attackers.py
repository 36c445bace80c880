"""Every endpoint with every token that is not meant for it: nobody gets anything, and nothing is changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from components.rooms.routes import room_routes
from tests.components.rooms.browsers import Browsers, run, served
from tests.components.rooms.test_routes import QUESTION

_ACTIONS: tuple[dict[str, Any], ...] = (
    {"type": "ask", "id": "evil", "question": QUESTION},
    {"type": "close", "question": "q1", "round": 1},
    {"type": "vote_again", "question": "q1", "round": 2},
    {"type": "reveal", "question": "q1"},
    {"type": "show_spread", "shown": True},
    {"type": "rename", "student": "STUDENT", "name": "Mallory"},
    {"type": "remove", "student": "STUDENT"},
    {"type": "end"},
)
_ANSWER = {"question": "q1", "round": 1, "text": "1", "locks": True}


def with_student(action: dict[str, Any], student: str) -> dict[str, Any]:
    return {**action, "student": student} if "student" in action else action


def requests(code: str, student: str) -> list[tuple[str, str, Any, str]]:
    """Return every request there is, and who may make it."""
    return [
        ("GET", f"rooms/{code}/events", None, "both"),
        ("PUT", f"rooms/{code}/answer", _ANSWER, "student"),
        ("PUT", f"rooms/{code}/graph", {"link": ""}, "student"),
        ("GET", f"rooms/{code}/graph/{student}", None, "teacher"),
        ("GET", f"rooms/{code}/table", None, "teacher"),
        *(("POST", f"rooms/{code}/actions", {"action": with_student(each, student)}, "teacher") for each in _ACTIONS),
    ]


def test_every_endpoint_with_every_wrong_token(tmp_path: Path) -> None:
    async def attacks() -> None:
        async with served(tmp_path) as browsers:
            browsers.server.limits.actions._at_once = 10_000  # type: ignore[misc]
            code, teacher = await browsers.open()
            other_code, other_teacher = await browsers.open()
            ann, eve = await browsers.join(code, "Ann"), await browsers.join(other_code, "Eve")
            gone = await browsers.join(code, "Gone")
            listener = await browsers.listen(code, teacher)
            people = (await listener.next("moment")).data["teacher"]["students"]
            await browsers.act(code, teacher, type="remove", student=people[1]["id"])
            await browsers.act(code, teacher, type="ask", id="q1", question=QUESTION)
            await browsers.answer(code, ann, "q1", "32")
            before = await seen_by(browsers, code, teacher)
            tokens = {
                "none": "",
                "guessed": "A" * 43,
                "too long": "A" * 10_000,
                "half": teacher[:20],
                "another room's teacher": other_teacher,
                "another room's student": eve,
                "removed": gone,
                "quoted": "' OR '1'='1",
                "student": ann,
                "teacher": teacher,
            }
            for method, path, body, allowed in requests(code, people[0]["id"]):
                for whose, token in tokens.items():
                    if allowed in (whose, "both") and whose in ("teacher", "student"):
                        continue
                    answer = await browsers.ask(method, path, body, token=token)
                    assert answer.status == 403, (method, path, body, whose)
                    assert set(answer.told) == {"sentence"}
                    for secret in ("64", "Ann", "32", "overw"):
                        assert secret not in answer.told["sentence"]
            assert await seen_by(browsers, code, teacher) == before

    run(attacks())


async def seen_by(browsers: Browsers, code: str, token: str) -> Any:
    listener = await browsers.listen(code, token)
    seen = await listener.until(lambda told: told["teacher"]["spreads"] and told["teacher"]["spreads"][0]["answered"])
    await listener.leave()
    return seen.data


def test_no_endpoint_was_forgotten(tmp_path: Path) -> None:
    async def counts() -> None:
        async with served(tmp_path) as browsers:
            shapes = {
                (method, path.split("/{code}")[1].split("/{student}")[0] if "{code}" in path else "")
                for route in room_routes(browsers.server)
                for path in [route.path]
                for method in route.methods - {"HEAD"}
            }
            asked = {(method, "/" + path.split("/")[2]) for method, path, _, _ in requests("c", "s")}
            assert shapes - asked == {("POST", ""), ("POST", "/join")}  # whoever comes may do these

    run(counts())


def test_no_request_of_a_student_tells_the_answer(tmp_path: Path) -> None:
    async def looks() -> None:
        async with served(tmp_path) as browsers:
            code, teacher = await browsers.open()
            ann, ben = await browsers.join(code, "Ann"), await browsers.join(code, "Ben")
            choice = {"kind": "choice", "choices": ["one", "two"], "right": 1}
            build = {"kind": "build", "title": "Build it.", "formula": "y = a * b"}
            function = {"kind": "function", "graph": QUESTION["graph"], "done": 5}
            for number, question in enumerate((QUESTION, choice, build, function)):
                await browsers.act(code, teacher, type="ask", id=f"q{number}", question=question)
                await browsers.answer(code, ben, f"q{number}", ("32", "0", "x", "y")[number])
                listener = await browsers.listen(code, ann)
                asked = (await listener.next("question")).data
                moment = (await listener.next("moment")).data
                await listener.leave()
                assert not {"right", "formula", "revealed"} & {*asked, *moment["class"], *moment["you"]}
                assert "spreads" not in moment["class"]
                assert "Ben" not in json.dumps(moment)
                if question is build:
                    assert "graph" not in asked
                if question is QUESTION:
                    x = next(node["id"] for node in asked["graph"]["nodes"] if node["name"] == "x")
                    assert [x, "grad", 0] in asked["graph"]["hidden"]
            await browsers.act(code, teacher, type="reveal", question="q1")

    run(looks())
