"""Write symbols as Python expressions: with floats and `math`, or with arrays and NumPy."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np

from engine.errors import SymbolError
from engine.messages import say
from engine.replay.symbols import Symbol

CONDITIONAL, COMPARISON, OR, AND, ADDITIVE, MULTIPLICATIVE, UNARY, POWER, ATOM = range(9)
"""The precedence of Python's operators, the lowest first."""

_OPERATORS = {
    np.add: ("+", ADDITIVE),
    np.subtract: ("-", ADDITIVE),
    np.multiply: ("*", MULTIPLICATIVE),
    np.divide: ("/", MULTIPLICATIVE),
    np.matmul: ("@", MULTIPLICATIVE),
    np.power: ("**", POWER),
    np.greater: (">", COMPARISON),
    np.greater_equal: (">=", COMPARISON),
    np.less: ("<", COMPARISON),
    np.less_equal: ("<=", COMPARISON),
    np.equal: ("==", COMPARISON),
    np.not_equal: ("!=", COMPARISON),
    np.bitwise_or: ("|", OR),
    np.bitwise_and: ("&", AND),
}


_MEANS_ANOTHER = ("floor", "ceil", "trunc", "remainder")
"""What `math` gives as a whole number, or computes otherwise than NumPy."""


def _math_names() -> dict[Any, str]:
    """Return the functions of NumPy's, from real numbers to one, that `math` has too, by what they are called there."""
    found: dict[Any, str] = {}
    for function in vars(np).values():
        if isinstance(function, np.ufunc) and {"d->d", "dd->d"} & set(function.types):
            name = function.__name__.replace("arc", "a")  # arctan is atan
            if hasattr(math, name) and name not in _MEANS_ANOTHER:
                found[function] = name
    return found


_MATH = _math_names()
MATH_NAMES = frozenset({*_MATH.values(), "pow", "nan", "inf"})
"""The names from `math` that code in floats may use; what `math` lacks it takes from NumPy."""
_DEFAULTS = {"axis": None, "keepdims": False}


class Text(NamedTuple):
    """Hold the text of an expression, and the precedence of its outermost operator."""

    text: str
    binding: int = ATOM

    def at(self, least: int) -> str:
        """Return the text, in brackets if its precedence is lower than `least`."""
        return self.text if self.binding >= least else f"({self.text})"


class Notation(Protocol):
    """Write operations as Python: the operands are written first, then the operation on them."""

    def write(self, symbol: Symbol, operands: Sequence[Text]) -> Text:
        """Return the expression of one operation; raises SymbolError if this notation has none for it."""

    def repeats(self, symbol: Symbol) -> bool:
        """Return whether the expression uses an operand more than once; such an operand should be a name."""

    def is_quick(self, symbol: Symbol) -> bool:
        """Return whether the expression is written again each time it is needed, and gets no name."""

    def constant(self, value: Any) -> Text:
        """Return a number as Python writes it."""


def _operation(symbol: Symbol, operands: Sequence[Text]) -> Text | None:
    """Return the expression of an operator, which both notations write alike; None if it is no operator."""
    if symbol.head is np.negative:
        return Text(f"-{operands[0].at(POWER)}", UNARY)
    if symbol.head not in _OPERATORS:
        return None
    sign, binding = _OPERATORS[symbol.head]
    left, right = operands
    if symbol.head is np.power:
        return Text(f"{left.at(ATOM)} ** {right.at(UNARY)}", POWER)
    # Python reads a < b < c as a chain: a < b and b < c.
    least = binding + 1 if binding == COMPARISON else binding
    return Text(f"{left.at(least)} {sign} {right.at(binding + 1)}", binding)


