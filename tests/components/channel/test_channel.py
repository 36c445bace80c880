"""The canvas's own WebSocket: it answers as the component does, and nobody but the page's own browser."""

from __future__ import annotations

import gc
import json
import zlib
from typing import Any

import pytest

from components.channel.channel import COMPRESSED_FROM, INFLATES, IS_GONE, LARGEST_OUTBOX_CHARACTERS
from components.state import Session, begin
from tests.components.channel.sockets import ClosedError, Host, Socket
from tests.components.state.host import set_x


def outbox(session: Session, *events: dict[str, Any], post: int = 1) -> dict[str, Any]:
    entries = [{"seq": number, "event": event} for number, event in enumerate(events, start=1)]
    return {"session": session.id, "post": post, "have": 0, "selected": "", "events": entries}


def z_of(told: dict[str, Any]) -> str:
    (data,) = (node["data"] for node in told["picture"]["nodes"].values() if node.get("name") == "z")
    return str(data)


def answer(socket: Socket, handed: object) -> dict[str, Any]:
    socket.send_text(json.dumps(handed))
    told: dict[str, Any] = json.loads(socket.receive_bytes())
    return told


def closed_with(socket: Socket) -> int:
    with pytest.raises(ClosedError) as closed:
        socket.receive_bytes()
    return closed.value.code


@pytest.mark.parametrize("prefix", ["/", "/class/a/"])
def test_an_edit_is_answered_with_its_numbers(prefix: str) -> None:
    host = Host()
    session = host.begin()
    with host.connected(prefix=prefix) as socket:
        told = answer(socket, outbox(session, set_x(5)))
    assert (told["session"], told["post"], told["ack"]) == (session.id, 1, 1)
    assert z_of(told) == "34"  # 5² + 3²
    assert host.channel.is_served


def test_it_answers_as_the_component_does() -> None:
    host = Host()
    one, other = host.begin(), begin()
    other.message()  # what Streamlit shows first
    one.message()
    event = {"type": "formula", "text": "L = (w * x - 3)**2"}
    other.receive(outbox(other, event))
    with host.connected() as socket:
        told = answer(socket, outbox(one, event))
    expected = json.loads(json.dumps(other.message()))
    assert {**told, "session": "", "history": {}} == {**expected, "session": "", "history": {}}
    assert len(told["history"]["past"]) == len(expected["history"]["past"]) == 1


def test_two_pages_on_one_socket_stay_apart() -> None:
    host = Host()
    one, other = host.begin(), host.begin()
    with host.connected() as socket:
        answer(socket, outbox(one, set_x(5)))
        told = answer(socket, outbox(other))
    assert z_of(told) == "13"


@pytest.mark.parametrize("origin", ["", "https://elsewhere.example", "null", "http://testserver.elsewhere.example"])
def test_another_origin_is_refused(origin: str) -> None:
    with pytest.raises(ClosedError), Host().connected(origin=origin):
        pass


@pytest.mark.parametrize("allowed", [("*",), ("https://elsewhere.example",)])
def test_an_origin_that_the_server_allows_may_speak(allowed: tuple[str, ...]) -> None:
    host = Host(allowed)
    session = host.begin()
    with host.connected(origin="https://elsewhere.example") as socket:
        assert answer(socket, outbox(session))["session"] == session.id


def test_a_session_that_its_host_has_let_go_of_is_gone() -> None:
    host = Host()
    session = host.begin()
    handed = outbox(session)
    with host.connected() as socket:
        answer(socket, handed)
        del session
        gc.collect()
        assert len(host.sessions) == 0
        socket.send_text(json.dumps(handed))
        assert closed_with(socket) == IS_GONE


@pytest.mark.parametrize(
    "text", ["", "{", "[" * 100_000, "[]", '{"session": 7}', '{"session": ["a"]}', '{"session": "guessed"}', "NaN"]
)
def test_what_is_no_outbox_ends_the_channel_and_nothing_else(text: str, caplog: pytest.LogCaptureFixture) -> None:
    host = Host()
    session = host.begin()
    with host.connected() as socket:
        socket.send_text(text)
        assert closed_with(socket) in (1003, IS_GONE)
    with host.connected() as socket:
        assert answer(socket, outbox(session))["post"] == 1
    assert "Traceback" not in caplog.text


def test_what_is_larger_than_a_piece_is_not_read() -> None:
    host = Host()
    session = host.begin()
    with host.connected() as socket:
        socket.send_text(json.dumps(outbox(session, {"type": "formula", "text": "x" * LARGEST_OUTBOX_CHARACTERS})))
        assert closed_with(socket) == 1009
    assert session.browser.post == 0


def test_bytes_end_the_channel() -> None:
    host = Host()
    host.begin()
    with host.connected() as socket:
        socket.send_bytes(b"\xff")
        with pytest.raises(ClosedError):
            socket.receive_bytes()


def test_long_work_is_done_in_turns_and_goes_on() -> None:
    host = Host()
    session = host.begin()
    text = " + ".join(f"{n} * x{n}" for n in range(1, 90))
    with host.connected() as socket:
        told = answer(socket, outbox(session, {"type": "formula", "text": f"y = {text}"}))
        post = 1
        while told.get("progress"):
            post += 1
            told = answer(socket, outbox(session, post=post))
    assert (told["ack"], told["refusals"]) == (1, [])


def test_a_host_that_holds_the_session_is_waited_for() -> None:
    host = Host()
    session = host.begin()
    with host.connected() as socket:
        session.lock.acquire()
        socket.send_text(json.dumps(outbox(session, set_x(5))))
        assert session.browser.applied == 0
        session.lock.release()
        told = json.loads(socket.receive_bytes())
    assert (told["ack"], session.lock.locked()) == (1, False)


def test_a_failure_nobody_foresaw_lets_go_of_the_session(monkeypatch: pytest.MonkeyPatch) -> None:
    host = Host()
    session = host.begin()

    def fails() -> None:
        raise RuntimeError("unforeseen")

    monkeypatch.setattr(session, "message", fails)
    with host.connected() as socket:
        socket.send_text(json.dumps(outbox(session)))
        assert closed_with(socket) == 1011
    assert not session.lock.locked()


def test_a_large_answer_comes_compressed_where_the_browser_asks_for_it() -> None:
    host = Host()
    session = host.begin()
    with host.connected(query=INFLATES) as socket:
        socket.send_text(json.dumps(outbox(session, set_x(5))))
        data = socket.receive_bytes()
        told = json.loads(zlib.decompress(data))
        assert z_of(told) == "34"
        assert COMPRESSED_FROM < 3 * len(data) < len(zlib.decompress(data))
        socket.send_text(json.dumps({**outbox(session, post=2), "have": told["revision"]}))
        assert json.loads(socket.receive_bytes())["post"] == 2  # of a small one there is nothing to win
