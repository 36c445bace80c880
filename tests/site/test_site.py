"""The folder of the page without a server: what stands in it, and that its Python is whole."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tools.site.python_archive import FROM_PYODIDE, libraries, own_packages, python_files
from tools.site.writer import write_site

HASHED = re.compile(r"[\w-]+-[0-9a-f]{12}/")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_site(folder, None)
    return folder


def config(site: Path) -> dict[str, Any]:
    found = re.search(
        r'<script id="site" type="application/json">(.*?)</script>', (site / "index.html").read_text("utf-8")
    )
    assert found is not None
    told: dict[str, Any] = json.loads(found[1])
    return told


def kept(site: Path) -> dict[str, Any]:
    first = (site / "service_worker.js").read_text("utf-8").partition("\n")[0]
    told: dict[str, Any] = json.loads(first.removeprefix("globalThis.site = ").removesuffix(";"))
    return told


def test_all_that_is_named_is_there_and_all_that_is_there_is_kept(site: Path) -> None:
    told = config(site)
    named = [told["worker"], told["serviceWorker"], told["python"]["archive"]["path"], *told["messages"].values()]
    page = (site / "index.html").read_text("utf-8")
    named += re.findall(r'(?:href|src)="([^"]+)"', page)
    assert [path for path in named if not (site / path).is_file()] == []
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    lasting = set(kept(site)["lasting"])
    assert files - lasting == {"index.html", "manifest.webmanifest", "service_worker.js"}
    assert lasting - files == set()
    assert all(HASHED.match(path) for path in lasting)
    assert kept(site)["changing"][0] == "./"
    assert kept(site)["version"] == told["version"]
    assert (site / told["python"]["archive"]["path"]).stat().st_size == told["python"]["archive"]["bytes"]


def test_nothing_is_asked_of_any_other_host_and_no_text_is_run(site: Path) -> None:
    page = (site / "index.html").read_text("utf-8")
    assert "//" not in re.sub(r'<script id="site".*?</script>', "", page).replace("<!doctype html>", "")
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert found is not None
    assert found[1].startswith("default-src 'self'; script-src 'self' 'wasm-unsafe-eval';")
    assert not re.search(r"<script(?![^>]*(?:\bsrc=|application/json))", page)


def test_what_is_written_is_the_same_whenever_it_is(site: Path, tmp_path: Path) -> None:
    write_site(tmp_path, None)
    assert kept(tmp_path) == kept(site)
    for path in ("index.html", "manifest.webmanifest"):
        assert (tmp_path / path).read_bytes() == (site / path).read_bytes()


def test_another_lesson_makes_another_version(site: Path, tmp_path: Path) -> None:
    lessons, folder = tmp_path / "lessons", tmp_path / "site"
    lessons.mkdir()
    (lessons / "1_mine.toml").write_text('title = "Mine"\nlevel = 1\nminutes = 1\nquestion = "?"\n', "utf-8")
    write_site(folder, None, lessons)
    assert kept(folder)["version"] != kept(site)["version"]
    assert config(folder)["python"]["environment"] == {"PLAYGROUND_LESSONS": "/playground/added_lessons"}
    with zipfile.ZipFile(folder / config(folder)["python"]["archive"]["path"]) as archive:
        assert "added_lessons/1_mine.toml" in archive.namelist()


def test_the_python_of_the_site_knows_no_server() -> None:
    assert {"components.page", "components.canvas", "components.rooms", "components.server"}.isdisjoint(own_packages())
    assert libraries().isdisjoint({"streamlit", "sqlalchemy", "starlette", "ipython", *FROM_PYODIDE})


PLAY = """
import json, sys
sys.path[:] = [path for path in sys.path if "site-packages" not in path]
sys.path[:0] = sys.argv[1:3]
from components.site import Page
from engine.lessons import LESSONS
page = Page(json.dumps({"link": "", "language": "", "preferred": []}))
message = json.loads(page.message())
seq = post = 0
for number, lesson in enumerate(LESSONS):
    events = [{"type": "lesson", "lesson": number}, {"type": "export", "kind": "page"}, {"type": "share"}]
    entries = [{"seq": seq + place, "event": event} for place, event in enumerate(events, start=1)]
    seq += len(events)
    for _ in range(100):
        post += 1
        outbox = {"session": message["session"], "post": post, "have": 0, "selected": "", "events": entries}
        message = json.loads(page.receive(json.dumps(outbox)))
        if message["ack"] == seq:
            break
    assert not message["refusals"], message["refusals"]
    assert message["picture"]["lesson"]["number"] == number + 1
    assert message["link"] and message["file"]["name"] == "graph.html"
foreign = [path for module in list(sys.modules.values()) if (path := getattr(module, "__file__", None) or "")
    and "site-packages" in path and not any(name in path for name in ("numpy", "pydantic"))]
assert foreign == [], foreign
print("All lessons were opened.")
"""


def test_the_archive_alone_opens_every_lesson_beside_the_packages_that_are_built_for_pyodide(
    site: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(site / config(site)["python"]["archive"]["path"]) as archive:
        archive.extractall(tmp_path / "archive")
    built = tmp_path / "built"
    built.mkdir()
    for name in ("numpy", "pydantic", "pydantic_core"):
        spec = find_spec(name)
        assert spec is not None
        assert spec.origin is not None
        (built / name).symlink_to(Path(spec.origin).parent)
        libs = Path(spec.origin).parents[1] / f"{name}.libs"
        if libs.is_dir():
            (built / libs.name).symlink_to(libs)
    played = subprocess.run(
        [sys.executable, "-IS", "-c", PLAY, str(tmp_path / "archive"), str(built)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert played.returncode == 0, played.stderr
    assert played.stdout == "All lessons were opened.\n"


def test_the_archive_holds_no_tests_and_nothing_that_was_built_for_this_machine() -> None:
    paths = python_files()
    assert not [path for path in paths if "tests/" in path or path.endswith((".so", ".pyc", ".js.map", ".css"))]
    assert len(paths) > 500
