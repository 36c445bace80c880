"""Start what compose.yaml starts, without Docker: the same commands in the same order, healthy before what needs it."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.components.rooms.postgres import Postgres
from tests.components.rooms.postgres import missing as missing_postgres
from tests.serving.files import ROOT, in_order, last_instruction, services
from tests.serving.nginx import Nginx, free_port, missing_nginx

HOST = "class.example"
"""The name under which browsers reach nginx."""
PREFIX = "backprop"
SETTINGS = {
    "POSTGRES_PASSWORD": "of-tests",
    "COOKIE_SECRET": "of-tests",
    "PLAYGROUND_HOSTS": HOST,
    "PLAYGROUND_PREFIX": PREFIX,
}
_SECONDS = 90
_POLL_SECONDS = 0.1


def missing() -> str:
    """Return why several servers cannot be tested here; the empty text where they can."""
    return missing_postgres() or missing_nginx()


class App:
    """Be one of compose.yaml's apps: the image's command, with its environment and compose.yaml's."""

    def __init__(
        self, name: str, log: Path, environment: Mapping[str, str], *, python: Sequence[str], folder: Path, data: str
    ) -> None:
        """Take what starts Python, the folder of the app, and that of its data: those of the image are not here."""
        self.name = name
        self.port = free_port()
        self.metrics_port = free_port()
        of_image = dict(pair.split("=", 1) for pair in shlex.split(last_instruction("ENV")))
        told = {**of_image, **environment, "PLAYGROUND_METRICS_PORT": str(self.metrics_port)}
        told |= {"HOME": data, "PLAYGROUND_DATA": data, "PATH": os.environ["PATH"]}
        told["PLAYGROUND_METRICS_ADDRESS"] = "127.0.0.1"
        self._environment = {key: told[key] for key in sorted(told)}
        self._python, self._folder = python, folder
        self._log_path = log
        self._log = log.open("w", encoding="utf-8")
        self.process = self._started()

    def _command(self, written: str) -> list[str]:
        program, *arguments = json.loads(written.replace("8501", str(self.port)).replace("0.0.0.0", "127.0.0.1"))
        assert program == "python"
        return [*self._python, *arguments]

    def _started(self) -> subprocess.Popen[bytes]:
        command = self._command(last_instruction("CMD"))
        return subprocess.Popen(
            command, cwd=self._folder, env=self._environment, stdout=self._log, stderr=subprocess.STDOUT
        )

    def start_again(self) -> None:
        """Start it anew, as compose.yaml's `restart` does."""
        self.process = self._started()
        self.wait_until_healthy()

    @property
    def is_healthy(self) -> bool:
        """Ask as the image's health check does."""
        command = self._command(last_instruction("HEALTHCHECK").partition(" CMD ")[2])
        return not subprocess.run(command, env=self._environment, capture_output=True, check=False).returncode

    def wait_until_healthy(self) -> None:
        address = f"http://127.0.0.1:{self.port}/healthz"
        deadline = time.monotonic() + _SECONDS
        while True:
            try:  # a Python of its own for each look would take the time of those that start
                urllib.request.urlopen(address, timeout=5).close()
                break
            except OSError:
                assert self.process.poll() is None, self.log()
                assert time.monotonic() < deadline, self.log()
                time.sleep(_POLL_SECONDS)

    def measured(self, name: str) -> float:
        """Return one of its metrics."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.metrics_port}/metrics", timeout=10) as answer:
            lines = answer.read().decode().splitlines()
        return next(float(line.split()[1]) for line in lines if line.startswith(f"{name} "))

    def kill(self) -> None:
        """End it without a word to anybody."""
        self.process.kill()
        self.process.wait()

    def end(self) -> int:
        """End it as Docker does, and return its code; raises TimeoutExpired where it takes too long."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()
            raise
        finally:
            self._log.flush()

    def log(self) -> str:
        return self._log_path.read_text("utf-8")

    def close(self) -> None:
        if self.process.poll() is None:
            self.kill()
        self._log.close()


class Stack:
    """Run the database, the apps and nginx inside a `with`."""

    def __init__(
        self,
        folder: Path,
        settings: Mapping[str, str] = SETTINGS,
        *,
        python: Sequence[str] = (sys.executable,),
        app_folder: Path = ROOT,
        data: str = "",
    ) -> None:
        """Take a folder for logs, what stands in .env, what starts Python, in which folder, and the folder of data."""
        self._folder = folder
        self._services = services(settings)
        self._python, self._app_folder, self._data = python, app_folder, data or str(folder)
        self._stack = ExitStack()
        self.apps: dict[str, App] = {}

    def __enter__(self) -> Stack:
        try:
            waiting: list[App] = []
            for name in in_order(self._services):
                if name == "db":
                    self.postgres = self._stack.enter_context(self._database())
                elif name == "nginx":
                    for app in waiting:
                        app.wait_until_healthy()
                    self.nginx = self._stack.enter_context(Nginx(self._folder / "nginx", self._ports))
                else:
                    waiting.append(self._app(name))
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def _ports(self) -> dict[str, int]:
        return {name: app.port for name, app in self.apps.items()}

    def _database(self) -> Postgres:
        told = self._services["db"]["environment"]
        assert told["POSTGRES_USER"] == "playground"
        return Postgres(told["POSTGRES_DB"], is_durable=True)

    def is_database_healthy(self) -> bool:
        """Ask as compose.yaml's health check does."""
        kind, command = self._services["db"]["healthcheck"]["test"]
        assert kind == "CMD-SHELL"
        tools = f"{self.postgres.folder}{os.pathsep}{os.environ['PATH']}"
        here = os.environ | {"PATH": tools, "PGHOST": "127.0.0.1", "PGPORT": str(self.postgres.port)}
        return not subprocess.run(command, shell=True, env=here, capture_output=True, check=False).returncode

    def _app(self, name: str, like: str = "") -> App:
        told = dict(self._services[like or name]["environment"])
        if like:
            told["PLAYGROUND_APP"] = name
        told["DATABASE_URL"] = told["DATABASE_URL"].replace("@db/", f"@127.0.0.1:{self.postgres.port}/")
        log = self._folder / f"{name}.log"
        app = App(name, log, told, python=self._python, folder=self._app_folder, data=self._data)
        self._stack.callback(app.close)
        self.apps[name] = app
        return app

    def add_app(self) -> App:
        """Add an app more, as docs/serving.md says: like the others, with a line in nginx's file."""
        app = self._app(f"app-{len(self.apps) + 1}", "app-1")
        app.wait_until_healthy()
        self.reload_nginx()
        return app

    def reload_nginx(self) -> None:
        """Have nginx read its file anew, as after every change of the apps."""
        self.nginx.reload(self._ports)
