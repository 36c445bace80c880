"""What stands on a node: its label, its group, and its numbers."""

from __future__ import annotations

from html import escape
from typing import Any, Final

from components.text import NONE, entries_within, fill_symbol, parameters_beside_symbol, shape, short_array
from engine.document import Node, Role
from engine.evaluation import BlockNode, NodeTrace
from engine.messages import mark, say, say_count

_ARRAY_CHARACTERS: Final = 17
"""How many characters of an array fit on one line of a node, behind "data" or "grad"."""
_WRONG_ARRAY_CHARACTERS: Final = _ARRAY_CHARACTERS - 2
_ROLES: Final[dict[Role, str]] = {"data": mark("▦ data"), "weight": mark("◆ weight"), "target": mark("◎ target")}
"""What an input is in training, by a mark and a word."""
_UNBROKEN: Final = "\N{NO-BREAK SPACE}"


def symbol_of(node: Node) -> str:
    """Return what stands for the node's operation: the op's symbol, its parameters filled in; of an input its role."""
    if isinstance(node, BlockNode):
        return say_count("{count} node", "{count} nodes", node.n_members) if node.n_members else ""
    if node.role is not None:
        return say(_ROLES[node.role])
    return "" if node.function is None else fill_symbol(node.function.symbol, node.parameters)


def numbers_of(arrays: tuple[Any, ...] | None) -> str:
    """Write one number per output, "—" where there is none yet."""
    if not arrays:
        return NONE
    return ", ".join(short_array(array) for array in arrays)


def look_of(node: Node, result: NodeTrace, right: str | None = None) -> dict[str, str]:
    """Return how a node shows a result: label, group and numbers; `right` is the right gradient beside a wrong one."""
    data, grad = numbers_of(result.data), numbers_of(result.grad)
    return {"label": _label(node, result, right), "group": _group(node, result), "data": data, "grad": grad}


def holds_array(result: NodeTrace) -> bool:
    """Return whether one of the outputs is no single number."""
    return bool(result.data) and any(array.ndim for array in result.data or ())


def _label(node: Node, result: NodeTrace, right: str | None) -> str:
    """Compose the label: name and symbol, then data, then grad, each in its face; a sentence below if there is one."""
    heading = f"<b>{escape(node.name, quote=False)}</b>"
    if symbol := symbol_of(node):
        heading += f"  {escape(symbol, quote=False)}"
    if result.data and len(result.data) == 1 and result.data[0].ndim:
        # The shape once, not beside each number: a gradient has that of its data, and each stays on its line.
        heading += f" {shape(result.data[0])}"
        characters = _ARRAY_CHARACTERS if right is None else _WRONG_ARRAY_CHARACTERS
        data, grad = (
            NONE if not arrays or arrays[0] is None else entries_within(arrays[0], characters)
            for arrays in (result.data, result.grad)
        )
    else:
        data, grad = numbers_of(result.data), numbers_of(result.grad)
    if right is not None:  # within the line: an ellipse that had one more would grow over its neighbours
        grad = f"{grad} ✗" if right.startswith("[") else f"{grad} ≠ {right}"
    if parameters := parameters_beside_symbol(node):
        heading += f"\n<b><i>{escape(parameters, quote=False)}</i></b>"
    # What belongs together stays on one line: an array's entries, a wrong number and the right one.
    data, grad = (
        text.replace(", ", f",{_UNBROKEN}").replace(" ≠ ", f"{_UNBROKEN}≠{_UNBROKEN}") for text in (data, grad)
    )
    # data and grad are the names in the code, as in x.data and x.grad.
    numbers = [f"<i>data {data}</i>", f"<code>grad {grad}</code>"]
    lines = [heading, *([] if result.state == "waiting" else numbers)]
    if result.message:
        mark = "" if result.state in ("waiting", "stale") else "⚠ "
        lines.append(f"<b><i>{mark}{escape(result.message, quote=False)}</i></b>")
    return "\n".join(lines)


def _group(node: Node, result: NodeTrace) -> str:
    if result.state in ("waiting", "stale"):
        return "waiting"
    if result.state in ("trouble", "error"):
        return "trouble"
    if isinstance(node, BlockNode):
        return "block"
    if node.op is None:
        return "array" if holds_array(result) else "input"
    return "function"
