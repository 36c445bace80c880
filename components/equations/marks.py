"""The marks of which formulas are made, such as signs and fractions: LaTeX, MathML and text each have theirs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

Piece = TypeVar("Piece")


class Marks(Protocol, Generic[Piece]):
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
        """Set words upright."""

    def entries(self, text: str) -> Piece:
        """Set an array's entries."""

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
