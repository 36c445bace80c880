"""Pack the Python that the page without a server runs: what its entry imports of the project, and pure libraries."""

from __future__ import annotations

import ast
import io
import sys
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import metadata
from itertools import chain
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement

from components.picture import vis_network

ROOT: Final = Path(__file__).parents[2]
ENTRY: Final = "components.site"
FROM_PYODIDE: Final = ("numpy", "pydantic", "pydantic-core")
"""Packages that are built for Pyodide, and pydantic, which fits one pydantic-core alone."""
STAND_INS: Final = {
    "IPython/__init__.py": '"""Nothing of IPython is here: pyvis imports one name of it, for notebooks."""\n',
    "IPython/display.py": (
        '"""What pyvis imports for notebooks."""\n\n\n'
        "class IFrame:\n"
        '    """Be no frame: a page without a server is no notebook."""\n\n'
        "    def __init__(self, *args, **more):\n"
        '        raise RuntimeError("IPython is not part of the page without a server.")\n'
    ),
}
"""In the place of IPython, which pyvis imports and never uses where nothing is shown in a notebook."""
LESSONS_FOLDER: Final = "added_lessons"
"""Where a teacher's own lessons stand in the archive."""

_STOOD_IN_FOR: Final = ("ipython",)
_HOUSES: Final = ("engine", "components")
_SAME_DATE: Final = (1980, 1, 1, 0, 0, 0)


def python_files(lessons: Path | None = None) -> dict[str, bytes]:
    """Return all files by their paths in the archive, those of the folder with a teacher's own lessons among them."""
    files = {path: text.encode() for path, text in STAND_INS.items()}
    for path in sorted(_own_files()):
        files[path.relative_to(ROOT).as_posix()] = path.read_bytes()
    for library in libraries():
        files |= _files_of_library(library)
    if lessons is not None:
        files |= {f"{LESSONS_FOLDER}/{path.name}": path.read_bytes() for path in sorted(lessons.glob("*.toml"))}
    return files


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return files as a zip, which is the same whenever they are."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(path, _SAME_DATE), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _own_files() -> Iterator[Path]:
    """Yield the files of every package of the project that the entry imports, over however many others."""
    for house in _HOUSES:
        yield ROOT / house / "__init__.py"
    for package in own_packages():
        place = ROOT / package.replace(".", "/")
        if place.with_suffix(".py").is_file():
            yield place.with_suffix(".py")
        else:
            yield from (path for path in place.rglob("*") if _is_read_at_run_time(path))


@cache
def own_packages() -> frozenset[str]:
    """Return the project's packages that the entry needs, each by house and name."""
    found: set[str] = set()
    waiting = [ENTRY, *_imported([ROOT / house / "__init__.py" for house in _HOUSES])]
    while waiting:
        package = waiting.pop()
        if package in found:
            continue
        found.add(package)
        waiting += _imported(_modules_of(package))
    return frozenset(found)


def libraries() -> set[str]:
    """Return the names of the pure libraries that the project's part needs, over however many others.

    What is imported has the name of what is installed: PackageNotFoundError where it has not.
    """
    found: set[str] = set()
    waiting = sorted({name.partition(".")[0] for package in own_packages() for name in _names(_modules_of(package))})
    waiting = [name for name in waiting if name not in sys.stdlib_module_names and name not in _HOUSES]
    while waiting:
        name = _plain(waiting.pop())
        if name in found or name in _STOOD_IN_FOR:
            continue
        found.add(name)
        needed = (Requirement(text) for text in metadata.requires(name) or ())
        waiting += [each.name for each in needed if each.marker is None or each.marker.evaluate({"extra": ""})]
    return found - set(FROM_PYODIDE)


def _files_of_library(name: str) -> dict[str, bytes]:
    files = metadata.files(name) or ()
    return {file.as_posix(): Path(str(file.locate())).read_bytes() for file in files if _is_of_use(file)}


def _is_of_use(file: metadata.PackagePath) -> bool:
    if file.parts[:2] == ("pyvis", "templates"):  # of the scripts in it the one that draws
        is_drawing = "lib" in file.parts and file.name == "vis-network.min.js"
        return file.suffix == ".html" or (is_drawing and Path(str(file.locate())).read_text("utf-8") == vis_network())
    return file.suffix == ".py" and file.parts[0] != ".." and "tests" not in file.parts


def _is_read_at_run_time(path: Path) -> bool:
    return path.is_file() and path.suffix in (".py", ".toml", ".mo", ".json") and "__pycache__" not in path.parts


def _modules_of(package: str) -> list[Path]:
    place = ROOT / package.replace(".", "/")
    return [place.with_suffix(".py")] if place.with_suffix(".py").is_file() else sorted(place.rglob("*.py"))


def _imported(modules: list[Path]) -> set[str]:
    """Return which packages of the project modules import."""
    own = (name.split(".") for name in _names(modules) if name.split(".")[0] in _HOUSES)
    return {".".join(parts[:2]) for parts in own if len(parts) > 1}


def _names(modules: list[Path]) -> Iterator[str]:
    return chain.from_iterable(map(_imports_of, modules))


@cache
def _imports_of(path: Path) -> tuple[str, ...]:
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            found.append(node.module)
    return tuple(found)


def _plain(name: str) -> str:
    return name.lower().replace("_", "-")
