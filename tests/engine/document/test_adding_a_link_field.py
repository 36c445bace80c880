"""A field of links is added as CONTRIBUTING says: versions with it and without it open each other's links."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from engine.document import from_link, to_link
from tests.contributing import ROOT, example_of
from tests.engine.built import SEED

USE = """
import sys
from engine.document import LinkFields, from_link, read_link, to_link
graph = from_link(sys.argv[1])[0]
print(read_link(sys.argv[1]).fields.zoom)
print(read_link(to_link(graph, fields=LinkFields(zoom=2.5))).fields.zoom)
print(to_link(graph, fields=LinkFields(zoom=2.5)))
"""


def test_a_field_is_one_declaration(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "engine", tmp_path / "engine", ignore=shutil.ignore_patterns("__pycache__"))
    path = tmp_path / "engine/document/link_fields.py"
    before, method, after = path.read_text("utf-8").partition("\n    def written(")
    path.write_text(before + example_of("Changing the format of documents or links") + method + after, "utf-8")
    use = [sys.executable, "-c", USE, to_link(SEED)]
    missing, read, link = subprocess.run(use, cwd=tmp_path, capture_output=True, text=True, check=True).stdout.split()
    assert (missing, read) == ("1.0", "2.5")
    assert from_link(link)[0] == from_link(to_link(SEED))[0]
