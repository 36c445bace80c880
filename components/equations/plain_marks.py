"""The marks of a formula as plain text, as it stands in a sentence and as a screen reader says it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from engine.messages import MINUS

_SUPERSCRIPTS: Final = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


class PlainMarks:
    """Set plain text, as it stands in a sentence and as a screen reader says it."""

    draws_fractions = False

    def row(self, pieces: Sequence[str]) -> str:
        """Set pieces side by side."""
        return "".join(pieces)

    def number(self, text: str) -> str:
        """Set a number as everywhere on the page."""
        return text

    def name(self, text: str) -> str:
        """Set a name."""
        return text

    def words(self, text: str) -> str:
        """Set words."""
        return text

    def entries(self, text: str) -> str:
        """Set an array's entries."""
        return text

    def function(self, name: str) -> str:
        """Set a function's name."""
        return name

    def sign(self, sign: str) -> str:
        """Set a sign with spaces around it."""
        return f" {sign} "

    def prefix(self, sign: str) -> str:
        """Set a sign before its operand."""
        return "Σ" if sign == "∑" else sign

    def gap(self) -> str:
        """Set a space."""
        return " "

    applied = gap

    def comma(self) -> str:
        """Set a comma."""
        return ", "

    def slash(self) -> str:
        """Set the stroke of a quotient on one line."""
        return " / "

    def top(self) -> str:
        """Set the sign of a transposed matrix."""
        return "⊤"

    def fraction(self, above: str, below: str) -> str:
        """Set a quotient on one line."""
        return f"{above} / {below}"

    def raised(self, base: str, exponent: str, *, is_short: bool) -> str:
        """Set an exponent: a whole number raised, all else after a caret."""
        whole = exponent.replace(MINUS, "-")
        if re.fullmatch(r"-?\d+", whole):
            return base + whole.translate(_SUPERSCRIPTS)
        return f"{base}ᵀ" if exponent == "⊤" else f"{base}^{exponent}" if is_short else f"{base}^({exponent})"

    def lowered(self, base: str, index: str) -> str:
        """Set an index."""
        return f"{base}_{index}" if index.isalnum() else f"{base}[{index}] "

    def root(self, inner: str, *, is_short: bool) -> str:
        """Set a square root."""
        return f"√{inner}" if is_short else f"√({inner})"

    def fenced(self, opening: str, inner: str, closing: str) -> str:
        """Set brackets."""
        return f"{opening}{inner}{closing}"
