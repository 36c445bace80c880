"""Hold what every part of the reader needs: the tokens, where it stands, and what it has found out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NoReturn

from engine.errors import FormulaError
from engine.messages import mark, say
from engine.notation.names import Names
from engine.notation.tokens import Kind, Token

Written = list[tuple[str, Token]]
"""Parts of the plain text, each with the token that it stems from."""
SIGNS_BEFORE: Final = frozenset("+-")
"""What may stand before an operand."""

NO_OPERAND: Final = mark("This is not a formula: something is missing before “{sign}”.")
NOTHING_BEHIND: Final = mark("This is not a formula: something is missing after “{sign}”.")
TOO_SHORT: Final = mark("This is not a formula: the line ends too early, after “{sign}”.")
UNOPENED: Final = mark("This is not a formula: the bracket that is closed here was not opened.")
NO_ARGUMENT: Final = mark("This is not a formula: {name} needs something behind it.")
_WHICH: Final = mark("This can be read in two ways: choose the one that is meant.")
_SWOLLEN: Final = mark("The functions that are called in this formula make it too long.")
_MOST_PARTS: Final = 60_000


@dataclass(frozen=True)
class Definition:
    """Hold what f(x) = … says: the parameters, and the tokens of what it is."""

    parameters: tuple[str, ...]
    body: tuple[Token, ...]


@dataclass
class Reading:
    """Hold what a reader found out on the way."""

    is_odd: bool = False
    """Whether something was written otherwise than Python writes it."""
    question: tuple[str, Token] | None = None
    """The sentence of the first choice, and where it stands."""
    drafts: list[tuple[str, str]] = field(default_factory=list)
    """Functions that the loose reading calls and nobody has defined, each with what it is called with."""


class Cursor(ABC):
    """Stand at a token, and go on from there."""

    def __init__(self, tokens: Sequence[Token], names: Names, *, tight: bool, reading: Reading) -> None:
        self.tokens = tokens
        self.at = 0
        self.names = names
        self.tight = tight
        self.reading = reading
        self.definitions: dict[str, Definition] = {}
        self.declared: set[str] = set()
        """Names that the text itself writes as functions: f(x) = …."""
        self.written = 0

    def peek(self) -> Token | None:
        """Return the next token, or None at the end."""
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def is_sign(self, text: str) -> bool:
        """Return whether the next token reads so."""
        return self.is_at(self.at, text)

    def is_at(self, at: int, text: str) -> bool:
        """Return whether the token at a place reads so."""
        return at < len(self.tokens) and self.tokens[at].text == text

    def is_kind(self, at: int, kind: Kind) -> bool:
        """Return whether the token at a place is of a kind."""
        return at < len(self.tokens) and self.tokens[at].kind is kind

    def ends_at(self, at: int) -> bool:
        """Return whether a line ends at a place."""
        return at >= len(self.tokens) or self.tokens[at].kind is Kind.END

    def operand_follows(self, at: int) -> bool:
        """Return whether an operand begins at a place, behind its signs."""
        while at < len(self.tokens) and self.tokens[at].kind is Kind.SIGN and self.tokens[at].text in SIGNS_BEFORE:
            at += 1
        return at < len(self.tokens) and (self.tokens[at].opens_operand or self.tokens[at].kind is Kind.BAR)

    def same(self, token: Token) -> None:
        """Note whether a token is read as it was typed."""
        self.reading.is_odd |= not token.is_same

    def odd(self) -> None:
        """Note that something is written otherwise than Python writes it."""
        self.reading.is_odd = True

    def choice(self, token: Token) -> None:
        """Note that two readings are usual from a token on."""
        self.ask(say(_WHICH), token)

    def ask(self, sentence: str, token: Token) -> None:
        """Note what is to be asked at a token; the first question counts."""
        self.odd()
        if self.reading.question is None:
            self.reading.question = (sentence, token)

    def grow(self, count: int = 1) -> None:
        """Count what is written; raises FormulaError where functions call each other without end."""
        self.written += count
        if self.written > _MOST_PARTS:
            raise FormulaError(say(_SWOLLEN))

    # What one part of the reader asks of another ----------------------------------------------------------------

    @abstractmethod
    def joined(self, closing: str, *, is_call: bool = False) -> Written:
        """Read up to a closing bracket or bar, or to the end of the line where there is none to close."""

    @abstractmethod
    def rest_of_product(self, closing: str) -> Written:
        """Read the factors that stand beside the one before."""

    @abstractmethod
    def is_beside(self, token: Token, closing: str) -> bool:
        """Return whether a factor begins here, beside the one before."""

    @abstractmethod
    def factor(self, closing: str) -> Written:
        """Read a primary with its powers."""

    @abstractmethod
    def signed(self, closing: str) -> Written:
        """Read an operand with the signs before it."""

    @abstractmethod
    def primary(self, closing: str) -> Written:
        """Read a number, a name, a call, or what stands in brackets or bars."""

    @abstractmethod
    def bracketed(self, *, is_call: bool) -> Written:
        """Read a bracket with all within, up to its partner."""


def power_text(text: str) -> str:
    """Return an exponent as it stands behind **."""
    return text if text.isalnum() else f"({text})"


def refuse(sentence: str, token: Token, **places: object) -> NoReturn:
    """Raise FormulaError with a sentence, at a token."""
    raise FormulaError(say(sentence, **places), token.line, token.column)
