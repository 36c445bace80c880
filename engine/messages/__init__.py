"""Say every word that people read in their language, and write their numbers: the one door to both."""

from __future__ import annotations

from engine.messages.catalogues import (
    ENGLISH,
    best_language,
    browser_messages,
    current_language,
    languages,
    name_of_language,
    using_language,
)
from engine.messages.hidden import HIDDEN, HIDDEN_SIGN, hidden_like, is_hidden, is_hidden_array
from engine.messages.joined import abridged, enumerated, joined_sentences
from engine.messages.numbers import (
    MINUS,
    SCIENTIFIC_BELOW,
    SCIENTIFIC_FROM,
    SIGNIFICANT_DIGITS,
    full_number,
    short_number,
)
from engine.messages.say import listed, mark, said_pairs, say, say_count

__all__ = [
    "ENGLISH",
    "HIDDEN",
    "HIDDEN_SIGN",
    "MINUS",
    "SCIENTIFIC_BELOW",
    "SCIENTIFIC_FROM",
    "SIGNIFICANT_DIGITS",
    "abridged",
    "best_language",
    "browser_messages",
    "current_language",
    "enumerated",
    "full_number",
    "hidden_like",
    "is_hidden",
    "is_hidden_array",
    "joined_sentences",
    "languages",
    "listed",
    "mark",
    "name_of_language",
    "said_pairs",
    "say",
    "say_count",
    "short_number",
    "using_language",
]
