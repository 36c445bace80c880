"""A server that is killed, without a word to anybody, and started again at the same port."""

from __future__ import annotations

from pathlib import Path

from tests.browser.server import ROOT, Server


class RestartingServer:
    """Run the app; each start writes a log of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.logs: list[Path] = []
        self._server = self._started(None)
        self.url = self._server.url
        self.port = self._server.port

    def _started(self, port: int | None) -> Server:
        self.logs.append(self._folder / f"server{len(self.logs)}.log")
        return Server(ROOT / "streamlit_app.py", self.logs[-1], port).__enter__()

    def kill(self) -> None:
        """End the process at once (SIGKILL)."""
        self._server.process.kill()
        self._server.process.wait()
        self._server.stop()  # which closes the log

    def start(self) -> None:
        self._server = self._started(self.port)

    def stop(self) -> None:
        self._server.stop()
