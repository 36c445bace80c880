"""Make the image and start compose.yaml's services, without Docker: `python -m tools.image`; some minutes.

As root on Linux: the Dockerfile's commands are run as they stand, in an overlay over this computer's files that nobody
else sees and that is gone at the end. Then the database, the apps and nginx are started in the order of compose.yaml,
the apps out of the image, by its user, on files that cannot be written; each has to say that it is healthy.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from tests.serving.files import services
from tests.serving.stack import HOST, PREFIX, SETTINGS, Stack, missing
from tools.image.build import Image, built


def main() -> int:
    """Make and start, and tell each step; return 1 where that cannot be done here."""
    if os.name == "nt" or os.geteuid() != 0 or missing():
        print(missing() or "This needs Linux and root, as Docker does.")
        return 1
    if len(sys.argv) > 1:
        _make_and_start(Path(sys.argv[1]))
        return 0
    scratch = tempfile.mkdtemp(prefix="playground-image-")
    try:  # mounts are seen by that process and its children alone, and end with them
        command = ["unshare", "--mount", "--propagation", "private", sys.executable, "-m", "tools.image", scratch]
        return subprocess.run(command, check=False).returncode
    finally:
        os.rmdir(scratch)  # It is empty, or an error: nothing is ever deleted through a mount.


def _make_and_start(scratch: Path) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(scratch)], check=True)
    began = time.monotonic()

    def tell(what: str) -> None:
        print(f"{time.monotonic() - began:6.1f} s  {what}", flush=True)

    image = built(scratch, tell)
    command = ["du", "-sm", str(image.root / "venv"), str(image.root / "app")]
    sizes = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    tell(f"made: {sum(int(line.split()[0]) for line in sizes)} MB on top of Python's image")
    logs = scratch / "logs"
    logs.mkdir()
    _start(image, logs)


def _start(image: Image, logs: Path) -> None:
    """Start all services, ask each for its health, open the page through nginx, and end the apps."""
    app = services(SETTINGS)["app-1"]
    assert (app["read_only"], app["cap_drop"], app["security_opt"]) == (True, ["ALL"], ["no-new-privileges:true"])
    subprocess.run(["mount", "-o", "remount,ro", str(image.root)], check=True)
    for each in app["tmpfs"]:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=1777", "tmpfs", str(image.inside(each))], check=True)
    python = [*image.entering(), *image.program(), "/venv/bin/python"]
    with Stack(logs, python=python, app_folder=Path("/"), data=image.environment["HOME"]) as stack:
        assert stack.is_database_healthy()
        for each in stack.apps.values():
            assert each.is_healthy, each.log()
        print("healthy: db, " + ", ".join(stack.apps))
        address = f"http://127.0.0.1:{stack.nginx.port}/{PREFIX}/"
        with urllib.request.urlopen(urllib.request.Request(address, headers={"Host": HOST})) as page:
            print(f"nginx: {page.status} {page.headers['Content-Type']}")
        for each in stack.apps.values():
            began = time.monotonic()
            each.end()
            print(f"{each.name} ended {time.monotonic() - began:.1f} s after SIGTERM")
            assert "Traceback" not in each.log(), each.log()


if __name__ == "__main__":
    sys.exit(main())
