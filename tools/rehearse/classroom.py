"""A classroom: a teacher at the projector, a student with a phone, and a folder for what was to be seen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import zxingcpp
from PIL import Image
from playwright.sync_api import Browser

from tests.browser.screens import PHONE, PROJECTOR, Screen
from tools.rehearse.person import Person

NOTHING: Final = "about:blank"
"""The address of a page on which nothing was opened."""


@dataclass
class Classroom:
    """Hold who takes part, and where the pictures go."""

    browser: Browser
    url: str
    language: str
    teacher: Person
    student: Person
    pictures: Path | None = None

    def take_pictures(self, name: str) -> None:
        """Keep what both see, where pictures are wanted."""
        if self.pictures is None:
            return
        for person, who in ((self.teacher, "teacher"), (self.student, "student")):
            if person.page.url == NOTHING:  # who has not come in yet
                continue
            person.page.screenshot(path=self.pictures / f"{self.language}-{name}-{who}.png")

    def scan(self) -> str:
        """Return what a phone reads from the projector; the code fills the screen."""
        seen = self.teacher.page.screenshot()
        if self.pictures is not None:
            (self.pictures / f"{self.language}-00-code.png").write_bytes(seen)
        read = zxingcpp.read_barcode(Image.open(BytesIO(seen)))
        assert read is not None, "no phone would read the code on the projector"
        return read.text


@contextmanager
def somebody(browser: Browser, url: str, language: str, screen: Screen) -> Iterator[Person]:
    """Give a person at a page of a browser that has never been here."""
    size: Any = {"width": screen.width, "height": screen.height}
    context = browser.new_context(viewport=size, has_touch=screen.touch, locale=language, reduced_motion="reduce")
    yield Person(context.new_page(), url, language)
    context.close()


@contextmanager
def classroom(browser: Browser, url: str, language: str, pictures: Path | None = None) -> Iterator[Classroom]:
    """Give a class that is about to begin."""
    with (
        somebody(browser, url, language, PROJECTOR) as teacher,
        somebody(browser, url, language, PHONE) as student,
    ):
        yield Classroom(browser, url, language, teacher, student, pictures)
