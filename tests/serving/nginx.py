"""nginx before several servers, by the very file that is deployed: only ports, names and folders are those of here."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from tests.serving.files import NGINX

_SECONDS = 30
_POLL_SECONDS = 0.02
_TYPES = (Path("/etc/nginx/mime.types"), Path("/usr/local/etc/nginx/mime.types"))
_KEPT = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def missing_nginx() -> str:
    """Return why nginx cannot be tested here; the empty text where it can."""
    return "" if shutil.which("nginx") else "nginx is not installed: apt install nginx"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def configuration(folder: Path, port: int, apps: Mapping[str, int]) -> str:
    """Return deploy/nginx.conf for apps on ports of this computer; one more gets a line as the others."""
    lines = re.findall(r"^ *server (?:app-\d+):8501.*\n", NGINX, re.MULTILINE)
    here = [re.sub(r"server app-\d+:8501", f"server 127.0.0.1:{each}", lines[0]) for each in apps.values()]
    text = NGINX.replace("".join(lines), "".join(here))
    types = next(path for path in _TYPES if path.exists())
    places = "".join(f"\n    {kind}_temp_path {folder}/{kind};" for kind in _KEPT)
    text = text.replace("include mime.types;", f"include {types};{places}")
    assert text.count("listen 80;") == 1
    return text.replace("listen 80;", f"listen 127.0.0.1:{port};")


class Nginx:
    """Run nginx inside a `with`."""

    def __init__(self, folder: Path, apps: Mapping[str, int]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self._folder = folder
        self._log = (folder / "log.txt").open("w", encoding="utf-8")
        self.file = folder / "nginx.conf"
        self.file.write_text(configuration(folder, self.port, apps), "utf-8")
        # Its workers are somebody else where root starts it, and would not get into a test's folder.
        here = f"daemon off; pid {folder}/pid;{' user root;' if os.geteuid() == 0 else ''}"
        self._command = ["nginx", "-p", str(folder), "-c", str(self.file), "-g", here]
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Nginx:
        self._process = subprocess.Popen(self._command, stdout=self._log, stderr=self._log)
        deadline = time.monotonic() + _SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return self
            except OSError:
                assert self._process.poll() is None, self.log()
                assert time.monotonic() < deadline, self.log()
                time.sleep(_POLL_SECONDS)

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        self._process.terminate()  # at once, whoever is still connected
        self._process.wait(_SECONDS)
        self._log.close()

    def reload(self, apps: Mapping[str, int]) -> None:
        """Take another list of apps, as `nginx -s reload` does; whoever is connected stays so."""
        assert self._process is not None
        before = self._workers()
        self.file.write_text(configuration(self._folder, self.port, apps), "utf-8")
        self._process.send_signal(signal.SIGHUP)
        deadline = time.monotonic() + _SECONDS
        while self._workers() == before:  # the new ones take what comes from now on
            assert time.monotonic() < deadline, self.log()
            time.sleep(_POLL_SECONDS)

    def _workers(self) -> set[str]:
        assert self._process is not None
        number = self._process.pid
        return set(Path(f"/proc/{number}/task/{number}/children").read_text("ascii").split())

    def log(self) -> str:
        return (self._folder / "log.txt").read_text("utf-8")
