"""Notebook servers for the tests: each on a free port, waited for by its answer, ended by its process."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
ENVIRONMENT: Final = ROOT / ".venv-hosts"
SECONDS_TO_START: Final = 120


@contextmanager
def serving(command: Sequence[str], folder: Path, path: str) -> Iterator[str]:
    """Run a server inside a `with`; `{port}` in the command is its port. Gives the address at which it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    log = (folder / "log.txt").open("w")
    program, *arguments = (each.replace("{port}", str(port)) for each in command)
    server = subprocess.Popen(
        [str(ENVIRONMENT / "bin" / program), *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        address = f"http://localhost:{port}{path}"
        _await(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def _await(address: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        assert server.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise TimeoutError(address)


def jupyter_notebook(cells: Sequence[str]) -> str:
    """Return a Jupyter notebook of these cells."""
    blank = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made = [{**blank, "id": f"c{place}", "source": each} for place, each in enumerate(cells)]
    return json.dumps({"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})
