"""The marks of a formula as LaTeX."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from engine.messages import MINUS

_SIGNS: Final = {
    "×": r"\times",
    "·": r"\cdot",
    MINUS: "-",
    "≈": r"\approx",
    "⇒": r"\Rightarrow",
    "≠": r"\neq",
    "≤": r"\le",
    "≥": r"\ge",
    "…": r"\ldots",
}
_SPECIAL: Final = re.compile(r"([_#$%&{}])")
_FUNCTIONS: Final = {
    **{name: rf"\{name}" for name in ("tanh", "sin", "cos", "tan", "ln", "exp", "max", "min")},
    "σ": r"\sigma",
    "π": r"\pi",
}
_PREFIXES: Final = {"∑": r"\sum", "∂": r"\partial"}
_IS_HIGH: Final = re.compile(r"\\frac|\\sum")
_ENDS_COMMAND: Final = re.compile(r"\\[A-Za-z]+$")


class LatexMarks:
    """Set LaTeX."""

    draws_fractions = True

    def row(self, pieces: Sequence[str]) -> str:
        """Set pieces side by side; a letter behind a command needs a space."""
        written = ""
        for piece in pieces:
            written += " " if _ENDS_COMMAND.search(written) and piece[:1].isalpha() else ""
            written += piece
        return written

    def number(self, text: str) -> str:
        """Set a number: 1.2e−5 becomes 1.2 × 10⁻⁵."""
        mantissa, _, exponent = text.replace(MINUS, "-").partition("e")
        if exponent:
            return rf"{mantissa} \times 10^{{{exponent}}}"
        written = {"inf": r"\infty", "-inf": r"-\infty", "nan": r"\text{nan}"}.get(mantissa, mantissa)
        return f"{{{written}}}" if written.startswith("-") else written  # a sign, and no subtraction

    def name(self, text: str) -> str:
        """Set a letter slanted, a longer name upright; the marks slants Latin letters alone."""
        return text if _is_letter(text) else self.words(text)

    def words(self, text: str) -> str:
        """Set words upright, as they stand."""
        escaped = _SPECIAL.sub(r"\\\1", text)
        return rf"\text{{{escaped}}}"

    def entries(self, text: str) -> str:
        """Set an array's entries upright."""
        return self.words(text)

    def function(self, name: str) -> str:
        """Set a function's name."""
        return _FUNCTIONS.get(name, rf"\operatorname{{{name}}}")

    def sign(self, sign: str) -> str:
        """Set a sign."""
        return _SIGNS.get(sign, sign)

    def prefix(self, sign: str) -> str:
        """Set a sign before its operand."""
        return _PREFIXES.get(sign, self.sign(sign))

    def gap(self) -> str:
        """Set a little space, at which a line may break."""
        return r"\,\allowbreak "

    def applied(self) -> str:
        """Set nothing: LaTeX sets a function's name apart by itself."""
        return ""

    def comma(self) -> str:
        """Set a comma."""
        return ","

    def slash(self) -> str:
        """Set the stroke of a quotient on one line."""
        return "/"

    def top(self) -> str:
        """Set the sign of a transposed matrix."""
        return r"\top"

    def fraction(self, above: str, below: str) -> str:
        """Set a fraction."""
        return rf"\frac{{{above}}}{{{below}}}"

    def raised(self, base: str, exponent: str, *, is_short: bool) -> str:
        """Set an exponent."""
        return f"{base}^{{{exponent}}}"

    def lowered(self, base: str, index: str) -> str:
        """Set an index."""
        return f"{base}_{{{index}}}"

    def root(self, inner: str, *, is_short: bool) -> str:
        """Set a square root."""
        return rf"\sqrt{{{inner}}}"

    def fenced(self, opening: str, inner: str, closing: str) -> str:
        """Set brackets, large ones around what is high; within those that stretch by themselves no line would break."""
        return rf"\Bigl{opening}{inner}\Bigr{closing}" if _IS_HIGH.search(inner) else f"{opening}{inner}{closing}"


def _is_letter(text: str) -> bool:
    return len(text) == 1 and text.isascii() and text.isalpha()
