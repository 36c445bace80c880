"""Write numbers, formulas and sentences for people."""

from __future__ import annotations

from components.text.latex import MathTree, in_product, math_tree, name, number, plug_in
from components.text.markdown import plain
from components.text.numbers import (
    NONE,
    bracketed,
    entries_within,
    full,
    full_array,
    number_style,
    on_wire,
    shape,
    short,
    short_array,
)
from components.text.parameter_text import (
    fill_symbol,
    multiplies,
    sliding_parameter,
    told_parameters,
    typed_parameters,
    write,
)
from components.text.sentences import (
    backward_formulas,
    forward_formula,
    output_name,
    rule_by_input,
    tell_backward,
    tell_forward,
    tell_seed,
    tell_slip,
)

__all__ = [
    "NONE",
    "MathTree",
    "backward_formulas",
    "bracketed",
    "entries_within",
    "fill_symbol",
    "forward_formula",
    "full",
    "full_array",
    "in_product",
    "math_tree",
    "multiplies",
    "name",
    "number",
    "number_style",
    "on_wire",
    "output_name",
    "plain",
    "plug_in",
    "rule_by_input",
    "shape",
    "short",
    "short_array",
    "sliding_parameter",
    "tell_backward",
    "tell_forward",
    "tell_seed",
    "tell_slip",
    "told_parameters",
    "typed_parameters",
    "write",
]
