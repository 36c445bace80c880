"""Pyodide: its own files out of its npm package, and packages built for it by name and hash out of its distribution.

The environment names a folder in PYODIDE_PACKAGES that holds packages, and perhaps all of a distribution; what is not
in it is fetched, and kept in dist/pyodide.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import subprocess
import tarfile
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

PACKAGES_SETTING: Final = "PYODIDE_PACKAGES"
VERSION: Final = "314.0.7"
SHA512: Final = (
    "d18bd7c4485f11da4b7dbfd790cd8114078c44eab488c517d9bcf31fda4eb6dc"
    "8c716930abe1db139bb2b860fcd8b37bcb6abe48dbe2ffa579244b0e943d91d4"
)
"""Of the npm package of that version."""

_LOCK: Final = "pyodide-lock.json"
_FACTORIES: Final = ("pyodide.asm.mjs", "pyodide.asm.js")
"""What makes Pyodide's module: a version has one of the two."""
_SCRIPTS: Final = ("pyodide.mjs", *_FACTORIES)
"""The page's browser imports these."""
_READ: Final = ("pyodide.asm.wasm", "python_stdlib.zip")
_ADDRESS: Final = re.compile(r"https://[\w./-]+/v\$\{[\w.]+\}/full/")


class SiteError(Exception):
    """What the page without a server needs cannot be had."""


@dataclass(frozen=True)
class Pyodide:
    """Hold Pyodide's own files by their names, and the lock of its distribution."""

    scripts: Mapping[str, bytes]
    read: Mapping[str, bytes]
    lock: Mapping[str, Any]
    folders: tuple[Path, ...]
    """Where packages may lie; what is fetched is kept in the last."""

    @property
    def factory(self) -> str:
        """Return the name of the script that makes its module."""
        return next(name for name in _FACTORIES if name in self.scripts)

    @property
    def short_lock(self) -> bytes:
        """Return a lock without packages, which is all that Pyodide reads of it where nothing is left to be found."""
        return json.dumps({"info": self.lock["info"], "packages": {}}).encode()

    def wheel(self, name: str) -> tuple[str, bytes]:
        """Return a package's file name and content, of the hash that the lock says; raises SiteError."""
        package = self.lock["packages"].get(name)
        if package is None:
            raise SiteError(f"This Pyodide's distribution has no {name}.")
        file, expected = package["file_name"], package["sha256"]
        for folder in self.folders:
            if (folder / file).is_file():
                return file, _checked((folder / file).read_bytes(), expected, file)
        content = _checked(_fetched(self._address + file, file), expected, file)
        self.folders[-1].mkdir(parents=True, exist_ok=True)
        (self.folders[-1] / file).write_bytes(content)
        return file, content

    @property
    def _address(self) -> str:
        """Return where the distribution's packages are, which its own script knows."""
        found = _ADDRESS.search(self.scripts["pyodide.mjs"].decode())
        version = self.lock["info"].get("version", VERSION)
        if found is None:
            raise SiteError(f"This Pyodide does not say where its packages are; put them into {PACKAGES_SETTING}.")
        return re.sub(r"\$\{[\w.]+\}", version, found[0])


def pyodide(kept: Path) -> Pyodide:
    """Return the Pyodide that the environment names, else the one of `VERSION`; raises SiteError."""
    own = kept / VERSION
    named = os.environ.get(PACKAGES_SETTING)
    folders = (*((Path(named),) if named else ()), own)
    if named and not Path(named).is_dir():
        raise SiteError(f"{PACKAGES_SETTING} names no folder: {named}")
    if not all((folders[0] / name).is_file() for name in (_LOCK, _SCRIPTS[0], *_READ)):
        _unpack_own(own)
    home = folders[0] if (folders[0] / _READ[0]).is_file() else own
    lock = next(folder / _LOCK for folder in folders if (folder / _LOCK).is_file())
    scripts = {name: (home / name).read_bytes() for name in _SCRIPTS if (home / name).is_file()}
    return Pyodide(scripts, {name: (home / name).read_bytes() for name in _READ}, json.loads(lock.read_text()), folders)


def _unpack_own(folder: Path) -> None:
    """Fetch the npm package with npm, and unpack it into a folder."""
    if (folder / _READ[0]).is_file():
        return
    folder.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run(
            ("npm", "pack", "--silent", "--pack-destination", str(folder), f"pyodide@{VERSION}"),
            check=True,
            capture_output=True,
            text=True,
        )
    except (OSError, subprocess.CalledProcessError) as error:
        reason = getattr(error, "stderr", "") or str(error)
        raise SiteError(f"npm could not fetch pyodide@{VERSION}: {reason.strip()}") from error
    packed = folder / done.stdout.split()[-1]
    content = packed.read_bytes()
    packed.unlink()
    if hashlib.sha512(content).hexdigest() != SHA512:
        raise SiteError(f"The npm package pyodide@{VERSION} is another one than was expected.")
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        for member in archive:
            name = member.name.removeprefix("package/")
            if name in (_LOCK, *_SCRIPTS, *_READ) and (file := archive.extractfile(member)):
                (folder / name).write_bytes(file.read())


def _fetched(url: str, file: str) -> bytes:
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            content: bytes = answer.read()
            return content
    except (urllib.error.URLError, OSError) as error:
        raise SiteError(
            f"{file} is built for Pyodide, and could not be fetched from its distribution ({error}). "
            f"Put it into a folder, and name that in {PACKAGES_SETTING}."
        ) from error


def _checked(content: bytes, expected: str, file: str) -> bytes:
    if hashlib.sha256(content).hexdigest() != expected:
        raise SiteError(f"{file} is another file than this Pyodide's lock names.")
    return content