class Floats:
    """Write for single numbers, which are Python floats: straight-line code without NumPy."""

    def write(self, symbol: Symbol, operands: Sequence[Text]) -> Text:
        """Return the expression of one operation; raises SymbolError if floats have none for it.

        Where NumPy gives inf or nan, Python's functions raise an error, or the result is inf or nan as well.
        """
        head = symbol.head
        if head is np.power:
            return self._power(symbol, operands)
        if head is np.where:
            condition, x, y = operands
            return Text(f"{x.at(COMPARISON)} if {condition.at(COMPARISON)} else {y.text}", CONDITIONAL)
        if head is np.maximum or head is np.minimum:
            (x, y), sign = operands, ">=" if head is np.maximum else "<="
            return Text(f"{x.text} if {x.text} {sign} {y.text} else {y.text}", CONDITIONAL)
        if head is np.sign:
            (x,) = operands
            return Text(f"1.0 if {x.text} > 0 else -1.0 if {x.text} < 0 else 0.0", CONDITIONAL)
        if head is np.absolute:
            return Text(f"abs({operands[0].text})")
        if head in _MATH:
            return Text(f"{_MATH[head]}({operands[0].text})")
        written = None if head is np.matmul else _operation(symbol, operands)
        if written is not None:
            return written
        if callable(head) and head is not np.matmul and symbol.shape == ():
            return Text(f"float({Arrays().write(symbol, operands).text})")
        raise SymbolError(say("floats have no {function}", function=head))

    def repeats(self, symbol: Symbol) -> bool:
        """Return whether the expression uses an operand more than once."""
        return symbol.head in (np.maximum, np.minimum, np.sign)

    def is_quick(self, symbol: Symbol) -> bool:
        """Return whether it is a comparison of names and numbers: nobody would give that a name."""
        return _OPERATORS.get(symbol.head, ("", ATOM))[1] == COMPARISON and not any(
            operand.operands for operand in symbol.operands
        )

    def constant(self, value: Any) -> Text:
        """Return a number as Python writes it; nan and inf are names from `math`."""
        text = repr(value)
        return Text(text, UNARY if text[0] == "-" else ATOM)

    def _power(self, symbol: Symbol, operands: Sequence[Text]) -> Text:
        x, exponent = operands
        value = symbol.operands[1].constant
        if value is None or not float(value).is_integer():
            # For a negative number `**` gives a complex one; `math.pow` raises an error.
            return Text(f"pow({x.text}, {exponent.text})")
        if value == 2 and x.binding == ATOM and symbol.operands[0].head is None:
            return Text(f"{x.text} * {x.text}", MULTIPLICATIVE)
        return Text(f"{x.at(ATOM)} ** {exponent.at(UNARY)}", POWER)


class Arrays:
    """Write for arrays, with NumPy's functions."""

    def write(self, symbol: Symbol, operands: Sequence[Text]) -> Text:
        """Return the expression of one operation."""
        written = _operation(symbol, operands)
        if written is not None:
            return written
        head = symbol.head
        if head == "[]":
            return Text(f"{operands[0].at(ATOM)}[{_index(symbol.options)}]")
        rest, options = symbol.options or ((), {})
        axes = tuple(range(symbol.ndim))[::-1]
        if head is np.transpose and (rest or (None,))[0] in (None, axes):
            return Text(f"{operands[0].at(ATOM)}.T")
        is_total = head in (np.sum, np.mean, np.max, np.min) and symbol.shape == ()
        told = [
            f"{name}={value!r}"
            for name, value in options.items()
            if not is_total and (name not in _DEFAULTS or _DEFAULTS[name] != value)
        ]
        arguments = ", ".join(each.text for each in operands)
        if head is np.concatenate:
            arguments = f"[{arguments}]"
        name = "abs" if head is np.absolute else head.__name__
        return Text(f"np.{name}({', '.join([*filter(None, [arguments]), *map(repr, rest), *told])})")

    def repeats(self, symbol: Symbol) -> bool:
        """Return whether the expression uses an operand more than once: never."""
        return False

    def is_quick(self, symbol: Symbol) -> bool:
        """Return whether it costs no time, for arrays of any size."""
        return symbol.head in (np.reshape, np.transpose, "[]")

    def constant(self, value: Any) -> Text:
        """Return a number as Python writes it."""
        text = repr(value)
        is_finite = not isinstance(value, float) or math.isfinite(value)
        return Text(text if is_finite else f"float({text!r})", UNARY if text[0] == "-" and is_finite else ATOM)


def _index(index: Any) -> str:
    parts = index if isinstance(index, tuple) else (index,)
    return ", ".join(_slice(part) if isinstance(part, slice) else repr(part) for part in parts)


def _slice(part: slice) -> str:
    return f"{'' if part.start is None else part.start}:{'' if part.stop is None else part.stop}"
