"""How the parameters of an op are written: on its node, in its symbol, and where somebody edits them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from engine.autograd import Finite, Number
from engine.document import Node
from engine.messages import MINUS, enumerated, say
from engine.picture.numbers import full, short

_PLACE = re.compile(r"(?P<raised>\^?)\{(?P<name>\w+)\}")
_RAISED: Final = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_PORTS: Final = ("n_inputs", "n_outputs")


def parameter_value(value: Any, name: str = "", *, in_full: bool = False) -> str:
    """Write a parameter's value as it is read and typed: 3, −0.5, (2, 3), yes, all. The page reads the same text.

    `in_full` rounds no number: for who edits it, and for an exponent, where x^2.00001 is not x².
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return "all" if name == "axis" else "none"
    if isinstance(value, float):
        text = short(value)
        is_rounded = in_full and float(text.replace(MINUS, "-")) != value
        return full(value).replace("-", MINUS) if is_rounded else text
    return str(value).replace("-", MINUS)


def fill_symbol(symbol: str, parameters: Mapping[str, Any]) -> str:
    """Return an op's symbol with its parameters in it; a whole number after ^ becomes an exponent."""
    if "{" not in symbol:
        return symbol

    def filled(place: re.Match[str]) -> str:
        text = parameter_value(parameters[place["name"]], in_full=bool(place["raised"]))
        if not place["raised"]:
            return text
        whole = text.replace(MINUS, "-")
        return whole.translate(_RAISED) if re.fullmatch(r"-?\d+", whole) else f"^{text}"

    return _PLACE.sub(filled, symbol)


def parameters_beside_symbol(node: Node) -> str:
    """Write the parameters that neither the symbol nor the ports show; one that is off is left out."""
    if node.function is None or not node.parameters:
        return ""
    shown = {place["name"] for place in _PLACE.finditer(node.function.symbol)}.union(_PORTS)
    return enumerated(
        [
            say("{name} {value}", name=name, value=parameter_value(value, name))
            for name, value in node.parameters.items()
            if name not in shown and value is not False
        ]
    )


def parameters_to_edit(node: Node) -> str:
    """Return the text in which a node's parameters are edited: the value of the only one, or "axis=0, keepdims=no"."""
    written = {name: parameter_value(value, name, in_full=True) for name, value in node.parameters.items()}
    if len(written) == 1:
        return next(iter(written.values()))
    return ", ".join(f"{name}={text}" for name, text in written.items())


def sliding_parameter(node: Node) -> str:
    """Return the name of the parameter that can be dragged sideways: the only one, where it is a number."""
    parameters = () if node.function is None else node.function.parameters
    return parameters[0].name if len(parameters) == 1 and parameters[0].annotation in (Number, Finite) else ""
