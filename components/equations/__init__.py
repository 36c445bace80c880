"""Equations as structures: trees of names, numbers and functions, worked out before they are written."""

from __future__ import annotations

from components.equations.equation import (
    EXACT,
    GIVES,
    ROUNDED,
    Equation,
    entry_in_numbers,
    equation,
    named_value,
    plain_of,
)
from components.equations.expression import (
    Call,
    Derivative,
    Entries,
    Environment,
    Expression,
    Let,
    Name,
    Negative,
    Number,
    Part,
    Product,
    Quotient,
    Repeated,
    Reshaped,
    Sum,
    Symbol,
    Total,
    Transposed,
    changed,
    names_in,
)
from components.equations.mathml_marks import MathTree
from components.equations.reader import RuleError, read_rules
from components.equations.values import value_of

__all__ = [
    "EXACT",
    "GIVES",
    "ROUNDED",
    "Call",
    "Derivative",
    "Entries",
    "Environment",
    "Equation",
    "Expression",
    "Let",
    "MathTree",
    "Name",
    "Negative",
    "Number",
    "Part",
    "Product",
    "Quotient",
    "Repeated",
    "Reshaped",
    "RuleError",
    "Sum",
    "Symbol",
    "Total",
    "Transposed",
    "changed",
    "entry_in_numbers",
    "equation",
    "named_value",
    "names_in",
    "plain_of",
    "read_rules",
    "value_of",
]
