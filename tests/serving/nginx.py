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
MIME_TYPES = (Path("/etc/nginx/mime.types"), Path("/usr/local/etc/nginx/mime.types"))
_KEPT = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def missing_nginx() -> str:
    """Return why nginx cannot be tested here; the empty text where it can."""
    return "" if shutil.which("nginx") else "nginx is not installed: apt install nginx"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def with_certificate(text: str) -> str:
    """Return deploy/nginx.conf with its lines on TLS in force, as its comments say."""
    text = text.replace("\n        listen 80;\n", "\n", 1)
    of_server = r"^( {8})# (listen 443 ssl;|ssl_certificate\w* .*;|add_header Strict-Transport-Security .*;)$"
    of_redirect = r"^( {4})# (server \{|    listen 80;|    return 301 .*;|\})$"
    return in_force(text, {of_server: 4, of_redirect: 4})


def in_force(text: str, lines: dict[str, int]) -> str:
    """Return a file with commented lines in force: by their pattern, of indent and line, how many there are."""
    for pattern, expected in lines.items():
        text, count = re.subn(pattern, r"\1\2", text, flags=re.MULTILINE)
        assert count == expected, pattern
    return text


def make_certificate(folder: Path) -> None:
    """Make a certificate that nobody has signed."""
    files = ("-keyout", "privkey.pem", "-out", "fullchain.pem")
    command = (
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
        *files,
    )
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def configuration(folder: Path, port: int, apps: Mapping[str, int], *, is_secure: bool = False) -> str:
    """Return deploy/nginx.conf for apps on ports of this computer; one more gets the lines that the others have."""
    text = with_certificate(NGINX) if is_secure else NGINX
    first = re.findall(r"^ *(?:server app-1:8501|upstream app-1 \{).*\n", text, re.MULTILINE)
    line, head = first[0], next(each for each in first if "upstream" in each)
    alone = text[text.index(head) :].partition("}\n")[0] + "}\n"
    for name in apps:
        if f"upstream {name} " not in text:
            text = text.replace(alone, alone + alone.replace("app-1", name)).replace(
                line, line + line.replace("app-1", name), 1
            )
    for name, of_app in apps.items():
        text = text.replace(f"server {name}:8501", f"server 127.0.0.1:{of_app}")
    types = next(path for path in MIME_TYPES if path.exists())
    places = "".join(f"\n    {kind}_temp_path {folder}/{kind};" for kind in _KEPT)
    text = text.replace("include mime.types;", f"include {types};{places}")
    assert ":8501;" not in text
    if is_secure:
        text = text.replace("/etc/nginx/certificates", str(folder)).replace("listen 443", f"listen 127.0.0.1:{port}")
        return text.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    return text.replace("\n        listen 80;", f"\n        listen 127.0.0.1:{port};")


class Nginx:
    """Run nginx inside a `with`."""

    def __init__(self, folder: Path, apps: Mapping[str, int], *, is_secure: bool = False) -> None:
        """Take a folder of its own, the apps' ports, and whether it has a certificate."""
        folder.mkdir(parents=True, exist_ok=True)
        if is_secure:
            make_certificate(folder)
        self.port = free_port()
        self._folder = folder
        self._log = (folder / "log.txt").open("w", encoding="utf-8")
        self.file = folder / "nginx.conf"
        self.file.write_text(configuration(folder, self.port, apps, is_secure=is_secure), "utf-8")
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
