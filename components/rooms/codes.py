"""Codes, tokens and names: what tells rooms and people apart.

A code is a word of six letters that can be called across a room. A token is what its owner alone knows; the database
holds its hash, so that whoever reads the database is still nobody.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from typing import Final

from engine.messages import mark, say

_CONSONANTS: Final = "bdfghkmnprstvz"
_VOWELS: Final = "aeiou"
CODE_LENGTH: Final = 6
CODE_PATTERN: Final = re.compile(rf"([{_CONSONANTS}][{_VOWELS}]){{{CODE_LENGTH // 2}}}")
LONGEST_TOKEN: Final = 100
MADE_UP_TOKEN: Final = re.compile(r"[0-9a-f]{64}")
"""A token that a browser has made up: 256 random bits, in a form that no token made here has."""
LONGEST_NAME: Final = 40

# Consonants and vowels take turns, so what looks or sounds alike is told apart by its place.
_MEANT: Final = (
    str.maketrans({"u": "v", "w": "v", "c": "k", "q": "k", "x": "z", "8": "b", "5": "s", "2": "z"}),
    str.maketrans({"v": "u", "0": "o", "1": "i", "l": "i", "j": "i", "y": "i", "4": "a", "3": "e"}),
)
_ANIMALS: Final = (
    mark("Otter {number}"),
    mark("Heron {number}"),
    mark("Badger {number}"),
    mark("Falcon {number}"),
    mark("Dolphin {number}"),
    mark("Lynx {number}"),
    mark("Puffin {number}"),
    mark("Gecko {number}"),
)


def new_code() -> str:
    """Return a random code, such as "kopabi"."""
    return "".join(secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS) for _ in range(CODE_LENGTH // 2))


def read_code(typed: str) -> str:
    """Return the code that somebody typed: in any case, with spaces, or with a look-alike in a letter's place."""
    letters = [each for each in typed[: 4 * CODE_LENGTH].casefold() if each.isalnum()]
    code = "".join(letter.translate(_MEANT[place % 2]) for place, letter in enumerate(letters))
    return code if CODE_PATTERN.fullmatch(code) else ""


def new_token() -> str:
    """Return 256 random bits as text."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """Return what is kept of a token. It is random, so one round of a hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def is_token(token: str, kept: str) -> bool:
    """Return whether a token is the one of which a hash was kept, in the same time whatever it is."""
    return hmac.compare_digest(hash_of(token), kept)


def clean_name(typed: str) -> str:
    """Return a name as it is shown: on one line, without control and invisible signs, of at most 40 characters."""
    shown = "".join(" " if each.isspace() else each for each in unicodedata.normalize("NFC", typed[:1_000]))
    shown = "".join(each for each in shown if unicodedata.category(each)[0] != "C")
    return " ".join(shown.split())[:LONGEST_NAME].strip()


def animal_name(number: int) -> str:
    """Return the name of a student who typed none: "Otter 12"."""
    return say(_ANIMALS[number % len(_ANIMALS)], number=number)
