"""Cut a typed text into numbers, names and signs, each with its place; what people write otherwise is made plain."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from engine.errors import FormulaError
from engine.messages import mark, say
from engine.notation.signs import (
    ACCENTS,
    COMMANDS,
    FUNCTIONS,
    GREEK,
    INVISIBLE,
    LOWERED,
    RAISED,
    ROOTS,
    TIMES,
    WRAPPERS,
    plain_sign,
)
from engine.pieces import Pieces, finish


class Kind(Enum):
    """Say what a piece of a text is."""

    NUMBER = "number"
    NAME = "name"
    WORD = "word"
    """A word of Python's, such as `if`, which joins what stands around it."""
    SIGN = "sign"
    OPEN = "open"
    CLOSE = "close"
    BAR = "bar"
    ROOT = "root"
    RAISED = "raised"
    """A power in small above the line: its text is "2" or "-1"."""
    FRACTION = "fraction"
    """\\frac, which takes the two groups behind it."""
    END = "end"
    """The end of a line, or a semicolon."""


@dataclass(frozen=True)
class Token:
    """Hold a piece of a typed text: what it is in plain text, and where it stands, counted from 1."""

    kind: Kind
    text: str
    line: int
    column: int
    is_spaced: bool = False
    """Whether a space stands before it."""
    is_same: bool = True
    """Whether it is read as it was typed."""

    @property
    def opens_operand(self) -> bool:
        """Return whether something that can be multiplied may begin here; of a bar only its place says."""
        return self.kind in _OPERANDS


