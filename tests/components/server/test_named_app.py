"""Each of several apps says its name in every answer, also where a WebSocket opens."""

from __future__ import annotations

import logging

import pytest

from components.server import NamedApp
from tests.components.protection.asking import asked


def test_every_answer_holds_the_name() -> None:
    answer = asked(lambda app: NamedApp(app, name="app-1"))
    assert answer.headers == {"referrer-policy": "no-referrer", "x-playground-app": "app-1"}
    opened = asked(lambda app: NamedApp(app, name="app-1"), kind="websocket")
    assert opened.messages == [{"type": "websocket.accept", "headers": [(b"x-playground-app", b"app-1")]}]


@pytest.mark.parametrize("name", ["", "an app", "app\r\nset-cookie: a=b", "a" * 41])
def test_an_app_without_a_name_says_nothing(name: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        answer = asked(lambda app: NamedApp(app, name=name))
    assert set(answer.headers) == {"referrer-policy"}
    assert ("PLAYGROUND_APP" in caplog.text) is bool(name)
