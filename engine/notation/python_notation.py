"""Turn a typed formula into Python's notation, with the place in which each part of it was typed."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from engine.errors import FormulaError, Offer
from engine.messages import mark, say
from engine.notation.cursor import Reading, Written
from engine.notation.functions import log_base
from engine.notation.names import Names
from engine.notation.reader import Reader
from engine.notation.tokens import Kind, Token, tokens_in_pieces, tokens_of
from engine.pieces import Pieces, between, finish

Place = tuple[int, int]
"""Line and column in the typed text, both counted from 1."""

_MOST_OFFERED: Final = 1_500
"""Characters of a reading that is offered: what is longer nobody compares."""
_TOO_DEEP: Final = mark("This is not a formula that can be read: it is nested too deeply.")
_CONSTANTS: Final = frozenset({"pi", "e"})
_DIFFERENTIALS: Final = frozenset("dΔδ∂")
"""What makes one name with the letter behind it: dx is no product."""
_LETTER: Final = re.compile(r"[^\W\d_]\d*")
"""A letter with its number: w1x1 has two, and a word has many without one."""
_MULTIPLE: Final = re.compile(r"(\d+)([^\W\d_]\d*)")
"""2x, behind a function: sin2x."""
FORMULA_FILE: Final = "<formula>"
warnings.filterwarnings("ignore", module=FORMULA_FILE)  # what Python thinks of 2if belongs into no log


@dataclass(frozen=True)
class Hint:
    """Say that a name may have been meant as a product or a call, and offer the text that says so."""

    name: str
    offer: Offer


@dataclass(frozen=True)
class PythonFormula:
    """Hold a formula in Python's notation."""

    text: str
    places: Sequence[Sequence[Place]]
    """For each line of the text, where each character was typed, and where the line ends."""
    is_odd: bool
    """Whether something was written otherwise than Python writes it."""

    def place(self, line: int, offset: int) -> Place:
        """Return where a character of the plain text was typed; Python counts an offset in bytes."""
        number = min(max(line, 1), len(self.places)) - 1
        before = self.text.split("\n")[number].encode()[:offset].decode(errors="ignore")
        return self.places[number][min(len(before), len(self.places[number]) - 1)]


def python_formula(text: str, names: Names) -> PythonFormula:
    """Return a formula in Python's notation.

    Raises FormulaError with its place; where two readings are usual, with both as offers.
    """
    return finish(python_formula_in_pieces(text, names))


def python_formula_in_pieces(text: str, names: Names) -> Pieces[PythonFormula]:
    """Do the same as `python_formula` in pieces."""
    try:
        tokens = _with_pi_apart((yield from between(0.0, 0.5, tokens_in_pieces(lines_of(text)))), names)
        names = _with_variables(tokens, names)
        reading = Reading()
        written = yield from between(0.5, 0.9, Reader(tokens, names, tight=True, reading=reading).lines())
        if reading.question is not None:
            sentence, token = reading.question
            loose = Reading()
            other = yield from between(0.9, 1.0, Reader(tokens, names, tight=False, reading=loose).lines())
            texts = [_text_of(written), "".join(f"{name}({x}) = ...; " for name, x in loose.drafts) + _text_of(other)]
            raise FormulaError(sentence, token.line, token.column, offers=_offers(texts, has_draft=bool(loose.drafts)))
    except RecursionError:
        raise FormulaError(say(_TOO_DEEP)) from None
    return _placed(written, reading.is_odd)


def hints_for(text: str, names: Names) -> Iterator[Hint]:
    """Find what the names of a readable formula may have been meant as: w * x for wx, sin(x) for sinx.

    Of a text that is too long to be offered, nothing.
    """
    if len(text) > _MOST_OFFERED:
        return
    tokens = _with_pi_apart(tokens_of(lines_of(text)), names)
    known = _with_variables(tokens, names).variables
    used = dict.fromkeys(token.text for at, token in enumerate(tokens) if _is_operand(tokens, at))
    assigned = _assigned(tokens)
    for name in used:
        is_known = name in names.variables or name in assigned or name in names.functions or name in _CONSTANTS
        if is_known or log_base(name) is not None:
            continue
        others = (known | used.keys()) - {name}
        parts = _split(name, others, names)
        if parts is None:
            continue
        try:
            meant = python_formula(text, replace(names, splits={name: parts}))
        except FormulaError:
            continue
        yield Hint(name, Offer(" * ".join(parts), _neat(meant.text) or meant.text))


