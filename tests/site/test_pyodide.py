"""Packages for Pyodide: of the name and the hash that its lock says, or none."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tools.site.pyodide import PACKAGES_SETTING, Pyodide, SiteError, pyodide

WHEEL = b"a wheel"
FILE = "numpy-2.4.6-cp314-cp314-pyemscripten_2026_0_wasm32.whl"
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")


@pytest.fixture
def distribution(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder that holds a distribution with one package."""
    packages = {"numpy": {"file_name": FILE, "sha256": hashlib.sha256(WHEEL).hexdigest()}}
    lock = {"info": {"python": "3.14.2"}, "packages": packages}
    (tmp_path / "pyodide-lock.json").write_text(json.dumps(lock))
    for name in CORE:
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / FILE).write_bytes(WHEEL)
    monkeypatch.setenv(PACKAGES_SETTING, str(tmp_path))
    return tmp_path


def found(folder: Path) -> Pyodide:
    return pyodide(folder / "nothing is kept here")


def test_a_folder_with_a_whole_distribution_needs_nothing_else(distribution: Path) -> None:
    made = found(distribution)
    assert made.wheel("numpy") == (FILE, WHEEL)
    assert set(made.scripts) | set(made.read) == set(CORE)
    assert json.loads(made.short_lock) == {"info": {"python": "3.14.2"}, "packages": {}}


def test_a_package_of_another_hash_is_refused_by_name(distribution: Path) -> None:
    (distribution / FILE).write_bytes(b"another wheel")
    with pytest.raises(SiteError, match=FILE):
        found(distribution).wheel("numpy")


def test_a_package_that_is_not_there_is_fetched_by_name_where_the_distributions_script_says(
    distribution: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (distribution / FILE).unlink()
    script = "const base = `https://files.example/pyodide/v${U}/full/`;"
    (distribution / "pyodide.mjs").write_text(script)
    asked: list[str] = []
    monkeypatch.setattr("tools.site.pyodide._fetched", lambda url, file: (asked.append(url), WHEEL)[1])
    assert found(distribution).wheel("numpy") == (FILE, WHEEL)
    assert asked == [f"https://files.example/pyodide/v314.0.7/full/{FILE}"]
    monkeypatch.setattr("tools.site.pyodide._fetched", lambda url, file: b"something else")
    (distribution / "nothing is kept here" / "314.0.7" / FILE).unlink()
    with pytest.raises(SiteError, match="another file"):
        found(distribution).wheel("numpy")


def test_what_is_missing_is_one_sentence(distribution: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SiteError, match="has no pydantic"):
        found(distribution).wheel("pydantic")
    monkeypatch.setenv(PACKAGES_SETTING, str(distribution / "missing"))
    with pytest.raises(SiteError, match="names no folder"):
        found(distribution)
