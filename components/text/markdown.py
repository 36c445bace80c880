"""Text from outside, made safe to stand inside Markdown."""

from __future__ import annotations

import re

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")


def in_markdown(text: str) -> str:
    """Return text as Markdown that shows it as it stands: what could be markup is escaped."""
    return _MARKDOWN.sub(r"\\\1", text)
