"""A class of 50 minutes in one language; `make rehearse` plays it in every one, and leaves pictures."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import without_complaints
from tests.browser.server import Server
from tools.rehearse.classroom import classroom
from tools.rehearse.minutes import PARTS

pytestmark = pytest.mark.browser


def test_a_class_of_fifty_minutes_finds_every_number_in_japanese(browser: Browser, server: Server) -> None:
    with classroom(browser, server.url, "ja") as room, without_complaints(room.student.page, server):
        for part in PARTS:
            part(room)
