"""Expressions as trees: what an equation says, before anybody writes it down or works it out."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any, TypeAlias

from engine.autograd import Array
from engine.messages import MINUS, full_number, short_number

DIGITS = 4
"""Significant digits of a number, unless an equation needs more of them."""


@dataclass(frozen=True)
class Expression:
    """Be a part of an equation."""


@dataclass(frozen=True)
class Number(Expression):
    """Stand for a number; it is shown with so many significant digits, or in full where `digits` is 0."""

    value: float
    digits: int = DIGITS

    @cached_property
    def text(self) -> str:
        """Return the number as the page writes it."""
        return short_number(self.value, self.digits) if self.digits else full_number(self.value).replace("-", MINUS)

    @property
    def shown(self) -> float:
        """Return the number that is read there."""
        return self.value if math.isnan(self.value) else float(self.text.replace(MINUS, "-"))


@dataclass(frozen=True)
class Entries(Expression):
    """Stand for an array, shown by its first entries and its shape."""

    array: Array
    text: str


@dataclass(frozen=True)
class Name(Expression):
    """Stand for a name of the graph: of a node's output, or of its gradient, such as x.grad."""

    text: str


@dataclass(frozen=True)
class Symbol(Expression):
    """Stand for a name within a rule of an op, until a graph's name or a number takes its place; π alone stays."""

    text: str


@dataclass(frozen=True)
class Derivative(Expression):
    """Stand for the derivative of one Variable by another, and its value, if it is known."""

    of: Name
    by: Name | Symbol
    value: Array | None = None


@dataclass(frozen=True)
class Negative(Expression):
    """Stand for the opposite number."""

    inner: Expression


@dataclass(frozen=True)
class Sum(Expression):
    """Add terms. Of many terms the first and the last are shown."""

    terms: tuple[Expression, ...]


@dataclass(frozen=True)
class Product(Expression):
    """Multiply factors element by element."""

    factors: tuple[Expression, ...]


@dataclass(frozen=True)
class Quotient(Expression):
    """Put one expression over another."""

    above: Expression
    below: Expression


@dataclass(frozen=True)
class Power(Expression):
    """Raise a base to an exponent."""

    base: Expression
    exponent: Expression


@dataclass(frozen=True)
class Call(Expression):
    """Take a function, such as ln or max, of its arguments."""

    function: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True)
class Condition(Expression):
    """Compare two expressions: <, >, =, ≠, ≤ or ≥."""

    left: Expression
    sign: str
    right: Expression


@dataclass(frozen=True)
class Cases(Expression):
    """Choose among values, each under its condition, and what holds otherwise."""

    cases: tuple[tuple[Expression, Condition], ...]
    otherwise: Expression


@dataclass(frozen=True)
class Let(Expression):
    """Put a letter for a part of an expression: (1 + t)/2, where t = tanh x."""

    body: Expression
    letter: Symbol
    means: Expression


@dataclass(frozen=True)
class MatrixProduct(Expression):
    """Multiply two matrices; a vector is a row on the left and a column on the right."""

    left: Expression
    right: Expression


@dataclass(frozen=True)
class Total(Expression):
    """Sum over some axes, which stay with length 1; over all of them where `axes` is None."""

    body: Expression
    axes: tuple[int, ...] | None


@dataclass(frozen=True)
class Repeated(Expression):
    """Repeat an array until it fills a shape: over `axes`, or as NumPy broadcasts it where there are none.

    `kept` is its own shape with the axes put back, each of length 1.
    """

    body: Expression
    shape: tuple[int, ...]
    axes: tuple[int, ...]
    kept: tuple[int, ...] | None


@dataclass(frozen=True)
class Transposed(Expression):
    """Put an array's axes in another order; swap the last two where `axes` is None."""

    body: Expression
    axes: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Reshaped(Expression):
    """Put the same entries into another shape."""

    body: Expression
    shape: tuple[int, ...]


@dataclass(frozen=True)
class Part(Expression):
    """Take the entries between two places on an axis of an array of `ndim` axes."""

    body: Expression
    axis: int
    start: int
    end: int
    ndim: int


Environment: TypeAlias = Mapping[str, Any]
"""What the names of a graph stand for: arrays."""


def parts_of(expression: Expression) -> list[Expression]:
    """Return the expressions that one is made of."""
    if isinstance(expression, Number | Name | Symbol):
        return []
    return [part for field in fields(expression) for part in _expressions_in(getattr(expression, field.name))]


def _expressions_in(held: Any) -> list[Expression]:
    if isinstance(held, Expression):
        return [held]
    return [each for item in held for each in _expressions_in(item)] if isinstance(held, tuple) else []


def changed(expression: Expression, change: Callable[[Expression], Expression | None]) -> Expression:
    """Return an expression with what `change` gives in place of its parts; where that is None, they are looked into."""
    found = change(expression)
    if found is not None:
        return found
    if isinstance(expression, Number | Name | Symbol):
        return expression
    held = {field.name: getattr(expression, field.name) for field in fields(expression)}
    made = {name: _changed_in(each, change) for name, each in held.items()}
    return expression if all(made[name] is each for name, each in held.items()) else replace(expression, **made)


def _changed_in(held: Any, change: Callable[[Expression], Expression | None]) -> Any:
    if isinstance(held, Expression):
        return changed(held, change)
    if isinstance(held, tuple) and _expressions_in(held):
        return tuple(_changed_in(item, change) for item in held)
    return held


def names_in(expression: Expression) -> set[str]:
    """Return the names of the graph in an expression."""
    own = {expression.text} if isinstance(expression, Name) else set()
    return own.union(*map(names_in, parts_of(expression)))


def is_numeric(expression: Expression) -> bool:
    """Return whether an expression holds numbers alone."""
    if isinstance(expression, Name | Symbol | Derivative):
        return isinstance(expression, Symbol) and expression.text == "π"
    return all(map(is_numeric, parts_of(expression)))
