"""What an installed page keeps for the time when its server is away: every file that it names is served."""

from __future__ import annotations

import json
import re

from components.canvas import away_routes, away_worker
from components.canvas.away import away_folder
from components.canvas.files import canvas_folder


def test_the_script_names_the_page_and_files_that_are_served_beside_it() -> None:
    first = away_worker().partition("\n")[0]
    told = json.loads(first.removeprefix("globalThis.away = ").removesuffix(";"))
    folders = (away_folder().path, canvas_folder().path)
    assert told["page"] in told["files"]
    assert all(path.startswith(folders) for path in told["files"])
    assert {route.path for route in away_routes()} == {
        f"/{{prefix:path}}{folders[0]}{{path:path}}",
        "/{prefix:path}service_worker.js",
    }


def test_the_page_says_it_in_every_language_and_runs_nothing_that_stands_in_it() -> None:
    page = away_folder()._files["page.html"].content.decode()
    assert re.findall(r'<span lang="(\w+)">', page) == ["en", "ja", "zh"] * 2
    assert re.findall(r"<script[^>]*>(.*?)</script>", page) == [""]
    assert "$" not in page
