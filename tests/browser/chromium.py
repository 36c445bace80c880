"""Find a Chromium or Chrome on this machine, or get one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_MAC_APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
_QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class NoBrowserError(RuntimeError):
    """There is no Chromium here and none could be installed."""


def launch(playwright: Playwright) -> Browser:
    """Start a headless Chromium: an installed one, else Playwright's, else, as root on Debian, the distribution's."""
    for find in (_installed, _playwrights, _debians):
        if path := find(playwright):
            return playwright.chromium.launch(executable_path=path, args=list(_arguments()))
    raise NoBrowserError(
        "No Chromium or Chrome was found, and none could be installed. Install one, for example with "
        f"'{Path(sys.executable).name} -m playwright install chromium' or 'apt install chromium'."
    )


def _arguments() -> tuple[str, ...]:
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return (*_QUIET, "--no-sandbox") if is_root else _QUIET


def _installed(_: Playwright) -> str | None:
    return next(filter(None, map(shutil.which, _NAMES)), None) or next(filter(os.path.exists, _MAC_APPLICATIONS), None)


def _playwrights(playwright: Playwright) -> str | None:
    path = playwright.chromium.executable_path
    if not Path(path).exists():
        _try([sys.executable, "-m", "playwright", "install", "chromium"])
    return path if Path(path).exists() else None


def _debians(playwright: Playwright) -> str | None:
    if not shutil.which("apt-get") or "--no-sandbox" not in _arguments():
        return None
    _try(["apt-get", "update", "-qq"])
    _try(["apt-get", "install", "-y", "-qq", "chromium"])
    return _installed(playwright)


def _try(command: list[str]) -> None:
    """Run an installer; whether it did its work is seen by looking for the browser, not from its exit code."""
    subprocess.run(command, check=False, timeout=600, stdout=subprocess.DEVNULL)
