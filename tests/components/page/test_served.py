"""The whole server, as it is started: who is refused, and how it ends."""

from __future__ import annotations

import json
import socket as sockets
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.browser.server import ROOT, Server

_SECONDS_TO_END = 10


@pytest.fixture
def metrics_port() -> int:
    with sockets.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def served(tmp_path: Path, metrics_port: int) -> Iterator[Server]:
    settings = {
        "PLAYGROUND_HOSTS": "school.example",
        "PLAYGROUND_METRICS_PORT": str(metrics_port),
        "PLAYGROUND_LOGS": "json",
        "PLAYGROUND_FRAMES": "no-site",  # is told in the log
    }
    with Server(ROOT / "streamlit_app.py", tmp_path / "log.txt", settings=settings) as server:
        yield server


def status(server: Server, path: str = "/", host: str = "") -> int:
    request = urllib.request.Request(server.url + path, headers={"Host": host} if host else {})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            assert "frame-ancestors" in answer.headers["Content-Security-Policy"]
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            assert "frame-ancestors" in error.headers["Content-Security-Policy"]
            return error.code


def test_it_answers_to_its_names_and_sends_every_browser_back_when_it_ends(served: Server, metrics_port: int) -> None:
    assert status(served) == 200
    assert status(served, host="school.example") == 200
    assert status(served, host="evil.example") == 400
    assert status(served, "/healthz") == 200
    assert status(served, "/_stcore/metrics") == 404
    with urllib.request.urlopen(f"http://127.0.0.1:{metrics_port}/metrics", timeout=20) as metrics:
        assert b"playground_sessions_open 0\n" in metrics.read()
    channel, origin = f"ws://localhost:{served.port}/canvas-channel", served.url
    with connect(channel, origin=origin) as socket:
        served.process.terminate()
        with pytest.raises(ConnectionClosed) as closed:
            socket.recv(timeout=_SECONDS_TO_END)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1012  # "service restart": come back
    assert served.process.wait(_SECONDS_TO_END) in (0, -15)
    told = [json.loads(line) for line in served.log().splitlines() if line.startswith("{")]
    assert [each["logger"] for each in told] == ["components.protection.headers"]
    assert "Traceback" not in served.log()
