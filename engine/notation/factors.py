"""Read factors, one beside the other: numbers, names, brackets, with their powers."""

from __future__ import annotations

from typing import Final

from engine.messages import mark
from engine.notation.bars import BarReader
from engine.notation.cursor import NO_OPERAND, SIGNS_BEFORE, TOO_SHORT, UNOPENED, Written, power_text, refuse
from engine.notation.tokens import Kind, Token

_UNCLOSED: Final = mark("This is not a formula: the bracket that is opened here is not closed.")
_NO_COMPLEX: Final = mark("A graph holds no complex numbers; write 2 * j for a product.")
_NO_TIMES: Final = mark("This is not a formula: between two numbers an operator is missing.")


class FactorReader(BarReader):
    """Read factors."""

    def product(self, closing: str, *, divided: bool) -> Written:
        """Read factors side by side; behind a division it is a choice what is divided by."""
        first = self.tokens[self.at]
        out = self.factor(closing)
        more = self.rest_of_product(closing)
        if more and divided:
            self.choice(first)
            if self.tight:
                return [("(", first), *out, *more, (")", first)]
        return out + more

    def rest_of_product(self, closing: str) -> Written:
        """Read the factors that stand beside the one before."""
        out: Written = []
        while (token := self.peek()) is not None and self.is_beside(token, closing):
            previous = self.tokens[self.at - 1]
            self.odd()
            if token.kind is Kind.NUMBER:
                if previous.kind is Kind.NUMBER:
                    refuse(_NO_TIMES, token)
                self.choice(token)  # x 2, where a power was lost, or a product
                out.append((" ** " if self.tight else " * ", token))
            else:
                is_imaginary = previous.kind is Kind.NUMBER and token.text in ("j", "J") and not token.is_spaced
                if is_imaginary and token.text not in self.names.given:
                    refuse(_NO_COMPLEX, token)
                out.append((" * ", token))
            out += self.factor(closing)
        return out

    def is_beside(self, token: Token, closing: str) -> bool:
        """Return whether a factor begins here, beside the one before."""
        if token.kind is Kind.BAR:
            return closing != "|"
        return token.opens_operand and token.text != "..."

    def factor(self, closing: str) -> Written:
        """Read a primary with its powers."""
        start = self.tokens[self.at]
        out = self.primary(closing)
        parts = self.names.splits.get(start.text, ()) if start.kind is Kind.NAME else ()
        if len(parts) < 2:
            return self.with_powers(out, start, closing)
        # A power belongs to the last factor alone: mc² is m * c².
        raised = self.with_powers([(parts[-1], start)], start, closing)
        return [("(", start), (" * ".join(parts[:-1]), start), (" * ", start), *raised, (")", start)]

    def with_powers(self, out: Written, start: Token, closing: str) -> Written:
        """Read what stands behind a primary: powers, and a percent sign."""
        while (token := self.peek()) is not None:
            if token.kind is Kind.RAISED:
                self.odd()
                self.at += 1
                raised = [(" ** ", token), (power_text(token.text), token)]
                out = [("(", start), *out, (").T", token)] if token.text == "T" else [*out, *raised]
            elif token.text == "**" and token.kind is Kind.SIGN:
                self.same(token)
                self.at += 1
                out = self.raised(out, start, token, closing)
            elif token.text == "%" and self.is_percent(token):
                self.odd()
                self.at += 1
                out = _percent(out, token)
            else:
                return out
        return out

    def is_percent(self, sign: Token) -> bool:
        """Return whether 50% is written, or 50% x; "x % 2" is neither."""
        if not self.operand_follows(self.at + 1):
            return True
        return (
            not sign.is_spaced and self.tokens[self.at - 1].kind is Kind.NUMBER and self.tokens[self.at + 1].is_spaced
        )

    def raised(self, base: Written, start: Token, sign: Token, closing: str) -> Written:
        """Read the exponent behind **; e^2x may be a power of 2x."""
        first = self.peek()
        is_group = first is not None and first.kind is Kind.OPEN and not first.is_same and self.is_at(self.at + 2, ")")
        at = self.at + is_group  # A^{T}
        is_t = self.is_kind(at, Kind.NAME) and self.is_at(at, "T") and not sign.is_same
        if first is not None and is_t and "T" not in self.names.variables:
            self.choice(first)
            if self.tight:
                self.odd()
                self.at = at + 1 + is_group
                return [("(", start), *base, (")", start), (".T", first)]
        exponent = self.signed(closing)
        token = self.peek()
        is_number = bool(exponent) and self.tokens[self.at - 1].kind is Kind.NUMBER
        is_fixed = start.kind is Kind.NUMBER or start.text == "e"
        if (
            token is not None and is_number and is_fixed and not token.is_spaced
            and token.kind in (Kind.NAME, Kind.ROOT) and not self.is_function(self.at)
        ):  # fmt: skip
            self.choice(token)
            if self.tight:
                exponent = [("(", sign), *exponent, *self.rest_of_product(closing), (")", sign)]
        elif self.is_root(exponent, sign):
            slash, root = self.tokens[self.at : self.at + 2]
            self.choice(slash)
            if self.tight:
                self.at += 2
                exponent = [("(", sign), *exponent, (" / ", slash), (root.text, root), (")", sign)]
        return [*base, (" ** ", sign), *exponent]

    def is_root(self, exponent: Written, sign: Token) -> bool:
        """Return whether x^1/2 is written, where people mean the root, and Python half of x."""
        if sign.is_same or exponent[-1][0] != "1" or not self.is_at(self.at, "/") or self.tokens[self.at].is_spaced:
            return False
        return self.is_kind(self.at + 1, Kind.NUMBER) and self.tokens[self.at + 1].text.isdigit()

    def signed(self, closing: str) -> Written:
        """Read an operand with the signs before it."""
        token = self.peek()
        if token is None or self.ends_at(self.at) or token.kind is Kind.CLOSE:
            before = self.tokens[self.at - 1]
            refuse(TOO_SHORT, token or before, sign=before.text)
        if token.kind is Kind.SIGN and token.text in SIGNS_BEFORE:
            self.same(token)
            self.at += 1
            return [(token.text, token), *self.signed(closing)]
        if not (token.opens_operand or token.kind is Kind.BAR):
            refuse(NO_OPERAND, token, sign=token.text)
        return self.factor(closing)

    def primary(self, closing: str) -> Written:
        """Read a number, a name, a call, or what stands in brackets or bars."""
        token = self.tokens[self.at]
        self.same(token)
        self.grow()
        if token.kind is Kind.OPEN:
            return self.behind(self.bracketed(is_call=False), token)
        if token.kind is Kind.BAR:
            return self.absolute()
        if token.kind is Kind.ROOT:
            return self.root(closing)
        if token.kind is Kind.FRACTION:
            self.at += 1
            digits = self.peek()
            if digits is not None and digits.kind is Kind.NUMBER and digits.text.isdigit() and len(digits.text) == 2:
                self.at += 1  # \frac12
                return [(f"({digits.text[0]} / {digits.text[1]})", token)]
            over, under = self.latex_group(), self.latex_group()
            return [("((", token), *over, (") / (", token), *under, ("))", token)]
        self.at += 1
        if token.kind is Kind.NUMBER:
            if self.is_mixed(token):
                fraction = self.tokens[self.at]
                self.odd()
                self.at += 1
                return [(repr(float(token.text) + float(fraction.text)), token)]
            return [(token.text, token)]
        if self.is_function(self.at - 1):
            return self.behind(self.function(token, closing), token)
        return self.behind(self.named(token), token)

    def is_mixed(self, token: Token) -> bool:
        """Return whether 2½ is written here."""
        following = self.peek()
        if following is None or following.kind is not Kind.NUMBER or following.is_same:
            return False
        return token.text.isdigit() and following.text.startswith("0.")

    def behind(self, out: Written, owner: Token) -> Written:
        """Read what follows an operand and belongs to it: attributes, indices, and calls of these."""
        while (token := self.peek()) is not None and not token.is_spaced:
            if token.text == "." and token.kind is Kind.SIGN and self.is_kind(self.at + 1, Kind.NAME):
                name = self.tokens[self.at + 1]
                self.at += 2
                out = [*out, (".", token), (name.text, name)]
                following = self.peek()
                if following is not None and following.text == "(" and not following.is_spaced:
                    out += self.bracketed(is_call=True)
            elif token.text == "[":
                out = out + self.bracketed(is_call=True)
            elif token.text == "(" and owner.text in self.names.classes and out[-1][0] == ")":
                out = out + self.bracketed(is_call=True)  # Pow(exponent=3)(x)
            else:
                break
        return out

    def bracketed(self, *, is_call: bool) -> Written:
        """Read a bracket with all within, up to its partner."""
        opening = self.tokens[self.at]
        self.same(opening)
        self.at += 1
        partner = {"(": ")", "[": "]"}[opening.text]
        inner = self.joined(partner, is_call=is_call)
        closing = self.peek()
        if closing is None or closing.kind is Kind.END:
            refuse(_UNCLOSED, opening)
        if closing.text != partner:
            refuse(UNOPENED, closing)
        self.same(closing)
        self.at += 1
        return [(opening.text, opening), *inner, (partner, closing)]

    def latex_group(self) -> Written:
        """Read {…}, or the one operand that stands in its place."""
        token = self.peek()
        if token is None or token.kind is Kind.END:
            refuse(TOO_SHORT, self.tokens[self.at - 1], sign="frac")
        if token.text == "(":
            return self.bracketed(is_call=False)[1:-1]
        return self.primary("")


def _percent(out: Written, sign: Token) -> Written:
    if len(out) == 1 and out[0][1].kind is Kind.NUMBER and out[0][0] != "...":
        return [(repr(float(out[0][0]) / 100), out[0][1])]
    return [("(", sign), *out, (" / 100)", sign)]
