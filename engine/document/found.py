"""Say in words of the page what stands where something else should."""

from __future__ import annotations

import json
from typing import Any, Final

from engine.messages import say

_LONGEST_SHOWN: Final = 40


def in_words(found: Any) -> str:
    """Return "an object", "a list", or a text, a number, true, false or null as a file has it, shortened."""
    if isinstance(found, dict):
        return say("an object")
    if isinstance(found, list | tuple):
        return say("a list")
    try:
        text = json.dumps(found, ensure_ascii=False)
    except TypeError:  # what no file holds, such as a set
        return say("something else")
    except ValueError:
        return say("a number too long to show")
    return cut(text)


def cut(text: str) -> str:
    """Return a text that stands in a sentence, shortened."""
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
