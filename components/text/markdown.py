"""Text from outside, made safe to stand inside Markdown."""

from __future__ import annotations

import re

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")


def plain(text: str) -> str:
    """Escape every character that Markdown could take for markup."""
    return _MARKDOWN.sub(r"\\\1", text)
