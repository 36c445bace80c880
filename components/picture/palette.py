"""The palette: what can be added to a graph, with all that the page says of it."""

from __future__ import annotations

from functools import cache
from typing import Any

from components.picture.drawing import draw_new
from components.text import fill_symbol
from engine.autograd import Function
from engine.document import VALUE_HINT
from engine.messages import current_language, say

_FIRST_OPS = ("Square", "Add")
_FIRST_GROUPS = (
    *("Arithmetic", "Powers", "Constants", "Exponential", "Trigonometric", "Activations", "Comparison"),
    *("Linear", "Reductions", "Losses", "Shapes"),
)
"""The order in which a class meets the families; one that is new comes behind them."""


def catalogue() -> list[dict[str, Any]]:
    """Return the palette in the language that is spoken: groups of ops with their ports, symbols and descriptions.

    To be read only: everybody gets the same.
    """
    return _catalogue_in(current_language(), tuple(Function.registry))


@cache
def _catalogue_in(_language: str, _ops: tuple[str, ...]) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    first: list[dict[str, Any]] = [
        {
            "op": "Input",
            "symbol": "",
            "ports": [],
            "outputs": ["y"],
            "description": say("A Variable whose value you choose."),
            "aliases": ["variable", "number", "x"],
            "hint": say(VALUE_HINT),
            "drawn": draw_new(None),
        }
    ]
    first += [_entry(Function.registry[name]) for name in _FIRST_OPS]
    for name, op in Function.registry.items():
        if name not in _FIRST_OPS:
            groups.setdefault(op.group, []).append(_entry(op))
    titles = [*(title for title in _FIRST_GROUPS if title in groups), *(t for t in groups if t not in _FIRST_GROUPS)]
    return [{"group": "", "ops": first}, *({"group": say(title), "ops": groups[title]} for title in titles)]


def _entry(op: type[Function]) -> dict[str, Any]:
    return {
        "op": op.__name__,
        "symbol": fill_symbol(op.symbol, op.defaults()),
        "ports": list(op.ports_with({})),
        "outputs": list(op.outputs_with({})),
        "description": say(op.description),
        "aliases": list(op.aliases),
        "drawn": draw_new(op.__name__),
    }
