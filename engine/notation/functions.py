"""Read functions whose inputs stand behind them without brackets: sin x, sin² x, log₂ x."""

from __future__ import annotations

from typing import Final

from engine.messages import mark, say
from engine.notation.cursor import NO_ARGUMENT, SIGNS_BEFORE, Cursor, Written, power_text, refuse
from engine.notation.tokens import Kind, Token

_INVERSE: Final = mark("There is no op for the inverse of {name}; perhaps 1 / {name} is meant.")


class FunctionReader(Cursor):
    """Read functions."""

    def is_function(self, at: int) -> bool:
        """Return whether a function is written here, with or without brackets around what it takes."""
        token = self.tokens[at]
        if token.kind is not Kind.NAME or (at and self.tokens[at - 1].text == "."):
            return False
        base = log_base(token.text)
        if token.text not in self.names.functions and base is None:
            return False
        if self.is_at(at + 1, "("):
            return base is not None or self.is_raised(at + 1)
        if token.text in self.names.variables:
            return False
        return self.takes_operand(at + 1) or (self.is_raised(at + 1) and self.takes_operand(self.behind_power(at)))

    def is_raised(self, at: int) -> bool:
        """Return whether a power begins at a place."""
        return self.is_kind(at, Kind.RAISED) or self.is_at(at, "**")

    def behind_power(self, at: int) -> int:
        """Return where it goes on behind sin², sin^2 or sin^{-1}."""
        if self.is_kind(at + 1, Kind.RAISED):
            return at + 2
        at += 2
        while at < len(self.tokens) and self.tokens[at].text in SIGNS_BEFORE:
            at += 1
        if not self.is_at(at, "("):
            return at + 1
        depth = 0
        while at < len(self.tokens):
            depth += {"(": 1, ")": -1}.get(self.tokens[at].text, 0)
            at += 1
            if depth == 0:
                break
        return at

    def takes_operand(self, at: int) -> bool:
        """Return whether an argument without brackets begins here; "sin -x" is one, "sin - x" is not."""
        if at >= len(self.tokens):
            return False
        token = self.tokens[at]
        if token.opens_operand or token.kind is Kind.BAR:
            return token.text not in ("...", "[")
        is_sign = token.kind is Kind.SIGN and token.text in SIGNS_BEFORE and token.is_spaced
        return is_sign and at + 1 < len(self.tokens) and not self.tokens[at + 1].is_spaced

    def function(self, name: Token, closing: str) -> Written:
        """Read sin x, sin² x, log₂ x: a function whose argument stands behind it."""
        self.odd()
        power: Written = []
        token = self.peek()
        if token is not None and self.is_raised(self.at):
            self.at += 1
            power = [(power_text(token.text), token)] if token.kind is Kind.RAISED else self.power_of(closing)
            text = "".join(part for part, _ in power)
            if text.strip("()") == "-1":
                self.ask(say(_INVERSE, name=name.text), name)
        base = log_base(name.text)
        if base is None:
            called = [(self.names.spelled.get(name.text, name.text), name), ("(", name)]
        else:
            called = [("log", name), ("(", name)]
        argument = self.bracketed(is_call=True)[1:-1] if self.is_at(self.at, "(") else self.argument(name, closing)
        out: Written = [*called, *argument, (")", name)]
        if base is not None and base != "e":
            out = [("(", name), *out, (f" / log({base}))", name)]
        return [*out, (" ** ", name), *power] if power else out

    def power_of(self, closing: str) -> Written:
        """Read the exponent of sin^2."""
        if self.is_at(self.at, "("):
            return self.bracketed(is_call=False)
        out: Written = []
        while self.peek() is not None and self.tokens[self.at].text in SIGNS_BEFORE:
            out.append((self.tokens[self.at].text, self.tokens[self.at]))
            self.at += 1
        return out + self.primary(closing)

    def argument(self, name: Token, closing: str) -> Written:
        """Read what a function takes without brackets: a coefficient and one factor; more is a choice."""
        out: Written = []
        token = self.peek()
        if token is not None and token.kind is Kind.SIGN:
            out.append((token.text, token))
            self.at += 1
        first = self.peek()
        if first is None or not (first.opens_operand or first.kind is Kind.BAR):
            refuse(NO_ARGUMENT, name, name=name.text)
        out += self.factor(closing)
        while first.kind is Kind.NUMBER and self.goes_beside(closing):
            first = self.tokens[self.at]
            out += [(" * ", first), *self.factor(closing)]
        token = self.peek()
        if token is None:
            return out
        is_joined = token.kind is Kind.SIGN and token.text in ("*", "/") and self.operand_follows(self.at + 1)
        if (is_joined and not self.is_function(self.at + 1)) or self.goes_beside(closing):
            self.choice(token)
            if self.tight:
                out += self.rest_of_argument(closing)
        return out

    def goes_beside(self, closing: str) -> bool:
        """Return whether another factor begins here that is no function and no number."""
        token = self.peek()
        is_beside = token is not None and self.is_beside(token, closing) and token.kind is not Kind.NUMBER
        return is_beside and not self.is_function(self.at) and not self.is_call(self.at)

    def is_call(self, at: int) -> bool:
        """Return whether a call begins at a place."""
        token = self.tokens[at]
        return token.kind is Kind.NAME and token.text in self.names.calls and self.is_at(at + 1, "(")

    def rest_of_argument(self, closing: str) -> Written:
        """Read what else belongs to a function, up to a sum or another function."""
        out: Written = []
        while (token := self.peek()) is not None:
            if token.kind is Kind.SIGN and token.text in ("*", "/") and self.operand_follows(self.at + 1):
                if self.is_function(self.at + 1) or self.is_call(self.at + 1):
                    break
                self.at += 1
                out += [(f" {token.text} ", token), *self.signed(closing)]
            elif self.goes_beside(closing):
                out += [(" * ", token), *self.factor(closing)]
            else:
                break
        return out


def log_base(name: str) -> str | None:
    """Return the base of log2, log_10, lg …, or None where no logarithm to a base is written."""
    if name == "lg":
        return "10"
    base = name.removeprefix("log").removeprefix("_")
    return base if name.startswith("log") and (base.isdigit() or name in ("log_e", "loge")) else None
