"""Lay out the packages that are built for Pyodide: what they have of WebAssembly by itself, all else in one zip.

The page's worker loads the libraries that every visit needs before Python begins, always in the same order: only so can
a browser keep Python's memory (`components/canvas/site/pyodide.js`).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

_LIBRARY: Final = ".so"
_LOADED: Final = ("_multiarray_umath", "_umath_linalg", "_multiarray_tests", "_pydantic_core")
"""The libraries that importing the playground loads, by the first part of their names.

NumPy 2.0 imports its tests' one as it adds texts to it.
"""
_LEFT_OUT: Final = (".pyi", ".pyc", ".pyx", ".pxd", ".h", ".c", ".a", ".rst", "RECORD")


@dataclass(frozen=True)
class Packages:
    """Hold files by their paths, seen from a folder in which Python looks for packages."""

    libraries: Mapping[str, bytes]
    others: Mapping[str, bytes]


def laid_out(wheels: Iterable[bytes]) -> Packages:
    """Return what wheels hold, but for what is of no use at run time."""
    libraries: dict[str, bytes] = {}
    others: dict[str, bytes] = {}
    for wheel in wheels:
        with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
            for path in archive.namelist():
                if not path.endswith(("/", *_LEFT_OUT)) and "tests" not in PurePosixPath(path).parts:
                    (libraries if _is_loaded(path) else others)[path] = archive.read(path)
    return Packages(libraries, others)


def _is_loaded(path: str) -> bool:
    return path.endswith(_LIBRARY) and PurePosixPath(path).name.partition(".")[0] in _LOADED
