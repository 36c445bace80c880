"""A course's page shows the playground in a frame, over https, in a browser that gives such a frame no store."""

from __future__ import annotations

import asyncio
import os
import ssl
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

import pytest
from playwright.sync_api import Browser, Page, expect

from engine.document import to_document
from engine.lessons import LESSONS
from tests.browser.room_people import Somebody
from tests.browser.server import ROOT, Server
from tests.browser.tabs import Complaints
from tests.browser.test_embedded import Silent
from tests.serving.nginx import Nginx, free_port, missing_nginx
from tools.bench_room.browser import RoomBrowser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(missing_nginx()) and "CI" not in os.environ, reason=missing_nginx() or "all is there"),
]

QUESTION = {"kind": "number", "graph": to_document(LESSONS[4].graph), "asked": "x.grad"}
_T = TypeVar("_T")


class Teacher:
    """Lead a room by its protocol, in a loop beside the browser's driver."""

    def __init__(self, port: int) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._page = RoomBrowser(port)
        _, room = self._do(self._page.ask("POST", "rooms"))
        self.code, self._page.token = room["code"], room["token"]
        self._do(self._page.listen(self.code))

    def _do(self, work: Coroutine[Any, Any, _T]) -> _T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    @property
    def token(self) -> str:
        return self._page.token

    def act(self, **action: object) -> None:
        assert self._do(self._page.ask("POST", f"rooms/{self.code}/actions", {"action": action}))[0] == 200

    def names_once_locked(self, count: int) -> list[str]:
        """Return who is in the room, once so many answers are locked."""
        self._do(self._page.until(lambda told: told.moment["teacher"]["spreads"][0]["locked"] == count))
        return [each["name"] for each in self._page.moment["teacher"]["students"]]

    def close(self) -> None:
        self._do(self._page.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


@contextmanager
def course(folder: Path, port: int, certificate: Path, frame: str) -> Iterator[str]:
    """Serve another site over https, whose page holds a frame; yield its address."""
    folder.mkdir()
    page = f'<!doctype html><link rel="icon" href="data:,"><iframe src="{frame}" width="1260" height="780"></iframe>'
    (folder / "index.html").write_text(page, "utf-8")
    with ThreadingHTTPServer(("127.0.0.1", port), partial(Silent, directory=str(folder))) as site:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate / "fullchain.pem", certificate / "privkey.pem")
        site.socket = context.wrap_socket(site.socket, server_side=True)
        Thread(target=site.serve_forever, daemon=True).start()
        yield f"https://127.0.0.1:{port}"
        site.shutdown()


def framed(page: Page, url: str) -> Somebody:
    """Open the course's page and return who sits before its frame."""
    page.goto(url)
    return Somebody(page.frames[1], "")  # type: ignore[arg-type]  # a frame has what is used here


def test_a_student_in_a_frame_where_cookies_of_others_are_blocked(browser: Browser, tmp_path: Path) -> None:
    port = free_port()
    settings = {"PLAYGROUND_DATA": str(tmp_path), "PLAYGROUND_FIRST_STEPS": "off", "PLAYGROUND_APP": "app-1"}
    settings |= {"PLAYGROUND_FRAMES": f"https://127.0.0.1:{port}"}
    with (
        Server(ROOT / "streamlit_app.py", tmp_path / "log.txt", settings=settings) as app,
        Nginx(tmp_path / "nginx", {"app-1": app.port, "app-2": app.port}, is_secure=True) as nginx,
    ):
        teacher = Teacher(app.port)
        frame = f"https://localhost:{nginx.port}/?room={teacher.code}"
        with course(tmp_path / "course", port, tmp_path / "nginx", frame) as site:
            page = browser.new_page(ignore_https_errors=True, viewport={"width": 1280, "height": 800})
            complaints = Complaints(page)
            sockets: list[str] = []
            page.on("websocket", lambda socket: sockets.append(socket.url.partition("?")[0]))
            ann = framed(page, site)
            ann.page.get_by_test_id("room-name-field").fill("Ann", timeout=20_000)
            assert (
                ann.page.evaluate("() => { try { return localStorage.length } catch { return 'denied' } }") == "denied"
            )
            ann.control("join-room").click()
            teacher.act(type="ask", id="q1", question=QUESTION)
            expect(ann.cell("x", "grad")).to_have_text("?")  # came by the room's events
            expect(ann.page.get_by_test_id("answer")).to_be_hidden()  # the page's own, which would say what is right
            ann.answer("1", locks=False)
            expect(ann.page.locator(".room")).not_to_contain_text("overw")
            # One's own graph is one tap away, and stays there when something happens in the room.
            ann.control("turn-graph").click()
            expect(ann.cell("z", "data")).to_have_text("13")
            ann.type_formula("z = x * y")  # by the canvas's own wire
            expect(ann.cell("z", "data")).to_have_text("6")
            teacher.act(type="show_spread", shown=True)
            expect(ann.page.locator(".room .spread")).to_be_visible()
            expect(ann.cell("z", "data")).to_have_text("6")
            assert {address.rpartition("/")[2] for address in sockets} == {"stream", "canvas-channel"}

            # Whoever comes back is the same student, and the answer is theirs to change.
            ann = framed(page, site)
            expect(ann.who).to_contain_text("Ann", timeout=20_000)
            ann.answer("2")
            assert teacher.names_once_locked(1) == ["Ann"]
            cookies = page.context.cookies()
            assert {each.get("partitionKey") for each in cookies} == {"https://127.0.0.1"}
            assert all(each["secure"] and each["sameSite"] == "None" for each in cookies)
            assert complaints.heard == []
            page.context.close()
        teacher.close()
        assert teacher.token not in app.log() + nginx.log()
    assert "Traceback" not in app.log()
