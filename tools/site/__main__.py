"""Write the page without a server: `python -m tools.site [--folder FOLDER] [--lessons FOLDER]`."""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
import sys
import tempfile
from pathlib import Path

from engine.lessons import ADDED
from tools.site.pyodide import SiteError, pyodide
from tools.site.python_archive import ROOT
from tools.site.writer import DEFLATED, write_site

_MARK = "service_worker.js"
"""What stands in a folder that this has written, and may write anew."""


def main() -> int:
    """Write the site and say how large it is; return the exit code."""
    parser = argparse.ArgumentParser(description="Write the page without a server, for any host of static files.")
    parser.add_argument("--folder", type=Path, default=ROOT / "dist/site")
    parser.add_argument("--lessons", type=Path, help="a folder with lessons of your own")
    asked = parser.parse_args()
    added = os.environ.get(ADDED)
    lessons = asked.lessons or (Path(added) if added else None)
    folder: Path = asked.folder
    if folder.exists() and any(folder.iterdir()) and not (folder / _MARK).is_file():
        print(f"{folder} holds something else; name an empty folder.", file=sys.stderr)
        return 2
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as made:
        try:
            write_site(Path(made), pyodide(ROOT / "dist/pyodide"), lessons)
        except SiteError as error:
            print(error, file=sys.stderr)
            return 1
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(made, folder)
    size = sum(size_to_fetch(path) for path in folder.rglob("*") if path.is_file())
    print(f"{folder} is written: {size / 1e6:.1f} MB to fetch at the first visit.")
    return 0


def size_to_fetch(path: Path) -> int:
    """Return how many bytes of a file travel where a host compresses what can be compressed."""
    content = path.read_bytes()
    is_packed = path.suffix in (".whl", ".zip", ".png", DEFLATED)
    return len(content) if is_packed else len(gzip.compress(content, 6))


if __name__ == "__main__":
    sys.exit(main())