def lines_of(text: str) -> list[str]:
    """Return the lines of a text, however they end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\N{LINE SEPARATOR}", "\n").split("\n")


def neat_formula(text: str) -> str:
    """Return a formula in Python's notation on one line, spaced as Python's own writer does."""
    return _neat(text) or text


# Names ------------------------------------------------------------------------------------------------------------


def _with_variables(tokens: Sequence[Token], names: Names) -> Names:
    """Return the names with those that the text itself uses as values: each that stands without a bracket behind it."""
    used = {token.text for at, token in enumerate(tokens) if _is_operand(tokens, at)} - names.functions
    own = {name for name in used if log_base(name) is None}
    given = names.variables | _assigned(tokens)
    return replace(names, variables=given | own, given=given)


def _with_pi_apart(tokens: Sequence[Token], names: Names) -> list[Token]:
    """Return the tokens with π as a factor of its own where it stands in a name that nobody has given: 2πr."""
    assigned, found = _assigned(tokens), list[Token]()
    for token in tokens:
        if token.text == "pi" and not token.is_same and "π" in names.variables:  # a node has this name
            token = replace(token, text="π", is_same=True)
        is_given = token.text in names.variables or token.text in assigned
        if token.kind is not Kind.NAME or "π" not in token.text or is_given:
            found.append(token)
            continue
        for at, part in enumerate(each for each in re.split("(π)", token.text) if each):
            text = "pi" if part == "π" else part
            found.append(replace(token, text=text, is_spaced=token.is_spaced and at == 0, is_same=False))
    return found


def _assigned(tokens: Sequence[Token]) -> set[str]:
    return {
        token.text
        for at, token in enumerate(tokens)
        if token.kind is Kind.NAME
        and (at == 0 or tokens[at - 1].kind is Kind.END)
        and at + 1 < len(tokens)
        and tokens[at + 1].text == "="
    }


def _is_operand(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a name stands here that is used as a value: no call, no attribute, nothing given by name."""
    token = tokens[at]
    if token.kind is not Kind.NAME or (at and tokens[at - 1].text == "."):
        return False
    is_braced = at > 1 and tokens[at - 1].text == "(" and not tokens[at - 1].is_same  # A^{T}
    if token.text == "T" and at and tokens[at - 1 - is_braced].text == "**":
        return False  # the transposed, unless T stands elsewhere too
    following = tokens[at + 1].text if at + 1 < len(tokens) else ""
    is_given = following == "=" and at > 0 and tokens[at - 1].kind is not Kind.END
    return following not in ("(", ".") and not is_given


def _split(name: str, known: Iterable[str], names: Names) -> list[str] | None:
    """Return the names that one is put together from: known ones, or letters with numbers; of a function its call."""
    function = next((each for each in sorted(names.functions, key=len, reverse=True) if _is_called(name, each)), None)
    if function is not None and len(function) > 1:
        rest = name.removeprefix(function)
        if rest in known or len(rest) == 1:
            return [f"{names.spelled.get(function, function)}({rest})"]
        if multiple := _MULTIPLE.fullmatch(rest):
            return [f"{names.spelled.get(function, function)}({multiple[1]} * {multiple[2]})"]
    found = _parts(name, sorted({*known, *_CONSTANTS}, key=len, reverse=True))
    if found is not None:
        return found
    letters = _LETTER.findall(name)
    is_product = len(letters) == 2 or (len(letters) > 2 and all(len(each) > 1 for each in letters[:-1]))
    return letters if is_product and "".join(letters) == name and letters[0] not in _DIFFERENTIALS else None


def _is_called(name: str, function: str) -> bool:
    return name.startswith(function) and len(name) > len(function)


def _parts(name: str, known: Sequence[str]) -> list[str] | None:
    """Return known names that follow each other in a name, or None where they do not make it up."""
    ends: dict[int, list[str]] = {0: []}
    for start in range(len(name)):
        if start in ends:
            for each in known:
                if each and name.startswith(each, start):
                    ends.setdefault(start + len(each), [*ends[start], each])
    return ends.get(len(name))


# Text -------------------------------------------------------------------------------------------------------------


def _text_of(written: Written) -> str:
    return "".join(part for part, _ in written)


def _placed(written: Written, is_odd: bool) -> PythonFormula:
    text: list[str] = []
    places: list[list[Place]] = [[]]
    last: Place = (1, 1)
    for part, token in written:
        spaces = len(part) - len(part.lstrip(" "))
        for at, sign in enumerate(part):
            if sign == "\n":
                places[-1].append((token.line, token.column))
                places.append([])
                text.append(sign)
                continue
            if sign == " " and not places[-1]:
                continue  # Python takes a space before a line for a block of lines
            inside = (
                token.column + at - spaces
                if token.is_same and spaces <= at < spaces + len(token.text)
                else token.column
            )
            last = (token.line, inside)
            places[-1].append(last)
            text.append(sign)
    places[-1].append((last[0], last[1] + 1))
    return PythonFormula("".join(text), places, is_odd)


def _neat(text: str) -> str:
    """Return a formula as Python's own writer spaces it, its lines joined; the empty text where it is none."""
    try:
        tree = ast.parse(text.strip(), FORMULA_FILE)
        return "; ".join(ast.unparse(statement) for statement in tree.body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""


def _offers(texts: Sequence[str], *, has_draft: bool) -> tuple[Offer, ...]:
    """Return the readings to choose from, each shown by the lines in which it differs from the other."""
    neat = [_neat(text) for text in texts]
    if has_draft:
        neat[1] = texts[1].strip().replace("\n", "; ")  # nothing that could be parsed: its definition is left open
    found = list(dict.fromkeys(text for text in neat if text and len(text) <= _MOST_OFFERED))
    lines = [text.split("; ") for text in found]
    shared = set.intersection(*map(set, lines)) if len(lines) > 1 else set()
    return tuple(
        Offer("; ".join(line for line in each if line not in shared), text)
        for each, text in zip(lines, found, strict=True)
    )
