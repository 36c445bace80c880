"""A Streamlit server of the tests' own: a free port, waited for by its health, ended by its process."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parents[2]
_START_SECONDS = 60
_POLL_SECONDS = 0.05


class Server:
    """Run a Streamlit script as `streamlit run` does, with the project's configuration; use as a context manager.

    Unless other `settings` (variables of the environment) are given, links lead where the tests look, and no first
    visit is offered first steps. An installed `command` that serves the page is run in the log's folder instead.
    """

    def __init__(
        self,
        script: Path,
        log: Path,
        port: int | None = None,
        base: str = "",
        settings: Mapping[str, str] | None = None,
        command: Path | None = None,
    ) -> None:
        self.port = port or _free_port()
        self.url = f"http://localhost:{self.port}{base}"
        self.log_path = log
        self._log = log.open("w", encoding="utf-8")
        program = [
            *(sys.executable, "-m", "streamlit", "run", str(script)),
            *("--server.headless", "true", "--server.port", str(self.port), "--server.baseUrlPath", base),
        ]
        if command is not None:
            program = [str(command), f"--port={self.port}", "--no-browser"]
        self.process = subprocess.Popen(
            program,
            cwd=ROOT if command is None else log.parent,
            env=os.environ
            | (settings if settings is not None else {"PLAYGROUND_ADDRESS": self.url, "PLAYGROUND_FIRST_STEPS": "off"}),
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )

    def __enter__(self) -> Server:
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(f"The server ended at once:\n{self.log()}")
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=1):
                    return self
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(_POLL_SECONDS)
        self.stop()
        raise RuntimeError(f"The server did not answer within {_START_SECONDS} s:\n{self.log()}")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._log.close()

    def log(self) -> str:
        return self.log_path.read_text("utf-8")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
