"""Say every word that people read in their language: the one door to the message catalogues."""

from __future__ import annotations

from engine.messages.catalogues import browser_messages, current_language, languages, using_language
from engine.messages.say import listed, mark, said_pairs, say, say_count

__all__ = [
    "browser_messages",
    "current_language",
    "languages",
    "listed",
    "mark",
    "said_pairs",
    "say",
    "say_count",
    "using_language",
]
