"""The picture with which every session begins that opens no link: a browser shows it before it has met one."""

from __future__ import annotations

import os
from functools import cache, partial
from typing import Any

from components.border import or_none
from components.canvas import away_sentence
from components.page.host import FIRST_STEPS_SETTING, first_graph
from components.server import ServedFolder
from components.state import begin, encoded
from engine.messages import languages, using_language


@cache
def first_folder() -> ServedFolder:
    """Return the first pictures as a folder for the server: a file for each language, where it could be made."""
    told = {f"{code}.json": or_none(partial(_told_first, code)) for code in languages()}
    return ServedFolder("first", {path: content for path, content in told.items() if content is not None})


def first_file(language: str) -> str:
    """Return where a first picture stands as seen from the page; the empty text where there is none."""
    folder, path = first_folder(), f"{language}.json"
    return folder.path + path if folder.is_served and path in folder else ""


def _told_first(language: str) -> bytes:
    session = begin(chosen=language, graph=or_none(first_graph))
    session.spare_constant_part(is_known=True)
    told: dict[str, Any] = {"picture": session.message()["picture"]}
    if os.environ.get(FIRST_STEPS_SETTING) == "off":
        told["firstSteps"] = False
    with using_language(language):
        return encoded({**told, "away": away_sentence()})
