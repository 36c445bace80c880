"""A server of rooms in a process of its own, which a test may kill; it says on which port it listens.

Run as a program it is that process: its arguments are the database's address, and the port, 0 for a free one.
"""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).parents[3]


class RoomProcess:
    """Serve rooms until the end of the `with`; `kill` ends it as a power cut does."""

    def __init__(self, address: str, port: int = 0) -> None:
        command = [sys.executable, "-m", "tests.components.rooms.room_process", address, str(port)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line.startswith("port "), line
        self.port = int(line.split()[1])

    def ask(self, method: str, path: str, body: object = None, token: str = "") -> tuple[int, Any]:
        """Return the status and what was told; raises OSError or HTTPException where the server has gone."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, f"/{path}", json.dumps(body), self._headers(token))
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    def listen(self, code: str, token: str) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
        """Open a stream of events."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", f"/rooms/{code}/events", headers=self._headers(token))
        return connection, connection.getresponse()

    def _headers(self, token: str) -> dict[str, str]:
        return {"Origin": f"http://127.0.0.1:{self.port}", "Authorization": f"Bearer {token}"}

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def __enter__(self) -> RoomProcess:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()
            raise
        finally:
            assert self.process.stdout is not None
            self.process.stdout.close()


def main() -> None:
    """Serve rooms until a signal ends it."""
    import uvicorn
    from starlette.applications import Starlette

    from components.rooms import Database, RoomServer

    address, port = sys.argv[1:]
    server = RoomServer(Database(address))

    @asynccontextmanager
    async def lifespan(_: object):  # type: ignore[no-untyped-def]
        async with server.lifespan():
            yield

    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", int(port)))
        listening.listen(128)  # connections wait until the server takes them
        print("port", listening.getsockname()[1], flush=True)
        app = Starlette(routes=server.routes(), lifespan=lifespan)
        uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listening])


if __name__ == "__main__":
    main()
