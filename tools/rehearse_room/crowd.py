"""Students without a browser: they speak the room's protocol, all in one thread beside the browsers' driver."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from threading import Thread
from typing import Any, Final, TypeVar

from tools.bench_room.browser import RoomBrowser

_SECONDS: Final = 60
_T = TypeVar("_T")
Told = dict[str, Any]


class Crowd:
    """Hold students of one room, each at one of its servers."""

    def __init__(self, ports: Sequence[int], code: str, count: int) -> None:
        self._code = code
        self.students: Final = [RoomBrowser(ports[index % len(ports)]) for index in range(count)]
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def _do(self, work: Coroutine[Any, Any, _T]) -> _T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(_SECONDS)

    def join(self) -> None:
        """Come in, all at once."""

        async def joined(student: RoomBrowser, name: str) -> None:
            status, told = await student.ask("POST", f"rooms/{self._code}/join", {"name": name})
            assert status == 200, told
            student.token = told["token"]
            await student.listen(self._code)
            await student.until(lambda page: bool(page.moment))

        async def all_joined() -> None:
            await asyncio.gather(*[joined(each, f"Crowd {index}") for index, each in enumerate(self.students)])

        self._do(all_joined())

    def answer(self, vote: int, text_of: Callable[[int, Told, Told], str]) -> None:
        """Answer and lock, once the vote is there; told are a student's index, the question, and who it is."""

        async def answered(index: int, student: RoomBrowser) -> None:
            await student.until(lambda page: _is_open(page, vote))
            question = student.question
            text = text_of(index, question, student.moment["you"])
            body = {"question": question["id"], "round": vote, "text": text, "locks": True}
            status, told = await student.ask("PUT", f"rooms/{self._code}/answer", body)
            assert (status, told) == (200, {"text": text, "locked": True})

        async def all_answered() -> None:
            await asyncio.gather(*[answered(index, each) for index, each in enumerate(self.students)])

        self._do(all_answered())

    def are_right(self) -> list[bool]:
        """Return what each is told of the last answer, once it is revealed."""

        async def told(student: RoomBrowser) -> bool:
            await student.until(lambda page: page.moment["class"].get("phase") == "revealed")
            return bool(student.moment["you"]["revealed"]["isRight"])

        async def all_told() -> list[bool]:
            return await asyncio.gather(*[told(each) for each in self.students])

        return self._do(all_told())

    def close(self) -> None:
        """Leave."""

        async def closed() -> None:  # of a room that has ended, streams are closed already
            await asyncio.gather(*[each.close() for each in self.students], return_exceptions=True)

        self._do(closed())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()


def _is_open(page: RoomBrowser, vote: int) -> bool:
    told = page.moment.get("class", {})
    is_here = page.question.get("id") == told.get("question")
    return is_here and told.get("round") == vote and told.get("phase") == "open"
