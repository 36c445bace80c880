"""Read a formula as people write it, and write it as Python does: products, powers, functions and bars spelled out.

Grammar, from loose to tight: lines; what signs join; factors side by side; a factor with its powers; a primary. Where
two readings are usual, the reader is told by `tight` which to take, and notes that there was a choice.
"""

from __future__ import annotations

from typing import Final

from engine.messages import mark
from engine.notation.cursor import NO_OPERAND, NOTHING_BEHIND, SIGNS_BEFORE, TOO_SHORT, UNOPENED, Written, refuse
from engine.notation.factors import FactorReader
from engine.notation.tokens import Kind, Token
from engine.pieces import Pieces

_JOINING: Final = frozenset({"+", "-", "*", "/", "**", "@", "%", "//"})
_GROUPED: Final = mark("Write the digits of a number without commas.")


class Reader(FactorReader):
    """Read tokens into plain text."""

    def lines(self) -> Pieces[Written]:
        """Return all lines in plain text, in pieces, each a line or a part of it up to a semicolon."""
        out: Written = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.kind is Kind.END:
                if not (token.text == "\n" and out and self.goes_on()):
                    out.append((token.text if token.text == "\n" else "; ", token))
                else:
                    self.odd()
                self.at += 1
                continue
            if token.kind is Kind.CLOSE:
                refuse(UNOPENED, token)
            out += self.statement()
            yield self.at / len(self.tokens)
        return out

    def goes_on(self) -> bool:
        """Return whether the next line begins with what joins it to this one."""
        following = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else None
        before = self.tokens[self.at - 1]
        if following is None or before.kind is Kind.END:
            return False
        return following.kind is Kind.SIGN and following.text in ("+", "-", "*", "/", "**", "@", "=")

    def statement(self) -> Written:
        """Read one line, or a part of it up to a semicolon."""
        if self.is_sign("="):  # as in a spreadsheet's cell
            self.odd()
            self.at += 1
        defined = self.definition()
        start = self.at
        out = self.joined("")
        if defined is None:
            self.remember(start)
            return out
        return defined + out

    def joined(self, closing: str, *, is_call: bool = False) -> Written:
        """Read up to a closing bracket or bar, or to the end of the line where there is none to close."""
        out: Written = []
        before: Token | None = None
        """The sign before; None behind an operand."""
        is_first = True
        while (token := self.peek()) is not None:
            if token.kind is Kind.CLOSE or (token.kind is Kind.END and (not closing or token.text == ";")):
                break
            if token.kind is Kind.BAR and closing == "|" and before is None and not is_first:
                break
            if token.kind is Kind.END:
                out.append(("\n", token))
                self.at += 1
            elif token.opens_operand or token.kind is Kind.BAR:
                out += self.product(closing, divided=before is not None and before.text in ("/", "//"))
                before, is_first = None, False
            elif token.kind is Kind.RAISED:
                refuse(NO_OPERAND, token, sign=token.text)
            else:
                if (
                    token.text == "="
                    and not closing
                    and before is None
                    and self.ends_at(self.at + 1)
                    and "=" in {text.strip() for text, _ in out}
                ):
                    self.odd()  # z = x + 1 =
                    self.at += 1
                    continue
                if token.text == "=" and not closing and self.ends_at(self.at + 1) and before is None and len(out) > 1:
                    self.odd()  # x + 1 =
                    self.at += 1
                    continue
                if self.parts_lines(closing, out):  # x = 2, y = 3
                    self.odd()
                    out.append(("; ", token))
                    before, is_first = None, True
                    self.at += 1
                    continue
                self.check_sign(token, before, is_first=is_first, is_call=is_call)
                if self.is_decimal(closing, is_call=is_call):
                    out[-1:] = self.decimal(*out[-1])
                    out += self.rest_of_product(closing)
                    continue
                out.append((self.spelled(token, before, is_first=is_first), token))
                before, is_first = token, False
                self.at += 1
        is_open = bool(closing) and self.ends_at(self.at)  # that a bracket is not closed is said of the bracket
        if before is not None and before.text in _JOINING and not is_open:
            refuse(TOO_SHORT if self.ends_at(self.at) else NOTHING_BEHIND, self.peek() or before, sign=before.text)
        return out

    def spelled(self, token: Token, before: Token | None, *, is_first: bool) -> str:
        """Return a sign with its spaces."""
        self.same(token)
        if token.kind is Kind.WORD:
            return f" {token.text} "
        if token.text in (".", ",", ":"):
            return f"{token.text} " if token.text == "," else token.text
        is_sign = token.text in ("+", "-", "~", "*", "**") and (is_first or before is not None)
        return token.text if is_sign else f" {token.text} "

    def check_sign(self, token: Token, before: Token | None, *, is_first: bool, is_call: bool) -> None:
        """Refuse a sign that has nothing before it."""
        if token.kind is Kind.WORD or token.text not in _JOINING - SIGNS_BEFORE:
            return
        if (is_first or (before is not None and before.text == ",")) and is_call and token.text in ("*", "**"):
            return  # stars before an argument are refused by their meaning
        if is_first or before is not None:
            refuse(NO_OPERAND, token, sign=token.text)

    def parts_lines(self, closing: str, out: Written) -> bool:
        """Return whether a comma stands here behind which another name is assigned."""
        is_comma = not closing and self.is_sign(",") and any(text == " = " for text, _ in out)
        return is_comma and self.is_kind(self.at + 1, Kind.NAME) and self.is_at(self.at + 2, "=")

    def is_decimal(self, closing: str, *, is_call: bool) -> bool:
        """Return whether a comma parts the digits of a number: no list stands here, and no space."""
        at = self.at
        if not self.is_at(at, ",") or is_call or closing in ("]", "|") or at == 0 or at + 1 >= len(self.tokens):
            return False
        left, comma, right = self.tokens[at - 1 : at + 2]
        if left.kind is not Kind.NUMBER or right.kind is not Kind.NUMBER or comma.is_spaced or right.is_spaced:
            return False
        if not (left.text.isdigit() and right.text.replace("e", "").replace("-", "").isalnum()) or "." in right.text:
            return False
        if self.is_at(at + 2, ","):
            if len(right.text) == 3:
                refuse(_GROUPED, comma)
            return False
        start = at - 2
        while start >= 0 and self.tokens[start].text in ("-", "+"):
            start -= 1
        if start >= 0 and self.tokens[start].text == ",":
            return False  # (2,1,2) is a shape, too
        alone_before = start < 0 or self.tokens[start].text in ("=", "(") or self.tokens[start].kind is Kind.END
        alone_after = self.ends_at(at + 2) or self.is_at(at + 2, ")")
        if alone_before and alone_after and closing:
            return False  # (2,3) is a shape
        if alone_before and alone_after:
            self.choice(comma)
        return True

    def decimal(self, whole: str, first: Token) -> Written:
        """Read 1,5 as 1.5, or where it stands alone perhaps as two numbers."""
        rest = self.tokens[self.at + 1]
        is_list = not self.tight and self.reading.question is not None and self.ends_at(self.at + 2)
        self.at += 2
        self.odd()
        return [(f"[{whole}, {rest.text}]" if is_list else f"{whole}.{rest.text}", first)]