_OPERANDS: Final = {Kind.NUMBER, Kind.NAME, Kind.OPEN, Kind.ROOT, Kind.FRACTION}
_VALUES: Final = frozenset({"True", "False", "None"})
_DIGITS: Final = re.compile(r"0[xX][\da-fA-F]+|0[bB][01]+|0[oO][0-7]+|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_COMMAND: Final = re.compile(r"\\([A-Za-z]+\*?|.)?")
_ENVIRONMENT: Final = re.compile(r"\{(?:align|aligned|equation|gather|gathered|split|displaymath|math)\*?\}")
_SIGN: Final = re.compile(r"\.\.\.|\*\*|:=|==|!=|<=|>=|//|->|<<|>>")
_AT_ONCE: Final = 1_000
"""Tokens of a piece."""
_LONGEST: Final = 1_000
"""Characters of a number or a name that are looked at: all that are longer are refused."""
_QUOTES: Final = mark("Quotes and backslashes have no meaning in a formula.")
_PRIME: Final = mark("A name has no prime here: write another name, such as {name}1.")
NO_SIGMA: Final = mark("Σ is no sign for a sum here: write sum(x), or sum(x, axis=0).")
_NO_SIGN: Final = mark("This is not a formula: “{sign}” has no meaning here.")
_NO_COMMAND: Final = mark("“\\{name}” of LaTeX is not read here: write it with names, + - * / ** and functions.")


def tokens_of(lines: list[str]) -> list[Token]:
    """Return the tokens of a text's lines, each line ended by a token; raises FormulaError at what has no meaning."""
    return finish(tokens_in_pieces(lines))


def tokens_in_pieces(lines: list[str]) -> Pieces[list[Token]]:
    """Do the same as `tokens_of` in pieces."""
    found: list[Token] = []
    for number, line in enumerate(lines, start=1):
        for token in _Cutter(line, number, bool(found)).tokens():
            found.append(token)
            if len(found) % _AT_ONCE == 0:
                yield number / (len(lines) + 1)
    return list(_joined_names(found))


class _Cutter:
    """Cut one line."""

    def __init__(self, line: str, number: int, is_later: bool) -> None:
        self.number = number
        self.is_later = is_later
        self.plain, self.columns = "", list[int]()
        """The line in plain signs, and the column in which each of them was typed."""
        self.is_odd: list[bool] = []
        self.at = 0
        self._is_spaced = False
        for column, sign in enumerate(line, start=1):
            self._take(sign, column)

    def _take(self, sign: str, column: int) -> None:
        if sign in INVISIBLE:
            return
        if " " <= sign <= "~" and sign not in "'`":
            self.plain += sign
            self.columns.append(column)
            self.is_odd.append(False)
            return
        plain = sign if sign in RAISED or sign in LOWERED or _is_fraction(sign) else plain_sign(sign)
        if sign == TIMES:
            plain = "*"
        self.plain += plain
        self.columns += [column] * len(plain)
        self.is_odd += [plain != sign and not sign.isspace()] * len(plain)

    def tokens(self) -> Iterator[Token]:
        """Yield the tokens of the line."""
        while self.at < len(self.plain):
            sign = self.plain[self.at]
            if sign == "#":
                break
            if sign in " $" or (sign in "&~" and "\\" in self.plain):  # where LaTeX begins, and its columns
                self.at += 1
                self._is_spaced = True
                continue
            yield from self._next(sign)
        yield Token(Kind.END, "\n", self.number, (len(self.columns) and self.columns[-1] + 1) or 1)

    def _token(self, kind: Kind, text: str, length: int, *, is_same: bool = True) -> Token:
        """Make a token of the next characters, and step over them."""
        start, self.at = self.at, self.at + length
        is_odd, is_spaced, self._is_spaced = any(self.is_odd[start : self.at]), self._is_spaced, False
        return Token(kind, text, self.number, self.columns[start], is_spaced, is_same and not is_odd)

    def _next(self, sign: str) -> Iterator[Token]:
        rest = self.plain[self.at : self.at + _LONGEST]
        if sign == "\\":
            yield from self._command()
        elif sign in RAISED:
            length = next((n for n, each in enumerate(rest) if each not in RAISED), len(rest))
            yield self._token(Kind.RAISED, "".join(RAISED[each] for each in rest[:length]), length, is_same=False)
        elif sign in ROOTS:
            yield self._token(Kind.ROOT, str(ROOTS[sign]), 1, is_same=False)
        elif _is_fraction(sign):
            yield self._token(Kind.NUMBER, repr(unicodedata.numeric(sign)), 1, is_same=False)
        elif (number := _DIGITS.match(rest)) and not rest.startswith("..."):
            text = number[0] if number[0].isdigit() or not number[0].isalnum() else _whole(number[0])
            yield self._token(Kind.NUMBER, text, len(number[0]))
        elif _begins_name(sign):
            yield self._name(rest)
        elif sign in "([{":
            yield self._token(Kind.OPEN, "(" if sign == "{" else sign, 1, is_same=sign != "{")
        elif sign in ")]}":
            yield self._token(Kind.CLOSE, ")" if sign == "}" else sign, 1, is_same=sign != "}")
        elif sign == "|":
            yield self._token(Kind.BAR, "|", 1, is_same=False)
        elif sign == ";":
            yield self._token(Kind.END, ";", 1)
        else:
            yield self._sign(rest)

    def _name(self, rest: str) -> Token:
        length = _length_of_name(rest)
        text = unicodedata.normalize("NFKC", rest[:length])
        if rest[length : length + 1] == "'":
            raise FormulaError(say(_PRIME, name=text), self.number, self.columns[self.at + length])
        if text == "π":
            return self._token(Kind.NAME, "pi", length, is_same=False)
        if text == "lambda" and not re.match(r"lambda\s*[\w, ]*:", rest):
            return self._token(Kind.NAME, "λ", length, is_same=False)  # the word is Python's
        is_word = keyword.iskeyword(text) and text not in _VALUES
        return self._token(Kind.WORD if is_word else Kind.NAME, text, length, is_same=text == rest[:length])

    def _sign(self, rest: str) -> Token:
        found = _SIGN.match(rest)
        sign = rest[0] if found is None else found[0]
        if sign in "'\"\\":
            raise FormulaError(say(_QUOTES), self.number, self.columns[self.at])
        if sign == ":=":
            return self._token(Kind.SIGN, "=", 2, is_same=False)
        if sign == "^":
            return self._token(Kind.SIGN, "**", 1, is_same=False)
        if sign == "...":
            return self._token(Kind.NUMBER, "...", 3)
        if sign == "∑":
            raise FormulaError(say(NO_SIGMA), self.number, self.columns[self.at])
        if sign in ("?", "!", "$", "¬") or not (sign.isascii() and sign.isprintable()):
            raise FormulaError(say(_NO_SIGN, sign=sign), self.number, self.columns[self.at])
        return self._token(Kind.SIGN, sign, len(sign))

    # LaTeX ------------------------------------------------------------------------------------------------------

    def _command(self) -> Iterator[Token]:
        found = _COMMAND.match(self.plain, self.at)
        assert found is not None
        name, length = found[1] or "", len(found[0])
        if name == "\\":  # the end of a line of LaTeX
            yield self._token(Kind.END, "\n", length, is_same=False)
        elif name in ("[", "]", "(", ")", "begin", "end"):
            self.at += length
            if name in ("begin", "end"):
                found = _ENVIRONMENT.match(self.plain, self.at)
                if found is None:  # a matrix, say
                    raise FormulaError(say(_NO_COMMAND, name=name), self.number, self.columns[self.at - length])
                self.at = found.end()
        elif name in ("frac", "dfrac", "tfrac"):
            yield self._token(Kind.FRACTION, "frac", length, is_same=False)
        elif name == "sqrt":
            yield self._token(Kind.ROOT, "2", length, is_same=False)
        elif name in WRAPPERS or name in ACCENTS:
            yield self._wrapped(name, length)
        elif name in COMMANDS:
            yield from self._meant(COMMANDS[name], length)
        elif name in GREEK or name in FUNCTIONS:
            yield self._token(Kind.NAME, GREEK.get(name, name), length, is_same=False)
        elif not name.isalpha():
            raise FormulaError(say(_QUOTES), self.number, self.columns[self.at])
        else:
            raise FormulaError(say(_NO_COMMAND, name=name), self.number, self.columns[self.at])

    def _meant(self, plain: str, length: int) -> Iterator[Token]:
        kinds = {"(": Kind.OPEN, ")": Kind.CLOSE, "|": Kind.BAR, "||": Kind.BAR, "T": Kind.NAME, "pi": Kind.NAME}
        if plain.strip() == "":
            self.at += length
            return
        kind = kinds.get(plain, Kind.NUMBER if plain == "..." else Kind.SIGN)
        token = self._token(kind, plain[0] if kind is Kind.BAR else plain, length, is_same=False)
        yield token
        if plain == "||":
            yield replace(token, is_spaced=False)

    def _wrapped(self, name: str, length: int) -> Token:
        """Read \\mathrm{relu} and \\hat{y}: a name in braces, or of one letter."""
        found = re.compile(r"\s*(?:\{\s*\\?([^{}\\]*?)\s*\}|\\?(\w))").match(self.plain, self.at + length)
        inner = "" if found is None else (found[1] or found[2] or "")
        text = unicodedata.normalize("NFKC", GREEK.get(inner, inner).replace(" ", "_").replace("-", "_"))
        text += f"_{name.removeprefix('wide')}" if name in ACCENTS else ""
        if found is None or not text.isidentifier():
            raise FormulaError(say(_NO_COMMAND, name=name), self.number, self.columns[self.at])
        return self._token(Kind.NAME, text, found.end() - self.at, is_same=False)


def _length_of_name(rest: str) -> int:
    """Return how long the name is that a text begins with; a small index ends it: x₁x₂ are two."""
    for at, sign in enumerate(rest):
        is_behind_index = at > 0 and rest[at - 1] in LOWERED and sign not in LOWERED
        if is_behind_index or not _continues_name(sign):
            return at
    return len(rest)


def _whole(number: str) -> str:
    """Return a number such as 0x10 in digits, and any other as it is."""
    return str(int(number, 0)) if number[:2].lower() in ("0x", "0b", "0o") else number


def _is_fraction(sign: str) -> bool:
    return unicodedata.category(sign) == "No" and "FRACTION" in unicodedata.name(sign, "")


def _begins_name(sign: str) -> bool:
    return sign == "_" or unicodedata.normalize("NFKC", sign).isidentifier()


def _continues_name(sign: str) -> bool:
    return sign in LOWERED or (sign not in RAISED and f"x{unicodedata.normalize('NFKC', sign)}".isidentifier())


def _joined_names(tokens: list[Token]) -> Iterator[Token]:
    """Join a LaTeX index to its name: \\theta_1 is θ_1 and x_{12} is x_12; an index that is a sum stays."""
    at = 0
    while at < len(tokens):
        token, at = tokens[at], at + 1
        if token.kind is Kind.NAME and _is_beside(tokens, at) and tokens[at].text.startswith("_"):
            token, at = replace(token, text=token.text + tokens[at].text, is_same=False), at + 1
        if token.kind is Kind.NAME and token.text.endswith("_") and all(_is_beside(tokens, at + n) for n in range(3)):
            opening, index, closing = tokens[at : at + 3]
            is_name = index.kind in (Kind.NAME, Kind.NUMBER) and f"x{index.text}".isidentifier()
            if is_name and (opening.text, closing.text) == ("(", ")"):
                token, at = replace(token, text=token.text + index.text, is_same=False), at + 3
        yield token


def _is_beside(tokens: list[Token], at: int) -> bool:
    return at < len(tokens) and not tokens[at].is_spaced
