"""The words and signs for an op's parameters, and for what its derivative is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from components.text.numbers import MINUS, short
from engine.autograd import Finite, Function, Number
from engine.document import Node
from engine.evaluation import NodeTrace, works_elementwise

_PLACE = re.compile(r"(?P<raised>\^?)\{(?P<name>\w+)\}")
_RAISED: Final = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_PORTS: Final = ("n_inputs", "n_outputs")


def write(value: Any, name: str = "") -> str:
    """Write a parameter as people read and type it: 3, −0.5, (2, 3), yes, all."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return "all" if name == "axis" else "none"
    if isinstance(value, float):
        return short(value)
    return str(value).replace("-", MINUS)


def fill_symbol(symbol: str, parameters: Mapping[str, Any]) -> str:
    """Return an op's symbol with its parameters in it; a whole number after ^ becomes an exponent."""

    def filled(place: re.Match[str]) -> str:
        text = write(parameters[place["name"]])
        if not place["raised"]:
            return text
        whole = text.replace(MINUS, "-")
        return whole.translate(_RAISED) if re.fullmatch(r"-?\d+", whole) else f"^{text}"

    return _PLACE.sub(filled, symbol)


def told_parameters(node: Node) -> str:
    """Return the parameters that the symbol does not show, those that the ports show and a plain no left out."""
    if node.function is None:
        return ""
    shown = {place["name"] for place in _PLACE.finditer(node.function.symbol)}.union(_PORTS)
    told = [
        f"{name} {write(value, name)}"
        for name, value in node.parameters.items()
        if name not in shown and value is not False
    ]
    return ", ".join(told)


def typed_parameters(node: Node) -> str:
    """Return the text in which a node's parameters are edited: the value of the only one, or "axis=0, keepdims=no"."""
    written = {name: write(value, name) for name, value in node.parameters.items()}
    if len(written) == 1:
        return next(iter(written.values()))
    return ", ".join(f"{name}={text}" for name, text in written.items())


def sliding_parameter(node: Node) -> str:
    """Return the name of the parameter that can be dragged sideways: the only one, where it is a number."""
    parameters = () if node.function is None else node.function.parameters
    return parameters[0].name if len(parameters) == 1 and parameters[0].annotation in (Number, Finite) else ""


def multiplies(function: Function, result: NodeTrace) -> bool:
    """Return whether a local derivative of this Function is a number that the gradient is multiplied by."""
    return works_elementwise(function, [array.shape for array in result.data or ()])
