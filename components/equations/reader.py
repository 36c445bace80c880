"""Read the rules of the ops, which they write as LaTeX, into trees.

    rules = rule ("=" rule)*                                 y = σ(x) = 1/(1 + e⁻ˣ): each is the same
    rule = sum ["if" condition ("," sum "if" condition)* ", else" sum] ["where" letter "=" sum]
    sum = ["-"] product (("+" | "-") product)*
    product = power ((" " | "\\cdot" | "\\times" | "@") power)*
    power = atom ["^" exponent]
    atom = number | name | \\frac | \\sqrt | function | "(" sum ")" | "|" sum "|" | \\sum_{axis} product

A name is a letter, with an index or not, or \\text{name}: an input, a parameter, an output, or what comes in backward.
A function of single numbers is called as NumPy calls it, \\arctan or \\operatorname{cbrt}, but for those named below.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from components.equations.expression import (
    Call,
    Cases,
    Condition,
    Expression,
    Let,
    MatrixProduct,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Transposed,
)
from components.equations.values import function_of_numpy
from engine.errors import EngineError

_TOKEN: Final = re.compile(r"\\(?:text|operatorname)\{[^}]*\}|\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|[A-Za-z]|\S")
_SPACES: Final = {r"\,", r"\;", r"\ ", r"\quad", r"\left", r"\right"}
_FUNCTIONS: Final = {rf"\{name}": name for name in ("ln", "max", "min", "sigma")}
ARRAY_FUNCTIONS: Final = (
    *("softmax", "sign", "repeat", "reshape", "transpose", "part", "place", "join", "largest", "smallest"),
)
"""Functions that a rule names as \\text{name}(…)."""
_SIGNS: Final = {"<": "<", ">": ">", "=": "=", r"\neq": "≠", r"\le": "≤", r"\ge": "≥"}
_ENDS: Final = {"", "+", "-", "=", ")", "}", "|", ",", "<", ">", r"\neq", r"\le", r"\ge"}


class RuleError(EngineError):
    """Report a rule of an op that is not written as this module reads it."""


@lru_cache(maxsize=1024)
def read_rules(latex: str) -> tuple[Expression, ...]:
    """Return the sides of a rule such as y = \\sigma(x) = …; raises RuleError."""
    return _Reader(latex).sides()


class _Reader:
    def __init__(self, latex: str) -> None:
        self._latex = latex
        self._tokens = [token for token in _TOKEN.findall(latex) if token not in _SPACES]
        self._place = 0

    def sides(self) -> tuple[Expression, ...]:
        found = [self._rule()]
        while self._next() == "=":
            self._take()
            found.append(self._rule())
        if self._next():
            raise self._error()
        return tuple(found)

    # Tokens -----------------------------------------------------------------------------------------------------

    def _next(self) -> str:
        return self._tokens[self._place] if self._place < len(self._tokens) else ""

    def _take(self, expected: str = "") -> str:
        token = self._next()
        if not token or (expected and token != expected):
            raise self._error()
        self._place += 1
        return token

    def _takes(self, token: str) -> bool:
        """Take a token if it comes next; return whether it did."""
        comes = self._next() == token
        self._place += comes
        return comes

    def _word(self) -> str:
        """Return the words that come next in \\text, without spaces around them; "" where there are none."""
        token = self._next()
        return " ".join(token[6:-1].split()) if token.startswith(r"\text{") else ""

    def _error(self) -> RuleError:
        return RuleError(f"the rule {self._latex} cannot be read at {self._next() or 'its end'}")

    # Rules ------------------------------------------------------------------------------------------------------

    def _rule(self) -> Expression:
        found = self._sum()
        if self._word() == "if":
            found = self._cases(found)
        if self._word() == "where":
            self._take()
            letter = Symbol(self._name())
            self._take("=")
            found = Let(found, letter, self._sum())
        return found

    def _cases(self, first: Expression) -> Expression:
        self._take()
        cases = [(first, self._condition())]
        while self._word() == ",":
            self._take()
            value = self._sum()
            if self._word() != "if":
                raise self._error()
            self._take()
            cases.append((value, self._condition()))
        if self._word() != ", else":
            raise self._error()
        self._take()
        return Cases(tuple(cases), self._sum())

    def _condition(self) -> Condition:
        left = self._sum()
        sign = _SIGNS.get(self._take())
        if sign is None:
            raise self._error()
        return Condition(left, sign, self._sum())

    def _sum(self) -> Expression:
        terms = [Negative(self._product()) if self._takes("-") else self._product()]
        while self._next() in ("+", "-"):
            terms.append(Negative(self._product()) if self._take() == "-" else self._product())
        match terms:
            case [Negative(Number(value))]:
                return Number(-value, 0)
            case [only]:
                return only
        return Sum(tuple(terms))

    def _product(self) -> Expression:
        found = [self._power()]
        while not self._is_end():
            if self._next() in (r"\cdot", r"\times"):
                self._take()
            if self._next() == "@":
                self._take()
                found = [MatrixProduct(_product_of(found), self._power())]
            else:
                found.append(self._power())
        return _product_of(found)

    def _is_end(self) -> bool:
        token = self._next()
        return token in _ENDS or (self._word() in ("if", ", else", ",", "where") and token != "")

    def _power(self) -> Expression:
        if self._next() == "e":
            self._take()
            self._take("^")
            return Call("exp", (self._exponent(),))
        return self._raised(self._atom())

    def _raised(self, base: Expression) -> Expression:
        if self._next() != "^":
            return base
        self._take()
        if self._next() == r"\top":
            self._take()
            return self._raised(Transposed(base))
        return self._raised(Power(base, self._exponent()))

    def _exponent(self) -> Expression:
        if self._next() != "{":
            return self._atom()
        return self._group()

    def _group(self) -> Expression:
        self._take("{")
        found = self._sum()
        self._take("}")
        return found

    # Atoms ------------------------------------------------------------------------------------------------------

    def _atom(self) -> Expression:
        token = self._next()
        if token == r"\frac":
            self._take()
            return Quotient(self._group(), self._group())
        if token == r"\sqrt":
            self._take()
            return Call("sqrt", (self._group(),))
        if token == r"\sum":
            return self._total()
        if token == "{":
            return self._group()
        if _function_called(token) or self._word() in ARRAY_FUNCTIONS:
            return self._call()
        if token in ("(", "|"):
            return self._bracketed()
        if re.fullmatch(r"[\d.]+", token):
            return Number(float(self._take()), 0)
        return Symbol("π") if token == r"\pi" and self._take() else Symbol(self._name())

    def _bracketed(self) -> Expression:
        opening = self._take()
        found = self._sum()
        self._take(")" if opening == "(" else "|")
        return found if opening == "(" else Call("abs", (found,))

    def _call(self) -> Expression:
        word = self._word()
        function = _function_called(self._take()) or word
        exponent = None
        if self._next() == "^":
            self._take()
            exponent = self._exponent()
        made = Call(function, self._arguments())
        return made if exponent is None else Power(made, exponent)

    def _arguments(self) -> tuple[Expression, ...]:
        if self._next() != "(":
            return (self._power(),)
        self._take()
        found = [self._sum()]
        while self._next() == ",":
            self._take()
            found.append(self._sum())
        self._take(")")
        return tuple(found)

    def _total(self) -> Expression:
        """Read a sum over an axis, which a parameter or a number names, or over all of them."""
        self._take(r"\sum")
        over: tuple[Expression, ...] = ()
        if self._next() == "_":
            self._take()
            over = (self._group(),)
        return Call("sum", (self._product(), *over))

    def _name(self) -> str:
        word = self._word()
        token = self._take()
        if word.isidentifier():
            return word
        if not re.fullmatch("[A-Za-z]", token):
            self._place -= 1
            raise self._error()
        if self._next() != "_":
            return token
        self._take()
        if self._next() != "{":
            return token + self._take()
        self._take()
        index = self._take()
        self._take("}")
        return token + index


def _function_called(token: str) -> str:
    """Return the function that a command of LaTeX calls; the empty text where it calls none."""
    name = token.removeprefix(r"\operatorname{").removesuffix("}").removeprefix("\\")
    is_numpys = token.startswith("\\") and function_of_numpy(name) is not None
    return _FUNCTIONS.get(token, name if is_numpys else "")


def _product_of(factors: list[Expression]) -> Expression:
    return factors[0] if len(factors) == 1 else Product(tuple(factors))
