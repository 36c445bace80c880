"""The rule for the names of nodes, and the names that new nodes get."""

from __future__ import annotations

import keyword
import unicodedata
from collections.abc import Container
from itertools import count
from typing import Final

from engine.errors import InvalidNameError
from engine.limits import MAX_NAME_LENGTH

INPUT_NAMES: Final = tuple("xyzwuvt")
OP_NAMES: Final = tuple("abcdefghkmnpqrs")


def check_name(text: str) -> str:
    """Return a name in its one form: trimmed and composed (NFKC); raises InvalidNameError.

    A name is what a Python script can call the node: letters of any script, digits and underscores.
    Python takes names that differ only by NFKC for one, so they are one here too.
    """
    name = unicodedata.normalize("NFKC", text.strip())
    if not name:
        raise InvalidNameError("A name is needed.")
    if len(name) > MAX_NAME_LENGTH:
        raise InvalidNameError(f"The name has {len(name)} characters; the limit is {MAX_NAME_LENGTH}.")
    if not name.isidentifier():
        raise InvalidNameError(
            f"“{name}” is not a name: use letters, digits and underscores, and begin with a letter or underscore."
        )
    if keyword.iskeyword(name):
        raise InvalidNameError(f"“{name}” is a word of the Python language, so it cannot be a name.")
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
    return "block" if "block" not in taken else next(f"block{n}" for n in count(1) if f"block{n}" not in taken)
