"""A PostgreSQL of the tests' own, out of Debian's package: on loopback, on a free port, ended with the tests."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
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


class Postgres:
    """Run a server with an empty database inside a `with`; it may be stopped and started again meanwhile."""

    def __init__(self, database: str = "postgres", *, is_durable: bool = False) -> None:
        """Take the database's name, and whether what is acknowledged is to outlive a power cut, which takes longer."""
        folder = _folder()
        assert folder is not None
        self.folder = folder
        self._database = database
        self._is_durable = is_durable
        self._data = Path(tempfile.mkdtemp(prefix="playground-postgres-"))
        self._as_user: list[str] = []
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.address = f"postgresql+psycopg://playground@127.0.0.1:{self.port}/{database}"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Postgres:
        try:
            if os.geteuid() == 0:  # it refuses to run as root
                user = pwd.getpwnam(_USER)
                os.chown(self._data, user.pw_uid, user.pw_gid)
                self._as_user = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
            made = [str(self.folder / "initdb"), "-D", str(self._data), "-U", "playground", "-A", "trust", "-E", "UTF8"]
            made += ["--locale=C", "--no-sync"]
            subprocess.run([*self._as_user, *made], check=True, capture_output=True, cwd="/")
            self.start()
            if self._database != "postgres":
                self.run(f'CREATE DATABASE "{self._database}"')
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self._data, ignore_errors=True)

    def start(self) -> None:
        """Start the server, with what was in it before."""
        settings = {"listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": ""}
        if not self._is_durable:
            settings["fsync"] = "off"
        command = [*self._as_user, str(self.folder / "postgres"), "-D", str(self._data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
        deadline = time.monotonic() + _START_SECONDS
        import psycopg

        while True:
            try:
                self.run("SELECT 1")
                return
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(_POLL_SECONDS)

    def stop(self) -> None:
        """End the server and every connection to it, as Debian does for an update."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)  # "fast": SIGTERM would wait for connections that are still open
            self._process.wait(30)
            self._process = None

    def run(self, statement: str) -> None:
        """Run one statement, beside whatever the servers do."""
        import psycopg

        address = f"postgresql://playground@127.0.0.1:{self.port}/postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())

    def end_connections(self) -> None:
        """End every connection that somebody else has, in the midst of what it does."""
        self.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )


@contextmanager
def postgres() -> Iterator[str]:
    """Run a server, and yield the address of an empty database."""
    with Postgres() as server:
        yield server.address
