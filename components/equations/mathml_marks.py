"""The marks of a formula as MathML, which a browser draws by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

MathTree: TypeAlias = list[Any]
"""A MathML element: its name, then its text or its children, then its attributes if it has any; never markup."""

_TALL: Final = 1.5
_TALLER: Final = 2.4


class MathMLMarks:
    """Set MathML as a tree, which carries text and never markup."""

    draws_fractions = True

    def row(self, pieces: Sequence[MathTree]) -> MathTree:
        """Set pieces side by side."""
        flat: list[MathTree] = []
        for piece in pieces:
            flat += piece[1] if piece[0] == "mrow" and not _is_fenced(piece) else [piece]
        return flat[0] if len(flat) == 1 else ["mrow", flat]

    def number(self, text: str) -> MathTree:
        """Set a number with its sign, which belongs to it: browsers would set it apart."""
        mantissa, _, exponent = text.partition("e")
        if not exponent:
            return ["mn", text.replace("inf", "∞")]
        power: MathTree = ["msup", [["mn", "10"], ["mn", exponent]]]
        return ["mrow", [["mn", mantissa], ["mo", "×"], power]]

    def name(self, text: str) -> MathTree:
        """Set a letter slanted, a longer name upright; both are operands, which words are not."""
        return ["mi", text]

    def words(self, text: str) -> MathTree:
        """Set words upright; a space at either end is kept."""
        return ["mtext", text.replace(" ", "\N{NO-BREAK SPACE}")]

    def entries(self, text: str) -> MathTree:
        """Set an array's entries as a number: a text counts as space, and an equals sign would stand close to it."""
        return ["mn", text.replace(" ", "\N{NO-BREAK SPACE}")]

    def function(self, name: str) -> MathTree:
        """Set a function's name."""
        return ["mi", name]

    def sign(self, sign: str) -> MathTree:
        """Set a sign."""
        return ["mo", sign]

    def prefix(self, sign: str) -> MathTree:
        """Set a sign before its operand."""
        return ["mo", sign, {"form": "prefix"}]

    def gap(self) -> MathTree:
        """Set a little space."""
        return ["mspace", "", {"width": "0.17em"}]

    applied = gap

    def comma(self) -> MathTree:
        """Set a comma, with space behind it."""
        return ["mo", ",", {"separator": "true"}]

    def slash(self) -> MathTree:
        """Set the stroke of a quotient on one line."""
        return ["mo", "/", {"form": "infix"}]

    def top(self) -> MathTree:
        """Set the sign of a transposed matrix."""
        return ["mi", "⊤"]

    def fraction(self, above: MathTree, below: MathTree) -> MathTree:
        """Set a fraction."""
        return ["mfrac", [above, below]]

    def raised(self, base: MathTree, exponent: MathTree, *, is_short: bool) -> MathTree:
        """Set an exponent."""
        return ["msup", [base, exponent]]

    def lowered(self, base: MathTree, index: MathTree) -> MathTree:
        """Set an index; that of a sum stands below it."""
        return ["munder" if base[1] == "∑" else "msub", [base, index]]

    def root(self, inner: MathTree, *, is_short: bool) -> MathTree:
        """Set a square root."""
        return ["msqrt", [inner]]

    def fenced(self, opening: str, inner: MathTree, closing: str) -> MathTree:
        """Set brackets as high as what they hold.

        A browser stretches them by itself only where a font for mathematics is installed: so it is told how high.
        """
        height = _height(inner)
        size = "taller" if height > _TALLER else "tall" if height > _TALL else ""
        fence = {"fence": "true", "stretchy": "false", **({"class": size} if size else {})}
        opened, closed = ["mo", opening, {**fence, "form": "prefix"}], ["mo", closing, {**fence, "form": "postfix"}]
        return ["mrow", [opened, inner, closed]]


def _height(tree: MathTree) -> float:
    """Return about how high a piece is, in lines."""
    tag, inside = tree[0], tree[1]
    if isinstance(inside, str):
        return 1.0
    heights = [_height(child) for child in inside] or [1.0]
    match tag:
        case "mfrac":
            return sum(heights)
        case "msup" | "msub":
            return heights[0] + 0.3
        case "munder":
            return heights[0] + 0.9
    return max(heights)


def _is_fenced(row: MathTree) -> bool:
    return bool(row[1]) and len(row[1][0]) > 2 and "fence" in row[1][0][2]
