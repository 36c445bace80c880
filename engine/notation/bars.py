"""Read bars and roots: |x|, ‖x‖, √x, \\sqrt[3]{x}."""

from __future__ import annotations

from typing import Final

from engine.messages import mark
from engine.notation.calls import CallReader
from engine.notation.cursor import NO_ARGUMENT, Written, refuse
from engine.notation.tokens import Kind, Token

_BAR_OPEN: Final = mark("This is not a formula: the bar | that opens here is not closed.")


class BarReader(CallReader):
    """Read what stands between bars and under roots."""

    def absolute(self) -> Written:
        """Read |x|, bars in each other among them."""
        opening = self.tokens[self.at]
        self.odd()
        self.at += 1
        following = self.peek()
        if following is not None and following.kind is Kind.BAR and not following.is_spaced:
            norm = self.norm(opening)
            if norm is not None:
                return norm
        inner = self.joined("|")
        closing = self.peek()
        if closing is None or closing.kind is not Kind.BAR or not inner:
            refuse(_BAR_OPEN, opening)
        self.at += 1
        return [("abs(", opening), *inner, (")", closing)]

    def norm(self, opening: Token) -> Written | None:
        """Read ‖x‖, whose bars come in pairs: a norm, or two absolute values in each other."""
        kept = self.at
        self.at += 1
        inner = self.joined("|")
        first = self.peek()
        second = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else None
        is_closed = first is not None and first.kind is Kind.BAR
        if not is_closed or second is None or second.kind is not Kind.BAR or second.is_spaced or not inner:
            self.at = kept
            return None
        self.at += 2
        self.choice(opening)
        if self.tight:
            return [("sqrt(sum((", opening), *inner, (") ** 2))", opening)]
        return [("abs(", opening), *inner, (")", opening)]

    def root(self, closing: str) -> Written:
        """Read √x, ∛x and \\sqrt[n]{x}; what stands close behind a number may belong to it: √2x."""
        root = self.tokens[self.at]
        self.odd()
        self.at += 1
        degree: Written = [(root.text, root)]
        if self.is_at(self.at, "[") and root.text == "2":
            degree = self.bracketed(is_call=False)[1:-1]
        token = self.peek()
        if token is None or not (token.opens_operand or token.kind is Kind.BAR):
            refuse(NO_ARGUMENT, root, name="√")
        inner = self.factor(closing)
        following = self.peek()
        is_close = following is not None and not following.is_spaced and following.kind is Kind.NAME
        if is_close and token.kind is Kind.NUMBER:
            self.choice(token)
            if self.tight:
                inner = inner + self.rest_of_product(closing)
        if len(degree) == 1 and degree[0][0] == "2":
            return [("sqrt(", root), *inner, (")", root)]
        return [("((", root), *inner, (") ** (1 / (", root), *degree, (")))", root)]
