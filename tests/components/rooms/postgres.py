"""A PostgreSQL of the tests' own, out of Debian's package: on loopback, on a free port, ended with the tests."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

_START_SECONDS = 60
_POLL_SECONDS = 0.05
_USER = "nobody"


def missing() -> str:
    """Return why PostgreSQL cannot be tested here; the empty text where it can."""
    if find_spec("psycopg") is None:
        return "the driver psycopg is not installed"
    if _folder() is None:
        return "PostgreSQL is not installed: apt install postgresql"
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        return "PostgreSQL does not run as root, and there is no setpriv to run it as somebody else"
    return ""


def _folder() -> Path | None:
    found = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), *map(Path, os.get_exec_path())]
    return next((folder for folder in found if (folder / "initdb").exists()), None)


@contextmanager
def postgres() -> Iterator[str]:
    """Run a server, and yield the address of an empty database."""
    folder = _folder()
    assert folder is not None
    as_user: list[str] = []
    data = Path(tempfile.mkdtemp(prefix="playground-postgres-"))
    if os.geteuid() == 0:  # it refuses to run as root
        user = pwd.getpwnam(_USER)
        os.chown(data, user.pw_uid, user.pw_gid)
        as_user = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    try:
        made = [*as_user, str(folder / "initdb"), "-D", str(data), "-U", "playground", "-A", "trust", "-E", "UTF8"]
        subprocess.run([*made, "--locale=C", "--no-sync"], check=True, capture_output=True, cwd="/")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        settings = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": "", "fsync": "off"}
        command = [*as_user, str(folder / "postgres"), "-D", str(data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
        try:
            address = f"postgresql+psycopg://playground@127.0.0.1:{port}/postgres"
            _wait_for(address)
            yield address
        finally:
            server.terminate()  # "smart": it would wait for connections that are still open
            server.send_signal(2)
            server.wait(30)
    finally:
        shutil.rmtree(data, ignore_errors=True)


def _wait_for(address: str) -> None:
    import psycopg

    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            psycopg.connect(address.replace("+psycopg", "")).close()
            return
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_POLL_SECONDS)
