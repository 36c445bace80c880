"""Write numbers, formulas and sentences for people."""

from __future__ import annotations

from components.text.backward import backward_formulas, sum_of_arrivals
from components.text.derivations import Derivation, derive_data, derive_gradient_in_pieces
from components.text.factors import multiplies
from components.text.faults import explain_fault, tell_slip
from components.text.formulas import forward_formulas, products_of, rules_in_names
from components.text.markdown import in_markdown
from components.text.names import differentiated_name, output_name
from components.text.numbers import shown_array, with_name
from components.text.sentences import tell_backward, tell_forward, tell_seed
from engine.messages import abridged, enumerated, joined_sentences
from engine.picture import (
    NONE,
    bracketed,
    counted,
    entries_in_full,
    entries_within,
    fill_symbol,
    first_entries,
    full,
    full_array,
    number_style,
    on_wire,
    parameter_value,
    parameters_beside_symbol,
    parameters_to_edit,
    shape,
    short,
    short_array,
    sliding_parameter,
)

__all__ = [
    "NONE",
    "Derivation",
    "abridged",
    "backward_formulas",
    "bracketed",
    "counted",
    "derive_data",
    "derive_gradient_in_pieces",
    "differentiated_name",
    "entries_in_full",
    "entries_within",
    "enumerated",
    "explain_fault",
    "fill_symbol",
    "first_entries",
    "forward_formulas",
    "full",
    "full_array",
    "in_markdown",
    "joined_sentences",
    "multiplies",
    "number_style",
    "on_wire",
    "output_name",
    "parameter_value",
    "parameters_beside_symbol",
    "parameters_to_edit",
    "products_of",
    "rules_in_names",
    "shape",
    "short",
    "short_array",
    "shown_array",
    "sliding_parameter",
    "sum_of_arrivals",
    "tell_backward",
    "tell_forward",
    "tell_seed",
    "tell_slip",
    "with_name",
]
