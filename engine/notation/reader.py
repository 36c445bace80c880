"""Read a formula as people write it, and write it as Python does: products, powers, functions and bars spelled out.

Grammar, from loose to tight: lines; what signs join; factors side by side; a factor with its powers; a primary. Where two
readings are usual, the reader is told by `tight` which to take, and notes that there was a choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NoReturn

from engine.errors import FormulaError
from engine.messages import mark, say
from engine.notation.names import Names
from engine.notation.tokens import Kind, Token

Written = list[tuple[str, Token]]
"""Parts of the plain text, each with the token that it stems from."""

_MOST_PARTS: Final = 60_000
_NEGATED: Final = frozenset("+-")
_USUAL_FUNCTIONS: Final = frozenset("fghFGHφψΦΨ")
"""Letters that people give to functions rather than to variables."""
_JOINING: Final = frozenset({"+", "-", "*", "/", "**", "@", "%", "//"})

WHICH: Final = mark("This can be read in two ways. Which is meant?")
_NO_OPERAND: Final = mark("This is not a formula: something is missing before “{sign}”.")
_TOO_SHORT: Final = mark("This is not a formula: the line ends too early, after “{sign}”.")
_UNCLOSED: Final = mark("This is not a formula: the bracket that is opened here is not closed.")
_UNOPENED: Final = mark("This is not a formula: the bracket that is closed here was not opened.")
_BAR_OPEN: Final = mark("This is not a formula: the bar | that opens here is not closed.")
_NO_TIMES: Final = mark("This is not a formula: between two numbers an operator is missing.")
_NO_ARGUMENT: Final = mark("This is not a formula: {name} needs something behind it.")
_INVERSE: Final = mark("There is no op for the inverse of {name}. Is 1 / {name} meant?")
_NO_FUNCTION: Final = mark("{name} is neither an op nor a name that was given before. Which is meant?")
_SWOLLEN: Final = mark("The functions that are called in this formula make it too long.")
_GROUPED: Final = mark("Write the digits of a number without commas.")


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


class Reader:
    """Read tokens into plain text."""

    def __init__(self, tokens: Sequence[Token], names: Names, *, tight: bool, reading: Reading) -> None:
        self._tokens = tokens
        self._at = 0
        self._names = names
        self._tight = tight
        self._reading = reading
        self._definitions: dict[str, Definition] = {}
        self._declared: set[str] = set()
        """Names that the text itself writes as functions: f(x) = …."""
        self._written = 0

    # Lines ------------------------------------------------------------------------------------------------------

    def lines(self) -> Written:
        """Return all lines in plain text."""
        out: Written = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            if token.kind is Kind.END:
                if not (token.text == "\n" and out and self._goes_on()):
                    out.append((token.text if token.text == "\n" else "; ", token))
                else:
                    self._odd()
                self._at += 1
                continue
            if token.kind is Kind.CLOSE:
                _refuse(_UNOPENED, token)
            out += self._statement()
        return out

    def _goes_on(self) -> bool:
        """Return whether the next line begins with what joins it to this one."""
        following = self._tokens[self._at + 1] if self._at + 1 < len(self._tokens) else None
        before = self._tokens[self._at - 1]
        if following is None or before.kind is Kind.END:
            return False
        return following.kind is Kind.SIGN and following.text in ("+", "-", "*", "/", "**", "@", "=")

    def _statement(self) -> Written:
        if self._is_sign("="):  # as in a spreadsheet's cell
            self._odd()
            self._at += 1
        defined = self._definition()
        start = self._at
        out = self._joined("")
        name = self._assigned_name(start)
        if defined is not None:
            out = defined + out
        elif name is not None:
            body = tuple(self._tokens[start + 2 : self._at])
            own = {token.text for token in body if token.kind is Kind.NAME} - self._names.functions - {"pi", "e"}
            if len(body) > 1 and len(own) == 1:
                self._definitions.setdefault(name, Definition(tuple(own), body))
        return out

    def _assigned_name(self, start: int) -> str | None:
        pair = self._tokens[start : start + 2]
        is_assigned = len(pair) == 2 and pair[0].kind is Kind.NAME and pair[1].text == "="
        return pair[0].text if is_assigned else None

    def _definition(self) -> Written | None:
        """Read the left side of f(x) = …, or nothing where the line begins otherwise."""
        at, name = self._at, self._peek()
        if name is None or name.kind is not Kind.NAME or not self._is_at(at + 1, "("):
            return None
        at += 2
        parameters: list[str] = []
        while at < len(self._tokens) and self._tokens[at].kind is Kind.NAME:
            parameters.append(self._tokens[at].text)
            at += 1
            if not self._is_at(at, ","):
                break
            at += 1
        if not parameters or not (self._is_at(at, ")") and self._is_at(at + 1, "=")):
            return None
        end = at + 2
        while end < len(self._tokens) and self._tokens[end].kind is not Kind.END:
            end += 1
        self._definitions[name.text] = Definition(tuple(parameters), tuple(self._tokens[at + 2 : end]))
        self._declared.add(name.text)
        self._odd()
        out = [(name.text, name), (" = ", self._tokens[at + 1])]
        self._at = at + 2
        return out

    # What signs join --------------------------------------------------------------------------------------------

    def _joined(self, closing: str, *, is_call: bool = False) -> Written:
        """Read up to a closing bracket or bar, or to the end of the line where there is none to close."""
        out: Written = []
        before: Token | None = None
        """The sign before; None behind an operand."""
        is_first = True
        while (token := self._peek()) is not None:
            if token.kind is Kind.CLOSE or (token.kind is Kind.END and (not closing or token.text == ";")):
                break
            if token.kind is Kind.BAR and closing == "|" and before is None and not is_first:
                break
            if token.kind is Kind.END:
                out.append(("\n", token))
                self._at += 1
            elif token.opens_operand or token.kind is Kind.BAR:
                out += self._product(closing, divided=before is not None and before.text in ("/", "//"))
                before, is_first = None, False
            elif token.kind is Kind.RAISED:
                _refuse(_NO_OPERAND, token, sign=token.text)
            else:
                if token.text == "=" and not closing and before is None and self._ends_at(self._at + 1) and "=" in {
                    text.strip() for text, _ in out
                }:
                    self._odd()  # z = x + 1 =
                    self._at += 1
                    continue
                if token.text == "=" and not closing and self._ends_at(self._at + 1) and before is None and len(out) > 1:
                    self._odd()  # x + 1 =
                    self._at += 1
                    continue
                self._check_sign(token, before, is_first=is_first, is_call=is_call)
                if self._is_decimal(closing, is_call=is_call):
                    out[-1:] = self._decimal(*out[-1])
                    out += self._rest_of_product(closing)
                    continue
                out.append((self._spelled(token, before, is_first=is_first), token))
                before, is_first = token, False
                self._at += 1
        if before is not None and before.text in _JOINING:
            _refuse(_TOO_SHORT if self._ends_at(self._at) else _NO_OPERAND, self._peek() or before, sign=before.text)
        return out

    def _spelled(self, token: Token, before: Token | None, *, is_first: bool) -> str:
        self._same(token)
        if token.kind is Kind.WORD:
            return f" {token.text} "
        if token.text in (".", ",", ":"):
            return f"{token.text} " if token.text == "," else token.text
        is_sign = token.text in ("+", "-", "~", "*", "**") and (is_first or before is not None)
        return token.text if is_sign else f" {token.text} "

    def _check_sign(self, token: Token, before: Token | None, *, is_first: bool, is_call: bool) -> None:
        """Refuse a sign that has nothing before it."""
        if token.kind is Kind.WORD or token.text not in _JOINING - _NEGATED:
            return
        if (is_first or (before is not None and before.text == ",")) and is_call and token.text in ("*", "**"):
            return  # stars before an argument are refused by their meaning
        if is_first or before is not None:
            _refuse(_NO_OPERAND, token, sign=token.text)

    def _is_decimal(self, closing: str, *, is_call: bool) -> bool:
        """Return whether a comma parts the digits of a number: no list stands here, and no space."""
        at = self._at
        if not self._is_at(at, ",") or is_call or closing in ("]", "|") or at == 0 or at + 1 >= len(self._tokens):
            return False
        left, comma, right = self._tokens[at - 1 : at + 2]
        if left.kind is not Kind.NUMBER or right.kind is not Kind.NUMBER or comma.is_spaced or right.is_spaced:
            return False
        if not (left.text.isdigit() and right.text.replace("e", "").replace("-", "").isalnum()) or "." in right.text:
            return False
        if self._is_at(at + 2, ","):
            if len(right.text) == 3:
                _refuse(_GROUPED, comma)
            return False
        start = at - 2
        while start >= 0 and self._tokens[start].text in ("-", "+"):
            start -= 1
        alone_before = start < 0 or self._tokens[start].text in ("=", "(") or self._tokens[start].kind is Kind.END
        alone_after = self._ends_at(at + 2) or self._is_at(at + 2, ")")
        if alone_before and alone_after and closing:
            return False  # (2,3) is a shape
        if alone_before and alone_after:
            self._choice(comma)
        return True

    def _decimal(self, whole: str, first: Token) -> Written:
        """Read 1,5 as 1.5, or where it stands alone perhaps as two numbers."""
        rest = self._tokens[self._at + 1]
        is_list = not self._tight and self._reading.question is not None and self._ends_at(self._at + 2)
        self._at += 2
        self._odd()
        return [(f"[{whole}, {rest.text}]" if is_list else f"{whole}.{rest.text}", first)]

    # Factors side by side ---------------------------------------------------------------------------------------

    def _product(self, closing: str, *, divided: bool) -> Written:
        """Read factors side by side; behind a division it is a choice what is divided by."""
        first = self._tokens[self._at]
        out = self._factor(closing)
        more = self._rest_of_product(closing)
        if more and divided:
            self._choice(first)
            if self._tight:
                return [("(", first), *out, *more, (")", first)]
        return out + more

    def _rest_of_product(self, closing: str) -> Written:
        out: Written = []
        while (token := self._peek()) is not None and self._is_beside(token, closing):
            previous = self._tokens[self._at - 1]
            self._odd()
            if token.kind is Kind.NUMBER:
                if previous.kind is Kind.NUMBER:
                    _refuse(_NO_TIMES, token)
                self._choice(token)  # x 2, where a power was lost, or a product
                out.append((" ** " if self._tight else " * ", token))
            else:
                out.append((" * ", token))
            out += self._factor(closing)
        return out

    def _is_beside(self, token: Token, closing: str) -> bool:
        """Return whether a factor begins here, beside the one before."""
        if token.kind is Kind.BAR:
            return closing != "|"
        return token.opens_operand and token.text != "..."

    def _factor(self, closing: str) -> Written:
        """Read a primary with its powers."""
        start = self._tokens[self._at]
        out = self._primary(closing)
        while (token := self._peek()) is not None:
            if token.kind is Kind.RAISED:
                self._odd()
                self._at += 1
                raised = [(" ** ", token), (_power_text(token.text), token)]
                out = [("(", start), *out, (").T", token)] if token.text == "T" else [*out, *raised]
            elif token.text == "**" and token.kind is Kind.SIGN:
                self._same(token)
                self._at += 1
                out = self._raised(out, start, token, closing)
            elif token.text == "%" and not self._operand_follows(self._at + 1):
                self._odd()
                self._at += 1
                out = _percent(out, token)
            else:
                return out
        return out

    def _raised(self, base: Written, start: Token, sign: Token, closing: str) -> Written:
        """Read the exponent behind **; e^2x may be a power of 2x."""
        first = self._peek()
        if first is not None and first.text == "T" and first.kind is Kind.NAME and "T" not in self._names.variables:
            self._choice(first)
            if self._tight:
                self._odd()
                self._at += 1
                return [("(", start), *base, (")", start), (".T", first)]
        exponent = self._signed(closing)
        token = self._peek()
        is_number = bool(exponent) and self._tokens[self._at - 1].kind is Kind.NUMBER
        is_fixed = start.kind is Kind.NUMBER or start.text == "e"
        if (
            token is not None and is_number and is_fixed and not token.is_spaced
            and token.kind in (Kind.NAME, Kind.ROOT) and not self._is_function(self._at)
        ):  # fmt: skip
            self._choice(token)
            if self._tight:
                exponent = [("(", sign), *exponent, *self._rest_of_product(closing), (")", sign)]
        return [*base, (" ** ", sign), *exponent]

    def _signed(self, closing: str) -> Written:
        """Read an operand with the signs before it."""
        token = self._peek()
        if token is None or self._ends_at(self._at) or token.kind is Kind.CLOSE:
            before = self._tokens[self._at - 1]
            _refuse(_TOO_SHORT, token or before, sign=before.text)
        if token.kind is Kind.SIGN and token.text in _NEGATED:
            self._same(token)
            self._at += 1
            return [(token.text, token), *self._signed(closing)]
        if not (token.opens_operand or token.kind is Kind.BAR):
            _refuse(_NO_OPERAND, token, sign=token.text)
        return self._factor(closing)

    # Primaries --------------------------------------------------------------------------------------------------

    def _primary(self, closing: str) -> Written:
        token = self._tokens[self._at]
        self._same(token)
        self._grow()
        if token.kind is Kind.OPEN:
            return self._behind(self._bracketed(is_call=False), token)
        if token.kind is Kind.BAR:
            return self._absolute()
        if token.kind is Kind.ROOT:
            return self._root(closing)
        if token.kind is Kind.FRACTION:
            self._at += 1
            over, under = self._latex_group(), self._latex_group()
            return [("((", token), *over, (") / (", token), *under, ("))", token)]
        self._at += 1
        if token.kind is Kind.NUMBER:
            if self._is_mixed(token):
                fraction = self._tokens[self._at]
                self._odd()
                self._at += 1
                return [(repr(float(token.text) + float(fraction.text)), token)]
            return [(token.text, token)]
        if self._is_function(self._at - 1):
            return self._behind(self._function(token, closing), token)
        return self._behind(self._named(token), token)

    def _is_mixed(self, token: Token) -> bool:
        """Return whether 2½ is written here."""
        following = self._peek()
        is_fraction = following is not None and following.kind is Kind.NUMBER and not following.is_same
        return is_fraction and token.text.isdigit() and following.text.startswith("0.")  # type: ignore[union-attr]

    def _behind(self, out: Written, owner: Token) -> Written:
        """Read what follows an operand and belongs to it: attributes, indices, and calls of these."""
        while (token := self._peek()) is not None and not token.is_spaced:
            if token.text == "." and token.kind is Kind.SIGN and self._is_kind(self._at + 1, Kind.NAME):
                name = self._tokens[self._at + 1]
                self._at += 2
                out = [*out, (".", token), (name.text, name)]
                following = self._peek()
                if following is not None and following.text == "(" and not following.is_spaced:
                    out += self._bracketed(is_call=True)
            elif token.text == "[":
                out = out + self._bracketed(is_call=True)
            elif token.text == "(" and owner.text in self._names.classes and out[-1][0] == ")":
                out = out + self._bracketed(is_call=True)  # Pow(exponent=3)(x)
            else:
                break
        return out

    def _bracketed(self, *, is_call: bool) -> Written:
        """Read a bracket with all within, up to its partner."""
        opening = self._tokens[self._at]
        self._same(opening)
        self._at += 1
        partner = {"(": ")", "[": "]"}[opening.text]
        inner = self._joined(partner, is_call=is_call)
        closing = self._peek()
        if closing is None or closing.kind is Kind.END:
            _refuse(_UNCLOSED, opening)
        if closing.text != partner:
            _refuse(_UNOPENED, closing)
        self._same(closing)
        self._at += 1
        return [(opening.text, opening), *inner, (partner, closing)]

    def _latex_group(self) -> Written:
        """Read {…}, or the one operand that stands in its place."""
        token = self._peek()
        if token is None or token.kind is Kind.END:
            _refuse(_TOO_SHORT, self._tokens[self._at - 1], sign="frac")
        if token.text == "(":
            return self._bracketed(is_call=False)[1:-1]
        return self._primary("")

    def _absolute(self) -> Written:
        opening = self._tokens[self._at]
        self._odd()
        self._at += 1
        following = self._peek()
        if following is not None and following.kind is Kind.BAR and not following.is_spaced:
            norm = self._norm(opening)
            if norm is not None:
                return norm
        inner = self._joined("|")
        closing = self._peek()
        if closing is None or closing.kind is not Kind.BAR or not inner:
            _refuse(_BAR_OPEN, opening)
        self._at += 1
        return [("abs(", opening), *inner, (")", closing)]

    def _norm(self, opening: Token) -> Written | None:
        """Read ‖x‖, whose bars come in pairs: a norm, or two absolute values in each other."""
        kept = self._at
        self._at += 1
        inner = self._joined("|")
        first = self._peek()
        second = self._tokens[self._at + 1] if self._at + 1 < len(self._tokens) else None
        are_bars = first is not None and first.kind is Kind.BAR and second is not None and second.kind is Kind.BAR
        if not are_bars or second.is_spaced or not inner:  # type: ignore[union-attr]
            self._at = kept
            return None
        self._at += 2
        self._choice(opening)
        if self._tight:
            return [("sqrt(sum((", opening), *inner, (") ** 2))", opening)]
        return [("abs(", opening), *inner, (")", opening)]

    def _root(self, closing: str) -> Written:
        """Read √x, ∛x and \\sqrt[n]{x}; what stands close behind a number may belong to it: √2x."""
        root = self._tokens[self._at]
        self._odd()
        self._at += 1
        degree: Written = [(root.text, root)]
        if self._is_at(self._at, "[") and root.text == "2":
            degree = self._bracketed(is_call=False)[1:-1]
        token = self._peek()
        if token is None or not (token.opens_operand or token.kind is Kind.BAR):
            _refuse(_NO_ARGUMENT, root, name="√")
        inner = self._factor(closing)
        following = self._peek()
        is_close = following is not None and not following.is_spaced and following.kind is Kind.NAME
        if is_close and token.kind is Kind.NUMBER:
            self._choice(token)
            if self._tight:
                inner = inner + self._rest_of_product(closing)
        if len(degree) == 1 and degree[0][0] == "2":
            return [("sqrt(", root), *inner, (")", root)]
        return [("((", root), *inner, (") ** (1 / (", root), *degree, (")))", root)]

    # Names and functions ----------------------------------------------------------------------------------------

    def _is_function(self, at: int) -> bool:
        """Return whether a function is written here, with or without brackets around what it takes."""
        token = self._tokens[at]
        if token.kind is not Kind.NAME or (at and self._tokens[at - 1].text == "."):
            return False
        base = log_base(token.text)
        if token.text not in self._names.functions and base is None:
            return False
        if self._is_at(at + 1, "("):
            return base is not None or self._is_raised(at + 1)
        if token.text in self._names.variables:
            return False
        return self._takes_operand(at + 1) or (self._is_raised(at + 1) and self._takes_operand(self._behind_power(at)))

    def _is_raised(self, at: int) -> bool:
        return self._is_kind(at, Kind.RAISED) or self._is_at(at, "**")

    def _behind_power(self, at: int) -> int:
        """Return where it goes on behind sin², sin^2 or sin^{-1}."""
        if self._is_kind(at + 1, Kind.RAISED):
            return at + 2
        at += 2
        while at < len(self._tokens) and self._tokens[at].text in _NEGATED:
            at += 1
        if not self._is_at(at, "("):
            return at + 1
        depth = 0
        while at < len(self._tokens):
            depth += {"(": 1, ")": -1}.get(self._tokens[at].text, 0)
            at += 1
            if depth == 0:
                break
        return at

    def _takes_operand(self, at: int) -> bool:
        """Return whether an argument without brackets begins here; "sin -x" is one, "sin - x" is not."""
        if at >= len(self._tokens):
            return False
        token = self._tokens[at]
        if token.opens_operand or token.kind is Kind.BAR:
            return token.text not in ("...", "[")
        is_sign = token.kind is Kind.SIGN and token.text in _NEGATED and token.is_spaced
        return is_sign and at + 1 < len(self._tokens) and not self._tokens[at + 1].is_spaced

    def _function(self, name: Token, closing: str) -> Written:
        """Read sin x, sin² x, log₂ x: a function whose argument stands behind it."""
        self._odd()
        power: Written = []
        token = self._peek()
        if token is not None and self._is_raised(self._at):
            self._at += 1
            power = [(_power_text(token.text), token)] if token.kind is Kind.RAISED else self._power_of(closing)
            text = "".join(part for part, _ in power)
            if text.strip("()") == "-1":
                self._ask(say(_INVERSE, name=name.text), name)
        base = log_base(name.text)
        if base is None:
            called = [(self._names.spelled.get(name.text, name.text), name), ("(", name)]
        else:
            called = [("log", name), ("(", name)]
        if self._is_at(self._at, "("):
            argument = self._bracketed(is_call=True)[1:-1]
        else:
            argument = self._argument(name, closing)
        out: Written = [*called, *argument, (")", name)]
        if base is not None:
            out = [("(", name), *out, (f" / log({base}))", name)]
        return [*out, (" ** ", name), *power] if power else out

    def _power_of(self, closing: str) -> Written:
        if self._is_at(self._at, "("):
            return self._bracketed(is_call=False)
        out: Written = []
        while self._peek() is not None and self._tokens[self._at].text in _NEGATED:
            out.append((self._tokens[self._at].text, self._tokens[self._at]))
            self._at += 1
        return out + self._primary(closing)

    def _argument(self, name: Token, closing: str) -> Written:
        """Read what a function takes without brackets: a coefficient and one factor; more is a choice."""
        out: Written = []
        token = self._peek()
        if token is not None and token.kind is Kind.SIGN:
            out.append((token.text, token))
            self._at += 1
        first = self._peek()
        if first is None or not (first.opens_operand or first.kind is Kind.BAR):
            _refuse(_NO_ARGUMENT, name, name=name.text)
        out += self._factor(closing)
        while first.kind is Kind.NUMBER and self._goes_beside(closing):
            first = self._tokens[self._at]
            out += [(" * ", first), *self._factor(closing)]
        token = self._peek()
        if token is None:
            return out
        is_joined = token.kind is Kind.SIGN and token.text in ("*", "/") and self._operand_follows(self._at + 1)
        if (is_joined and not self._is_function(self._at + 1)) or self._goes_beside(closing):
            self._choice(token)
            if self._tight:
                out += self._rest_of_argument(closing)
        return out

    def _goes_beside(self, closing: str) -> bool:
        token = self._peek()
        is_beside = token is not None and self._is_beside(token, closing) and token.kind is not Kind.NUMBER
        return is_beside and not self._is_function(self._at) and not self._is_call(self._at)

    def _is_call(self, at: int) -> bool:
        token = self._tokens[at]
        return token.kind is Kind.NAME and token.text in self._names.calls and self._is_at(at + 1, "(")

    def _rest_of_argument(self, closing: str) -> Written:
        out: Written = []
        while (token := self._peek()) is not None:
            if token.kind is Kind.SIGN and token.text in ("*", "/") and self._operand_follows(self._at + 1):
                if self._is_function(self._at + 1) or self._is_call(self._at + 1):
                    break
                self._at += 1
                out += [(f" {token.text} ", token), *self._signed(closing)]
            elif self._goes_beside(closing):
                out += [(" * ", token), *self._factor(closing)]
            else:
                break
        return out

    def _named(self, name: Token) -> Written:
        """Read a name; with a bracket behind it a call, a product, or a function of the formula's own."""
        parts = self._names.splits.get(name.text)
        if parts is not None:
            return [("(", name), (" * ".join(parts), name), (")", name)]
        spelled = [(self._names.spelled.get(name.text, name.text), name)]
        opening = self._peek()
        if opening is None or opening.text != "(":
            return spelled
        text = name.text
        is_product = self._is_plain_group(self._at)
        definition = self._definitions.get(text)
        if definition is not None and text in self._declared:
            return self._applied(definition, name)
        if text in self._names.calls or (not is_product and definition is None):
            return spelled + self._bracketed(is_call=True)
        if definition is not None:
            self._choice(name)
            return spelled if self._tight else self._applied(definition, name)
        letter = text.rstrip("0123456789_")
        if text in self._names.variables or (len(letter) == 1 and letter not in _USUAL_FUNCTIONS):
            return spelled  # and what is in the bracket is a factor
        if len(letter) == 1:
            self._ask(say(_NO_FUNCTION, name=text), name)
            if self._tight:
                return spelled
            inner = self._bracketed(is_call=True)
            own = next((token.text for _, token in inner if token.kind is Kind.NAME), "x")
            self._reading.drafts.append((text, own))
            return spelled + inner
        return spelled + self._bracketed(is_call=True)

    def _is_plain_group(self, at: int) -> bool:
        """Return whether the bracket here may be a factor: it holds one expression, and no list of arguments."""
        depth = 0
        for token in self._tokens[at:]:
            depth += 1 if token.kind is Kind.OPEN else -1 if token.kind is Kind.CLOSE else 0
            if depth == 0:
                return self._tokens[at + 1].kind is not Kind.CLOSE
            if depth == 1 and token.text in (",", "=", "..."):
                return False
        return True

    def _applied(self, definition: Definition, name: Token) -> Written:
        """Read f(x + 1) where the formula says what f(x) is: its body, with what it is called with in its place."""
        start = self._at
        opening = self._tokens[start]
        self._odd()
        arguments = [each for each in _split_arguments(self._bracketed(is_call=True)[1:-1]) if each]
        if len(arguments) != len(definition.parameters):
            _refuse(mark("{name} takes other inputs than these."), opening, name=name.text)
        if ["".join(part for part, _ in each) for each in arguments] == list(definition.parameters):
            return [(name.text, name)]
        given = {
            parameter: "".join(part for part, _ in each)
            for parameter, each in zip(definition.parameters, arguments, strict=True)
        }
        inner = Reader(
            definition.body, self._names.with_arguments(given), tight=self._tight, reading=self._reading
        )
        inner._definitions = {key: value for key, value in self._definitions.items() if key != name.text}
        inner._declared = self._declared - {name.text}
        written = inner._joined("")
        self._written += inner._written
        self._grow(sum(len(part) for part, _ in written) // 8)
        return [("(", name), *((part, name) for part, _ in written), (")", name)]

    # Tools ------------------------------------------------------------------------------------------------------

    def _peek(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _is_sign(self, text: str) -> bool:
        return self._is_at(self._at, text)

    def _is_at(self, at: int, text: str) -> bool:
        return at < len(self._tokens) and self._tokens[at].text == text

    def _is_kind(self, at: int, kind: Kind) -> bool:
        return at < len(self._tokens) and self._tokens[at].kind is kind

    def _ends_at(self, at: int) -> bool:
        return at >= len(self._tokens) or self._tokens[at].kind is Kind.END

    def _operand_follows(self, at: int) -> bool:
        while at < len(self._tokens) and self._tokens[at].kind is Kind.SIGN and self._tokens[at].text in _NEGATED:
            at += 1
        return at < len(self._tokens) and (self._tokens[at].opens_operand or self._tokens[at].kind is Kind.BAR)

    def _same(self, token: Token) -> None:
        self._reading.is_odd |= not token.is_same

    def _odd(self) -> None:
        self._reading.is_odd = True

    def _choice(self, token: Token) -> None:
        self._ask(say(WHICH), token)

    def _ask(self, sentence: str, token: Token) -> None:
        self._odd()
        if self._reading.question is None:
            self._reading.question = (sentence, token)

    def _grow(self, count: int = 1) -> None:
        self._written += count
        if self._written > _MOST_PARTS:
            raise FormulaError(say(_SWOLLEN))


def log_base(name: str) -> str | None:
    """Return the base of log2, log_10, lg …, or None where no logarithm to a base is written."""
    if name == "lg":
        return "10"
    base = name.removeprefix("log").removeprefix("_")
    return base if name.startswith("log") and base.isdigit() else None


def _power_text(text: str) -> str:
    return text if text.isalnum() else f"({text})"


def _percent(out: Written, sign: Token) -> Written:
    if len(out) == 1 and out[0][1].kind is Kind.NUMBER:
        return [(repr(float(out[0][0]) / 100), out[0][1])]
    return [("(", sign), *out, (" / 100)", sign)]


def _split_arguments(written: Written) -> list[Written]:
    depth, found = 0, [list[tuple[str, Token]]()]
    for part, token in written:
        depth += part.count("(") + part.count("[") - part.count(")") - part.count("]")
        if part.strip() == "," and depth == 0:
            found.append([])
        else:
            found[-1].append((part, token))
    return found


def _refuse(sentence: str, token: Token, **places: object) -> NoReturn:
    raise FormulaError(say(sentence, **places), token.line, token.column)
