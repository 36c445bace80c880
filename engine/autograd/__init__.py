"""Compute gradients as the book does: Variables, Functions, the sweep backward, and the ops."""

from __future__ import annotations

from engine.autograd import composed
from engine.autograd.arrays import Array, as_array, as_tuple, sum_to
from engine.autograd.config import no_grad, running_rules, test_mode, using_config
from engine.autograd.core import Function, Parameter, Variable, Visit, WorkList, as_variable, sweep
from engine.autograd.description import find_op, function_name
from engine.autograd.dot_graph import get_dot_graph, plot_dot_graph
from engine.autograd.functions.arithmetic import Div, Identity, Mul, Neg, Sub
from engine.autograd.functions.constants import Constant
from engine.autograd.functions.exponential import Exp
from engine.autograd.functions.indexing import get_item
from engine.autograd.functions.powers import Pow, Power, Square
from engine.autograd.gradient_check import STEP, TOLERANCE, GradientCheck, central_difference, gradient_check
from engine.autograd.parameters import (
    Finite,
    Number,
    check_parameters,
    parse_parameter,
    parse_parameters,
    to_json_parameters,
    write_parameter,
)
from engine.autograd.strong_zeros import NO_GRADIENT, no_gradient, strong_in, without_marks
from engine.autograd.variants import MAX_VISITS, ByHand, Variant

__all__ = [
    "MAX_VISITS",
    "NO_GRADIENT",
    "STEP",
    "TOLERANCE",
    "Array",
    "ByHand",
    "Constant",
    "Div",
    "Exp",
    "Finite",
    "Function",
    "GradientCheck",
    "Identity",
    "Mul",
    "Neg",
    "Number",
    "Parameter",
    "Pow",
    "Power",
    "Square",
    "Sub",
    "Variable",
    "Variant",
    "Visit",
    "WorkList",
    "as_array",
    "as_tuple",
    "as_variable",
    "central_difference",
    "check_parameters",
    "composed",
    "find_op",
    "function_name",
    "get_dot_graph",
    "get_item",
    "gradient_check",
    "no_grad",
    "no_gradient",
    "parse_parameter",
    "parse_parameters",
    "plot_dot_graph",
    "running_rules",
    "strong_in",
    "sum_to",
    "sweep",
    "test_mode",
    "to_json_parameters",
    "using_config",
    "without_marks",
    "write_parameter",
]
