"""What a rule sends to an input, where it is summed up, cut to places, or told with a letter for a count."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from components.equations import EXACT, Cases, Equation, Expression, Name, Total, equation, value_of
from components.text.factors import repeated_axes
from components.text.numbers import shown_array
from components.text.rules import NodeRules, rules_of
from engine.autograd import Array
from engine.document import Graph
from engine.messages import is_hidden_array, say


def summed_up(rule: Expression, names: Mapping[str, Any], shape: tuple[int, ...]) -> Expression:
    """Return what a rule sends to an input of a shape: summed over the axes over which the input was repeated."""
    try:
        sent = np.shape(value_of(rule, names))
    except (KeyError, ValueError, IndexError, TypeError):  # a rule with a name that nobody has explained
        return rule
    # A sum keeps its axes, so that more axes alone say nothing of one.
    is_repeated = math.prod(sent) > math.prod(shape) or (len(sent) > len(shape) and isinstance(rule, Name))
    return summed_over(repeated_axes(shape, sent) if is_repeated else (), rule, shape)


def summed_over(axes: tuple[int, ...], rule: Expression, shape: tuple[int, ...]) -> Expression:
    """Return a rule summed over axes, if there are any: over all, to an input of a single number."""
    return Total(rule, axes if shape else None) if axes else rule


def sent_to_part(part: Expression, came: Expression, note: str) -> Equation:
    """Return what is added to a part of a gradient that is more than that."""
    return Equation((came,), (), say("to {name}:", name=Equation((part,), ()).plain()), note)


def rule_with_letter(
    graph: Graph, rules: NodeRules, port: int, names: Mapping[str, Any], gx: Array
) -> Expression | None:
    """Return what a rule sends with n as a letter, where no one number in its place gives what is sent."""
    function = rules.function
    if function is None or "n" not in function.meanings() or is_hidden_array(gx):
        return None
    (rule,) = rules.local(port)
    if not isinstance(rule, Cases) or _is_true(summed_up(rule, names, gx.shape), names, gx):
        return None
    (rule,) = rules_of(graph, rules.node.id, function, counted=False).local(port)
    return rule


def said_of_letter() -> str:
    """Return what the letter n of a rule stands for."""
    return say("where n is how many are equal")


def _is_true(rule: Expression, names: Mapping[str, Any], gx: Array) -> bool:
    try:
        found = np.asarray(value_of(rule, names), dtype=float)
        found = found.reshape(gx.shape) if found.size == gx.size else np.broadcast_to(found, gx.shape)  # sums keep axes
        return np.allclose(found, gx, rtol=1e-6, equal_nan=True)
    except (KeyError, ValueError, IndexError, TypeError):  # a rule with a name that nobody has explained
        return True


def equation_with_letter(rule: Expression, receiver: Name, gx: Array, label: str, *, is_whole: bool) -> Equation:
    """Return x.grad = the rule, with n as a letter, = what is sent."""
    result = equation([receiver, shown_array(gx)], {receiver.text: gx})
    sides, signs = (rule, result.sides[-1]), result.signs
    if is_whole:
        return Equation((receiver, *sides), (EXACT, *signs), label, said_of_letter())
    return Equation(sides, signs, label, said_of_letter())
