"""The rule for the names of nodes, and the names that new nodes get."""

from __future__ import annotations

import keyword
import unicodedata
from collections.abc import Container
from itertools import count
from typing import Final

from engine.errors import InvalidNameError
from engine.limits import MAX_NAME_LENGTH
from engine.messages import say, say_count

INPUT_NAMES: Final = tuple("xyzwuvt")
OP_NAMES: Final = tuple("abcdefghkmnpqrs")
BLOCK_NAME: Final = "block"
_DOTS: Final = dict.fromkeys(map(ord, "\N{MIDDLE DOT}\N{KATAKANA MIDDLE DOT}"), "_")


def check_name(text: str) -> str:
    """Return a name as it is kept: without spaces around it, in Unicode's form NFKC; raises InvalidNameError.

    A name is what a Python script can call the node: letters of any script, digits and underscores.
    Python takes two names that have the same form NFKC for the same, so they are the same here too. A dot at half
    height, which Python allows in names and a formula reads as a product, becomes an underscore.
    """
    name = unicodedata.normalize("NFKC", text.strip()).translate(_DOTS)
    if not name:
        raise InvalidNameError(say("A name is needed."))
    if len(name) > MAX_NAME_LENGTH:
        raise InvalidNameError(
            say_count(
                "The name has {count} character; the limit is {limit}.",
                "The name has {count} characters; the limit is {limit}.",
                len(name),
                limit=MAX_NAME_LENGTH,
            )
        )
    if not name.isidentifier():
        raise InvalidNameError(
            say(
                "“{name}” is not a name: use letters, digits and underscores, and begin with a letter or underscore.",
                name=name,
            )
        )
    if keyword.iskeyword(name):
        raise InvalidNameError(say("“{name}” is a word of the Python language, so it cannot be a name.", name=name))
    return name


def fresh_name(taken: Container[str], *, is_input: bool) -> str:
    """Return the first free name: x, y, z … for inputs, a, b, c … for ops, then x1, x2 … and a1, a2 …."""
    letters = INPUT_NAMES if is_input else OP_NAMES
    for name in letters:
        if name not in taken:
            return name
    return next(name for number in count(1) if (name := f"{letters[0]}{number}") not in taken)


def fresh_block_name(taken: Container[str]) -> str:
    """Return the first free name for a block: block, block1, block2 …."""
    numbered = (f"{BLOCK_NAME}{number}" for number in count(1))
    return BLOCK_NAME if BLOCK_NAME not in taken else next(name for name in numbered if name not in taken)
