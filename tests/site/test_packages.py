"""Packages that are built for Pyodide, laid out: what every visit loads stands by itself, without the rest."""

from __future__ import annotations

import io
import zipfile

from tools.site.packages import laid_out

_UMATH = "numpy/_core/_multiarray_umath.cpython-314-wasm32-emscripten.so"
_RANDOM = "numpy/random/mtrand.cpython-314-wasm32-emscripten.so"


def wheel(*paths: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for path in paths:
            archive.writestr(path, path)
    return written.getvalue()


def test_libraries_of_every_visit_stand_by_themselves_and_what_is_never_read_is_left_out() -> None:
    numpy = wheel(_UMATH, _RANDOM, "numpy/__init__.py", "numpy/__init__.pyi", "numpy/tests/test_all.py", "numpy/a.h")
    pydantic = wheel("pydantic/main.py", "pydantic-2.0.dist-info/METADATA", "pydantic-2.0.dist-info/RECORD")
    packages = laid_out([numpy, pydantic])
    assert dict(packages.libraries) == {_UMATH: _UMATH.encode()}
    assert sorted(packages.others) == [
        "numpy/__init__.py",
        _RANDOM,
        "pydantic-2.0.dist-info/METADATA",
        "pydantic/main.py",
    ]
