"""Drive browsers that Playwright has no build of on this machine: Firefox by Marionette, WebKitGTK by its WebDriver.

Both speak the commands of https://www.w3.org/TR/webdriver2/: one over a socket of its own, one over HTTP.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

_START_SECONDS = 60
_POLL_SECONDS = 0.05
_OF_FIREFOX = ("--marionette", "--remote-allow-system-access", "--headless", "--no-remote", "--profile")
_PATHS = {
    "Navigate": "url",
    "Refresh": "refresh",
    "ExecuteScript": "execute/sync",
    "PerformActions": "actions",
    "SetWindowRect": "window/rect",
}
_MINI_BROWSERS = "/usr/lib/*/webkit2gtk-4.*/MiniBrowser"


class Driver(Protocol):
    """Stand for a browser that carries out WebDriver's commands."""

    def send(self, command: str, **parameters: Any) -> Any:
        """Carry out a command of WebDriver, called as in its specification, and return its value."""

    def close(self) -> None:
        """End the browser."""


class Firefox:
    """Drive a Firefox by Marionette, which it brings along."""

    def __init__(self, folder: Path) -> None:
        profile = folder / "profile"
        profile.mkdir()
        (profile / "user.js").write_text(
            'user_pref("marionette.port", 0);\nuser_pref("datareporting.policy.dataSubmissionEnabled", false);\n'
            'user_pref("app.update.enabled", false);\nuser_pref("ui.prefersReducedMotion", 1);\n',
            "utf-8",
        )
        self._process = _started(
            [
                str(found_firefox()),
                "--marionette",
                "--remote-allow-system-access",
                "--headless",
                "--no-remote",
                "--profile",
                str(profile),
            ],
            folder / "firefox.txt",
            HOME=str(folder),
        )
        port = profile / "MarionetteActivePort"
        _wait_for(lambda: port.exists() and port.read_text("utf-8").strip().isdigit(), self._process)
        self._socket = socket.create_connection(("127.0.0.1", int(port.read_text("utf-8"))), timeout=_START_SECONDS)
        self._read()  # it says what it is
        self._count = 0
        self.send("NewSession")

    def send(self, command: str, **parameters: Any) -> Any:
        return self.command(f"WebDriver:{command}", **parameters)

    def command(self, name: str, **parameters: Any) -> Any:
        """Carry out a command of Marionette's."""
        self._count += 1
        packet = json.dumps([0, self._count, name, parameters])
        self._socket.sendall(f"{len(packet.encode())}:{packet}".encode())
        _, _, error, result = self._read()
        if error:
            raise RuntimeError(error["message"])
        return result["value"] if isinstance(result, dict) and "value" in result else result

    def _read(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self._socket.recv(1)
        text = b""
        while len(text) < int(length[:-1]):
            text += self._socket.recv(int(length[:-1]) - len(text))
        return json.loads(text)

    def close(self) -> None:
        self._socket.close()
        _end(self._process)


class WebKit:
    """Drive WebKitGTK's small browser by its WebDriver, on a screen of its own where there is none."""

    def __init__(self, folder: Path) -> None:
        self._screen = None if os.environ.get("DISPLAY") else _virtual_screen(folder)
        display = os.environ.get("DISPLAY") or f":{(folder / 'display').read_text('utf-8').strip()}"
        port = _free_port()
        self._process = _started(
            [str(shutil.which("WebKitWebDriver")), f"--port={port}"],
            folder / "webkit.txt",
            DISPLAY=display,
            HOME=str(folder),
            LIBGL_ALWAYS_SOFTWARE="1",
            NO_AT_BRIDGE="1",
        )
        self._url = f"http://127.0.0.1:{port}/session"
        _wait_for(lambda: _answers(f"http://127.0.0.1:{port}/status"), self._process)
        options = {"binary": str(found_mini_browser()), "args": ["--automation"]}
        capabilities = {"browserName": "MiniBrowser", "webkitgtk:browserOptions": options}
        made = self._post(self._url, {"capabilities": {"alwaysMatch": capabilities}})
        self._url += f"/{made['sessionId']}"

    def send(self, command: str, **parameters: Any) -> Any:
        return self._post(f"{self._url}/{_PATHS[command]}", parameters)

    def _post(self, url: str, body: dict[str, Any]) -> Any:
        request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=_START_SECONDS) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(error.read().decode()) from error

    def close(self) -> None:
        urllib.request.urlopen(urllib.request.Request(self._url, method="DELETE"), timeout=_START_SECONDS).close()
        _end(self._process)
        if self._screen:
            _end(self._screen)


def found_firefox() -> Path | None:
    """Return an installed Firefox, the distribution's long-supported one among them."""
    found = shutil.which("firefox-esr") or shutil.which("firefox")
    return Path(found) if found else None


def found_mini_browser() -> Path | None:
    """Return WebKitGTK's small browser, which comes with its library."""
    return next(Path("/").glob(_MINI_BROWSERS.lstrip("/")), None)


def can_drive_webkit() -> bool:
    """Tell whether there are WebKitGTK, its driver and a screen."""
    has_screen = bool(os.environ.get("DISPLAY") or shutil.which("Xvfb"))
    return has_screen and found_mini_browser() is not None and shutil.which("WebKitWebDriver") is not None


def _virtual_screen(folder: Path) -> subprocess.Popen[bytes]:
    """Start a screen in memory; which number it got stands in the file "display"."""
    with (folder / "display").open("w") as written:
        command = ["Xvfb", "-displayfd", str(written.fileno()), "-screen", "0", "1400x1000x24", "-nolisten", "tcp"]
        process = subprocess.Popen(command, pass_fds=[written.fileno()], stderr=subprocess.DEVNULL)
    _wait_for(lambda: (folder / "display").read_text("utf-8").strip() != "", process)
    return process


def _started(command: list[str], log: Path, **variables: str) -> subprocess.Popen[bytes]:
    with log.open("wb") as written:
        return subprocess.Popen(command, env={**os.environ, **variables}, stdout=written, stderr=subprocess.STDOUT)


def _wait_for(holds: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not holds():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"{process.args!r} did not start.")
        time.sleep(_POLL_SECONDS)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1):
            return True
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
