"""Carry out the Dockerfile as it stands, in a copy of this computer's files that is gone afterwards.

The base image is this computer: each stage sees its files through an overlay, so that what a command writes, adds or
takes away happens in memory alone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.serving.files import ROOT, dockerfile

_PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"


@dataclass
class Image:
    """Hold one stage while it is made, and the last one when it is done."""

    root: Path
    """Where its files stand, as seen from here."""
    working_folder: str = "/"
    user: str = "0"
    environment: dict[str, str] = field(default_factory=lambda: {"PATH": _PATH})

    def inside(self, path: str) -> Path:
        """Return where a path of the image stands, as seen from here."""
        return self.root / os.path.normpath(os.path.join(self.working_folder, path)).lstrip("/")

    def program(self) -> list[str]:
        """Return what stands before a command that is run in the image, by its user and without any rights."""
        return [
            *("setpriv", f"--reuid={self.user}", f"--regid={self.user}", "--clear-groups", "--no-new-privs"),
            *("--bounding-set=-all", "--inh-caps=-all"),
        ]

    def entering(self) -> list[str]:
        """Return what stands before a command so that it is run in the image, in its folder."""
        return ["chroot", str(self.root), "env", "-C", self.working_folder]


def built(scratch: Path, tell: Callable[[str], None]) -> Image:
    """Return the image of the Dockerfile's last stage; the folder must be a file system of its own."""
    stages: dict[str, Image] = {}
    image: Image | None = None
    for name, rest in dockerfile():
        if name == "FROM":
            stage = rest.partition(" AS ")[2] or f"stage {len(stages)}"
            image = stages[stage] = _base(scratch / stage)
        else:
            assert image is not None
            tell(f"{name} {rest}")
            _carry_out(image, stages, name, rest)
    assert image is not None
    return image


def _base(folder: Path) -> Image:
    """Return this computer's files, of which a stage has a copy of its own."""
    upper, work, root = (folder / each for each in ("upper", "work", "root"))
    for each in (upper, work, root):
        each.mkdir(parents=True)
    options = f"lowerdir=/,upperdir={upper},workdir={work}"
    subprocess.run(["mount", "-t", "overlay", "overlay", "-o", options, str(root)], check=True)
    for each in ("dev", "proc"):  # not to be written: they are this computer's own
        subprocess.run(["mount", "--bind", f"/{each}", str(root / each)], check=True)
        subprocess.run(["mount", "-o", "remount,bind,ro", str(root / each)], check=True)
    # Python's image has it here, and for everybody.
    python = root / "usr/local/bin/python"
    python.unlink(missing_ok=True)
    real = Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}"
    # A link would make it look for its library beside the link.
    python.write_text(f'#!/bin/sh\nexec {real} "$@"\n', "utf-8")
    python.chmod(0o755)
    for above in real.parents:
        inside = root / str(above).lstrip("/")
        inside.chmod(inside.stat().st_mode | 0o011)
    for taken in ("venv", "app", "data"):
        shutil.rmtree(root / taken, ignore_errors=True)
    return Image(root)


def _carry_out(image: Image, stages: dict[str, Image], name: str, rest: str) -> None:
    match name:
        case "WORKDIR":
            image.working_folder = rest
            image.inside(".").mkdir(parents=True, exist_ok=True)
        case "COPY":
            _copy(image, stages, rest.split())
        case "RUN":
            # What this computer says of package indexes counts in the image, too, as with Docker's build arguments.
            around = {
                key: value for key, value in os.environ.items() if key.startswith(("PIP_", "HTTP", "http", "NO_"))
            }
            command = [*image.entering(), "/bin/sh", "-c", rest]
            subprocess.run(command, check=True, env={**around, "HOME": "/root", **image.environment}, cwd="/")
        case "USER":
            image.user = rest
        case "ENV":
            for pair in rest.split():
                key, _, value = pair.partition("=")
                image.environment[key] = value.replace("$PATH", image.environment["PATH"])
        case "VOLUME" | "EXPOSE" | "HEALTHCHECK" | "CMD":
            pass  # They say what is done with the image.
        case _:
            raise ValueError(f"The Dockerfile says {name}, of which nothing is known here.")


def _copy(image: Image, stages: dict[str, Image], words: list[str]) -> None:
    origin = ROOT
    if words[0].startswith("--from="):
        origin = stages[words.pop(0).removeprefix("--from=")].root
    *sources, target = words
    there = image.inside(target)
    for source in sources:
        path = origin / source.lstrip("/")
        if path.is_dir():
            ignored = shutil.ignore_patterns("__pycache__") if origin == ROOT else None  # .dockerignore
            shutil.copytree(path, there, symlinks=True, ignore=ignored, dirs_exist_ok=True)
        else:
            shutil.copy(path, there / path.name if target.endswith("/") else there)
