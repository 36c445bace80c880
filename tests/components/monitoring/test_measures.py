"""What is counted is told as Prometheus reads it, on a port of its own, and names nobody."""

from __future__ import annotations

import re
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest

from components.monitoring import CountedRequests, Measures, serving_metrics
from tests.components.protection.asking import asked

LINE = re.compile(r'(# (HELP|TYPE) playground_\w+ .+|playground_\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? [\d.e+-]+)')


def numbers(measures: Measures, sessions: int = 0) -> dict[str, float]:
    lines = [line for line in measures.text(sessions).splitlines() if not line.startswith("#")]
    return {name: float(number) for name, _, number in (line.rpartition(" ") for line in lines)}


def test_edits_their_seconds_and_bytes_are_counted() -> None:
    measures = Measures()
    for seconds in (0.004, 0.005, 0.03, 7.0):
        measures.count_answer(2, seconds, received=100, sent=1000)
    measures.count_answer(0, 3.0, received=10, sent=20)  # somebody looked, and nothing was done
    told = numbers(measures, sessions=30)
    assert told["playground_sessions_open"] == 30
    assert told["playground_edits_total"] == 8
    assert told["playground_edit_seconds_count"] == 4
    assert told["playground_edit_seconds_sum"] == pytest.approx(7.039)
    assert told['playground_edit_seconds_bucket{le="0.005"}'] == 2  # "less or equal", and all below
    assert told['playground_edit_seconds_bucket{le="0.02"}'] == 2
    assert told['playground_edit_seconds_bucket{le="0.05"}'] == 3
    assert told['playground_edit_seconds_bucket{le="5.0"}'] == 3
    assert told['playground_edit_seconds_bucket{le="+Inf"}'] == 4
    assert told["playground_received_bytes_total"] == 410
    assert told["playground_sent_bytes_total"] == 4020


def test_threads_lose_no_count() -> None:
    measures = Measures()
    threads = [
        threading.Thread(target=lambda: [measures.count_answer(1, 0.1, 1, 1) for _ in range(500)]) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert numbers(measures)["playground_edits_total"] == 2000


def answers(status: int) -> Callable[..., Any]:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    return app


def test_what_is_asked_of_rooms_is_counted_by_kind_and_by_nothing_else() -> None:
    measures = Measures()
    for path, status in [
        ("/rooms", 200),
        ("/class/rooms/otters/join", 429),
        ("/rooms/otters/answer", 200),
        ("/rooms/badger/answer", 200),
        ("/rooms/otters/graph/17", 403),
        ("/rooms/otters/nonsense", 404),
        ("/broomsrooms", 200),
        ("/_stcore/health", 200),
    ]:
        asked(lambda app: CountedRequests(app, counted=measures), path, app=answers(status))
    told = {name: count for name, count in numbers(measures).items() if "room" in name}
    assert told == {
        'playground_room_requests_total{action="answer",status="2xx"}': 2,
        'playground_room_requests_total{action="graph",status="4xx"}': 1,
        'playground_room_requests_total{action="join",status="4xx"}': 1,
        'playground_room_requests_total{action="open",status="2xx"}': 1,
    }
    assert "otters" not in measures.text(0)


def test_they_are_served_at_one_path_and_until_the_end() -> None:
    measures = Measures()
    measures.count_room_request("join", 200)
    with serving_metrics(lambda: measures.text(3), 0) as port:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
            text = answer.read().decode()
            assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
        assert [line for line in text.splitlines() if not LINE.fullmatch(line)] == []
        assert "playground_sessions_open 3\n" in text
        with pytest.raises(urllib.error.HTTPError, match="404") as refused:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10)
        refused.value.close()
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10)
