"""The marks of a formula, set in three ways: as LaTeX, as MathML that a browser draws by itself, and as plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final, Generic, Protocol, TypeAlias, TypeVar

from engine.messages import MINUS

MathTree: TypeAlias = list[Any]
"""A MathML element: its name, then its text or its children, then its attributes if it has any."""

Piece = TypeVar("Piece")

_SUPERSCRIPTS: Final = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_LATEX_SIGNS: Final = {
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
_LATEX_FUNCTIONS: Final = {
    **{name: rf"\{name}" for name in ("tanh", "sin", "cos", "tan", "ln", "exp", "max", "min")},
    "σ": r"\sigma",
    "π": r"\pi",
}
_LATEX_PREFIXES: Final = {"∑": r"\sum", "∂": r"\partial"}
_ENDS_COMMAND: Final = re.compile(r"\\[A-Za-z]+$")
_LATEX_SPECIAL: Final = re.compile(r"([_#$%&{}])")


class Pen(Protocol, Generic[Piece]):
    """Set the marks of a formula."""

    draws_fractions: bool
    """Whether a quotient stands one over the other and needs no brackets."""

    def row(self, pieces: Sequence[Piece]) -> Piece:
        """Set pieces side by side."""

    def number(self, text: str) -> Piece:
        """Set a number as the page writes it."""

    def name(self, text: str) -> Piece:
        """Set a node's name: a letter slanted, as in the book, a longer name upright."""

    def words(self, text: str) -> Piece:
        """Set words or an array's entries upright."""

    def function(self, name: str) -> Piece:
        """Set the name of a function, such as ln."""

    def sign(self, sign: str) -> Piece:
        """Set a sign between two operands."""

    def prefix(self, sign: str) -> Piece:
        """Set a sign that belongs to what follows."""

    def gap(self) -> Piece:
        """Set a little space between two factors."""

    def applied(self) -> Piece:
        """Set the space between a function's name and its argument, as in cos x."""

    def comma(self) -> Piece:
        """Set what parts arguments."""

    def slash(self) -> Piece:
        """Set the stroke of a quotient on one line."""

    def top(self) -> Piece:
        """Set the sign of a transposed matrix, to be raised."""

    def fraction(self, above: Piece, below: Piece) -> Piece:
        """Set one piece over another."""

    def raised(self, base: Piece, exponent: Piece, *, is_short: bool) -> Piece:
        """Set an exponent; a short one needs no brackets in plain text."""

    def lowered(self, base: Piece, index: Piece) -> Piece:
        """Set an index."""

    def root(self, inner: Piece, *, is_short: bool) -> Piece:
        """Set a square root."""

    def fenced(self, opening: str, inner: Piece, closing: str) -> Piece:
        """Set a piece in brackets, or between bars."""


class LatexPen:
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
        return {"inf": r"\infty", "-inf": r"-\infty", "nan": r"\text{nan}"}.get(mantissa, mantissa)

    def name(self, text: str) -> str:
        """Set a letter slanted, a longer name upright; the typesetter slants Latin letters alone."""
        return text if _is_letter(text) else self.words(text)

    def words(self, text: str) -> str:
        """Set words upright, as they stand."""
        escaped = _LATEX_SPECIAL.sub(r"\\\1", text)
        return rf"\text{{{escaped}}}"

    def function(self, name: str) -> str:
        """Set a function's name."""
        return _LATEX_FUNCTIONS.get(name, rf"\operatorname{{{name}}}")

    def sign(self, sign: str) -> str:
        """Set a sign."""
        return _LATEX_SIGNS.get(sign, sign)

    def prefix(self, sign: str) -> str:
        """Set a sign before its operand."""
        return _LATEX_PREFIXES.get(sign, self.sign(sign))

    def gap(self) -> str:
        """Set a little space."""
        return r"\,"

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
        """Set brackets that stretch."""
        return rf"\left{opening}{inner}\right{closing}"


class MathPen:
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


class PlainPen:
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


_TALL: Final = 1.5
_TALLER: Final = 2.4


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


def _is_letter(text: str) -> bool:
    return len(text) == 1 and text.isascii() and text.isalpha()
