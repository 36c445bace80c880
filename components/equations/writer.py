"""Write expressions down, with the brackets that they need and no others; how the marks look is said elsewhere."""

from __future__ import annotations

from typing import Final, Generic, TypeVar

from components.equations.expression import (
    Call,
    Cases,
    Condition,
    Derivative,
    Entries,
    Expression,
    Let,
    MatrixProduct,
    Name,
    Negative,
    Number,
    Part,
    Power,
    Product,
    Quotient,
    Repeated,
    Reshaped,
    Sum,
    Symbol,
    Total,
    Transposed,
    changed,
    is_numeric,
)
from components.equations.marks import Marks
from engine.messages import MINUS, listed, say

Piece = TypeVar("Piece")

_CASES, _SUM, _PRODUCT, _POWER, _ATOM = range(5)
"""How tightly an expression holds together; one that holds less than its surroundings stands in brackets."""
_MOST_TERMS: Final = 4
"""Terms that are written out; of more the first two and the last."""
_BARE: Final = ("ln", "tanh", "sin", "cos", "tan")
"""Functions whose argument needs no brackets: cos x."""


class Writer(Generic[Piece]):
    """Write expressions with marks.

    `taken` are the names that the equation's nodes have: a rule's own symbol of the same name is written in another
    way, as exp(e) for e to the power of a node e.
    """

    def __init__(self, marks: Marks[Piece], taken: frozenset[str] = frozenset()) -> None:
        self._marks = marks
        self._taken = taken

    def write(self, expression: Expression) -> Piece:
        """Write an expression."""
        return self._within(_CASES, expression)

    def _within(self, level: int, expression: Expression, *, leads: bool = True, is_last: bool = True) -> Piece:
        """Write an expression, in brackets if it holds less tightly than `level`.

        `leads` tells that no sign stands before it, so that a negative number needs none; `is_last` that no factor
        comes after it, so that cos x needs none.
        """
        own = self._level(expression)
        if own < level or (own == _SUM == level and not leads):
            return self._marks.fenced("(", self._write(expression, leads=True, is_last=True), ")")
        return self._write(expression, leads=leads, is_last=is_last)

    def _level(self, expression: Expression) -> int:
        match expression:
            case Number():
                if expression.text.startswith(MINUS):
                    return _SUM
                if "e" in expression.text:  # 1.5 × 10⁶, or 1.5e6 in a text
                    return _PRODUCT if self._marks.draws_fractions else _POWER
                return _ATOM
            case Cases() | Let() | Condition():
                return _CASES
            case Sum() | Negative():
                return _SUM
            case Product() | MatrixProduct() | Total():
                return _PRODUCT
            case Quotient() | Derivative():
                return _POWER if self._marks.draws_fractions else _PRODUCT
            case Power() | Transposed() | Repeated() | Call("exp", _):
                return _POWER
            case Call(function, arguments) if function in _BARE:
                return _POWER if self._is_bare(arguments) else _ATOM
        return _ATOM

    def _write(self, expression: Expression, *, leads: bool, is_last: bool) -> Piece:  # noqa: C901 -- a case a kind
        marks = self._marks
        match expression:
            case Number():
                return marks.number(expression.text)
            case Entries(text=text):
                return marks.entries(text)
            case Name(text):
                return marks.name(text)
            case Symbol(text):
                return self._symbol(text)
            case Derivative(of, by):
                return marks.fraction(*(marks.row([marks.prefix("∂"), self.write(each)]) for each in (of, by)))
            case Negative(inner):
                return marks.row([marks.prefix(MINUS), self._within(_PRODUCT, inner, leads=False)])
            case Sum(terms):
                return self._sum(terms, leads=leads)
            case Product(factors):
                return self._product(factors, leads=leads)
            case MatrixProduct(left, right):
                return self._product((left, right), leads=leads)
            case Quotient(above, below):
                tight = _CASES if marks.draws_fractions else _POWER
                return marks.fraction(self._within(tight, above), self._within(tight, below))
            case Power(base, exponent):
                return self._power(base, exponent, is_last=is_last)
            case Call(function, arguments):
                return self._call(function, arguments, is_last=is_last)
            case Cases(cases, otherwise):
                return self._cases(cases, otherwise)
            case Condition(left, sign, right):
                return marks.row([self._within(_SUM, left), marks.sign(sign), self._within(_SUM, right)])
            case Let(body, letter, means):
                return self._let(body, letter, means)
        return self._array(expression)

    def _symbol(self, text: str) -> Piece:
        if text == "π":
            return self._marks.number("3.141592653589793") if "π" in self._taken else self._marks.function("π")
        letters = text.rstrip("0123456789")
        index = text[len(letters) :]
        marks = self._marks
        return marks.lowered(marks.name(letters), marks.number(index)) if index else marks.name(text)

    # Signs between ----------------------------------------------------------------------------------------------

    def _sum(self, terms: tuple[Expression, ...], *, leads: bool) -> Piece:
        marks = self._marks
        is_long = len(terms) > _MOST_TERMS
        pieces: list[Piece] = []
        for place, term in enumerate((*terms[:2], terms[-1]) if is_long else terms):
            if is_long and place == 2:
                pieces += [marks.sign("+"), marks.words("…")]
            match term:
                case Negative(inner) if place:
                    pieces += [marks.sign(MINUS), self._within(_PRODUCT, inner, leads=False)]
                case _:
                    pieces += [marks.sign("+")] if place else []
                    pieces.append(self._within(_SUM, term, leads=leads and not place))
        return marks.row(pieces)

    def _product(self, factors: tuple[Expression, ...], *, leads: bool) -> Piece:
        pieces: list[Piece] = []
        for place, factor in enumerate(factors):
            is_last = place == len(factors) - 1
            if place:
                pieces += self._between(factors[place - 1], factor)
            needs = _POWER if not isinstance(factor, Product) else _PRODUCT
            if not place and leads and isinstance(factor, Number) and "e" not in factor.text:
                needs = _SUM  # −4 × 2
            pieces.append(self._within(needs, factor, leads=not place and leads, is_last=is_last))
        return self._marks.row(pieces)

    def _between(self, left: Expression, right: Expression) -> list[Piece]:
        """Return what stands between two factors: × between numbers, · beside a long name, else a little space."""
        if any(isinstance(side, Name) and len(side.text) > 1 for side in (_outermost(left), _first_of(right))):
            return [self._marks.sign("·")]
        if is_numeric(right) and (is_numeric(left) or isinstance(right, Number)):
            return [self._marks.sign("×")]
        if isinstance(left, Number) and isinstance(_first_of(right), Name | Symbol):
            return []  # 2x
        return [self._marks.gap()]

    def _power(self, base: Expression, exponent: Expression, *, is_last: bool) -> Piece:
        marks = self._marks
        raised = self._within(_CASES, exponent)
        is_short = self._level(exponent) == _ATOM
        match base:
            case Call(function, arguments) if function in _BARE and isinstance(exponent, Number):
                head = marks.raised(marks.function(function), raised, is_short=is_short)
                return marks.row([head, *self._argument(arguments, is_last=is_last)])
        return marks.raised(self._within(_ATOM, base, leads=False), raised, is_short=is_short)

    # Functions --------------------------------------------------------------------------------------------------

    def _call(self, function: str, arguments: tuple[Expression, ...], *, is_last: bool) -> Piece:
        marks = self._marks
        match function:
            case "exp" if "e" not in self._taken:
                exponent = arguments[0]
                is_short = self._level(exponent) == _ATOM
                return marks.raised(marks.name("e"), self.write(exponent), is_short=is_short)
            case "abs":
                return marks.fenced("|", self.write(arguments[0]), "|")
            case "sqrt":
                return self._root(arguments[0])
            case "sigma":
                named = marks.function("σ") if "σ" not in self._taken else marks.function("sigmoid")
                return marks.row([named, self._bracketed(arguments)])
            case "largest" | "smallest" if len(arguments) > 1:
                body, *axes = arguments
                over = _axes_in_words(tuple(int(axis.value) for axis in axes if isinstance(axis, Number)))
                inner = marks.row([self.write(body), marks.comma(), marks.words(over)])
                return marks.row([marks.function(function), marks.fenced("(", inner, ")")])
            case _ if function in _BARE:
                return marks.row([marks.function(function), *self._argument(arguments, is_last=is_last)])
        return marks.row([marks.function(function), self._bracketed(arguments)])

    def _root(self, inner: Expression) -> Piece:
        """Write a root; a fraction in it stands on one line, since no sign of a root is as high as it."""
        marks = self._marks
        match inner:
            case Quotient(above, below) if marks.draws_fractions:
                pieces = [self._within(_POWER, above), marks.slash(), self._within(_ATOM, below)]
                return marks.root(marks.row(pieces), is_short=False)
        return marks.root(self.write(inner), is_short=self._level(inner) == _ATOM)

    def _is_bare(self, arguments: tuple[Expression, ...]) -> bool:
        (only,) = arguments
        return isinstance(only, Total) or self._level(only) == _ATOM or type(only) in (Power, Quotient, Transposed)

    def _argument(self, arguments: tuple[Expression, ...], *, is_last: bool) -> list[Piece]:
        """Write what a function is taken of: cos x, but cos(x + 1), and cos(x) where a factor comes after it."""
        if is_last and self._is_bare(arguments):
            return [self._marks.applied(), self.write(arguments[0])]
        return [self._bracketed(arguments)]

    def _bracketed(self, arguments: tuple[Expression, ...]) -> Piece:
        pieces: list[Piece] = []
        for place, argument in enumerate(arguments):
            pieces += [self._marks.comma()] if place else []
            pieces.append(self.write(argument))
        return self._marks.fenced("(", self._marks.row(pieces), ")")

    def _cases(self, cases: tuple[tuple[Expression, Condition], ...], otherwise: Expression) -> Piece:
        marks = self._marks
        where, elsewhere = say("if"), say("else")
        pieces: list[Piece] = []
        for place, (value, condition) in enumerate(cases):
            pieces += [marks.words(", ")] if place else []
            pieces += [self._within(_SUM, value), marks.words(f" {where} "), self.write(condition)]
        return marks.row([*pieces, marks.words(f", {elsewhere} "), self._within(_SUM, otherwise)])

    def _let(self, body: Expression, letter: Symbol, means: Expression) -> Piece:
        """Write an expression and what its letter means; another letter, if a node has that name."""
        free = next((each for each in (letter.text, *"tusrqwvkhgf") if each not in self._taken), letter.text)
        named = Symbol(free)
        marks, shown, where = self._marks, _with_letter(body, letter, named), say("where")
        return marks.row(
            [
                self._within(_SUM, shown),
                marks.words(f", {where} "),
                self._symbol(free),
                marks.sign("="),
                self._within(_SUM, means),
            ]
        )

    # Arrays -----------------------------------------------------------------------------------------------------

    def _array(self, expression: Expression) -> Piece:
        marks = self._marks
        match expression:
            case Total(body, axes):
                over = say("all entries") if axes is None else _axes_in_words(axes)
                bound = self._within(_PRODUCT, body, leads=False)
                return marks.row([marks.lowered(marks.prefix("∑"), marks.words(over)), bound])
            case Repeated(body, shape, axes, _):
                note = (
                    say("repeated over {axes}", axes=_axes_in_words(axes))
                    if axes
                    else say("repeated to shape {shape}", shape=shape)
                )
                return marks.row([self._within(_ATOM, body), marks.gap(), marks.words(f"({note})")])
            case Transposed(body, None):
                return marks.raised(self._within(_ATOM, body), marks.top(), is_short=True)
            case Transposed(body, axes):
                return self._with_shape("transpose", body, axes)
            case Reshaped(body, shape):
                return self._with_shape("reshape", body, shape)
            case Part(body, axis, start, end, ndim):
                places = ", ".join(f"{start}:{end}" if place == axis % ndim else ":" for place in range(ndim))
                return marks.row([self._within(_ATOM, body), marks.words(f"[{places}]")])
        raise TypeError(f"{type(expression).__name__} cannot be written")

    def _with_shape(self, function: str, body: Expression, places: tuple[int, ...] | None) -> Piece:
        marks = self._marks
        inner = marks.row([self.write(body), marks.comma(), marks.name(str(places).replace("-", MINUS))])
        return marks.row([marks.words(function), marks.fenced("(", inner, ")")])


def _axes_in_words(axes: tuple[int, ...]) -> str:
    told = listed([str(axis).replace("-", MINUS) for axis in axes])
    return say("axis {axis}", axis=told) if len(axes) == 1 else say("axes {axes}", axes=told)


def _outermost(expression: Expression) -> Expression:
    """Return the last factor of a product, whose end stands beside what comes next."""
    return _outermost(expression.factors[-1]) if isinstance(expression, Product) else _base_of(expression)


def _first_of(expression: Expression) -> Expression:
    return _first_of(expression.factors[0]) if isinstance(expression, Product) else _base_of(expression)


def _base_of(expression: Expression) -> Expression:
    match expression:
        case Power(base, _) | Transposed(base, None) | Part(base) | Repeated(base):
            return base
    return expression


def _with_letter(expression: Expression, letter: Symbol, other: Symbol) -> Expression:
    return changed(expression, lambda part: other if part == letter else None)
