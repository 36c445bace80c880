"""A server that is killed in mid-vote: what it acknowledged is there, and what is handed over again counts once."""

from __future__ import annotations

import http.client
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.components.rooms.room_process import RoomProcess
from tests.components.rooms.test_routes import QUESTION

STUDENTS = 60


def test_no_acknowledged_answer_is_lost_or_doubled(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/rooms.sqlite"
    with RoomProcess(address) as server:
        _, room = server.ask("POST", "rooms")
        code, teacher = room["code"], room["token"]
        tokens = [server.ask("POST", f"rooms/{code}/join", {})[1]["token"] for _ in range(STUDENTS)]
        asked = {"action": {"type": "ask", "id": "q1", "question": QUESTION}}
        assert server.ask("POST", f"rooms/{code}/actions", asked, teacher)[0] == 200
        acknowledged: set[int] = set()

        def answer(number: int) -> bool:
            body = {"question": "q1", "round": 1, "text": str(number), "locks": True}
            try:
                status, _ = server.ask("PUT", f"rooms/{code}/answer", body, tokens[number])
            except (OSError, http.client.HTTPException, ValueError):
                return False
            assert status == 200
            acknowledged.add(number)
            if len(acknowledged) == STUDENTS // 3:
                server.kill()
            return True

        with ThreadPoolExecutor(8) as pool:
            done = list(pool.map(answer, range(STUDENTS)))
        assert STUDENTS // 3 <= sum(done) < STUDENTS
    with RoomProcess(address, server.port) as again:
        connection, stream = again.listen(code, teacher)
        counted = answers_told(stream)
        connection.close()
        assert acknowledged <= counted
        for number, token in enumerate(tokens):
            body = {"question": "q1", "round": 1, "text": str(number), "locks": True}
            assert again.ask("PUT", f"rooms/{code}/answer", body, token)[0] == 200
        close = {"action": {"type": "close", "question": "q1", "round": 1}}
        assert again.ask("POST", f"rooms/{code}/actions", close, teacher)[0] == 200
        late = {"question": "q1", "round": 1, "text": "64", "locks": True}
        assert again.ask("PUT", f"rooms/{code}/answer", late, tokens[0])[0] == 409
        connection, stream = again.listen(code, teacher)
        assert len(answers_told(stream)) == STUDENTS
        connection.close()
        # A stream that is open keeps nobody from ending the server.
        connection, stream = again.listen(code, teacher)
        again.process.terminate()
        assert again.process.wait(20) is not None
        connection.close()


def answers_told(stream: http.client.HTTPResponse) -> set[int]:
    """Return the numbers of the students of whom the first moment says that they have answered, by their places."""
    import json

    while True:
        line = stream.readline().decode()
        assert line, "the stream has ended"
        if line.startswith("data: ") and "teacher" in line:
            people = json.loads(line.removeprefix("data: "))["teacher"]["students"]
            return {place for place, each in enumerate(people) if each["answered"]}
