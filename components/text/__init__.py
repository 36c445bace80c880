"""Write numbers, formulas and sentences for people."""

from __future__ import annotations

from components.text.factors import multiplies
from components.text.faults import explain_fault, tell_slip
from components.text.formulas import backward_formulas, forward_formula, rule_by_input
from components.text.joined import abridged, enumerated, joined_sentences
from components.text.latex import MathTree, in_product, math_tree, name_in_latex, number_in_latex, plug_in
from components.text.markdown import in_markdown
from components.text.names import differentiated_name, output_name
from components.text.numbers import (
    NONE,
    bracketed,
    counted,
    entries_in_full,
    entries_within,
    first_entries,
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
    parameter_value,
    parameters_beside_symbol,
    parameters_to_edit,
    sliding_parameter,
)
from components.text.sentences import tell_backward, tell_forward, tell_seed

__all__ = [
    "NONE",
    "MathTree",
    "abridged",
    "backward_formulas",
    "bracketed",
    "counted",
    "differentiated_name",
    "entries_in_full",
    "entries_within",
    "enumerated",
    "explain_fault",
    "fill_symbol",
    "first_entries",
    "forward_formula",
    "full",
    "full_array",
    "in_markdown",
    "in_product",
    "joined_sentences",
    "math_tree",
    "multiplies",
    "name_in_latex",
    "number_in_latex",
    "number_style",
    "on_wire",
    "output_name",
    "parameter_value",
    "parameters_beside_symbol",
    "parameters_to_edit",
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
]
