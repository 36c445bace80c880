"""A language made up for tests: every message in capitals between brackets, its places as they are."""

from __future__ import annotations

import gettext
import importlib
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from engine.messages import using_language

_PLACE = re.compile(r"(\{\w*\})")


class _Loud(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        parts = _PLACE.split(message)
        return f"<{''.join(part if _PLACE.fullmatch(part) else part.upper() for part in parts)}>"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@contextmanager
def said_loud() -> Iterator[None]:
    """Speak this language; what is not in capitals then has not come through the door to the messages."""
    with pytest.MonkeyPatch.context() as patch, using_language("loud"):
        patch.setattr(importlib.import_module("engine.messages.say"), "catalogue_of", lambda _: _Loud())
        yield
