"""What stands on a node: its lines, its group, and its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from html import escape
from typing import Any, Final, Literal, NamedTuple

from engine.document import ARRAY_SIZE, FUNCTION_SIZE, INPUT_SIZE, Node, Role
from engine.evaluation import BlockNode, NodeTrace
from engine.messages import mark, say, say_count
from engine.picture.fitting import MESSAGE_TEXT_PX, broken, cut, width_of
from engine.picture.numbers import NONE, entries_within, shape, short, short_array
from engine.picture.parameter_text import fill_symbol, parameters_beside_symbol

MARGIN: Final = 10
"""Between a node's border and its text."""
_ARRAY_CHARACTERS: Final = 18
"""How many characters of an array fit on one line of a node, behind "data" or "grad"."""
_WRONG_ARRAY_CHARACTERS: Final = _ARRAY_CHARACTERS - 2
_TABLE_CHARACTERS: Final = 60
"""How many characters of an array are written where there is room beside it, such as in the table."""
_ROLES: Final[dict[Role, str]] = {"data": mark("▦ data"), "weight": mark("◆ weight"), "target": mark("◎ target")}
"""What an input is in training, by a mark and a word."""
_UNBROKEN: Final = "\N{NO-BREAK SPACE}"
_FEWER_DIGITS: Final = (4, 3, 2)
_SMALL_LINES: Final = 2
"""How many lines of small text a node has room for below its numbers."""
_WAITING_LINES: Final = 4
"""How many where it shows no numbers."""


Face = Literal["name", "symbol", "data", "grad", "message"]
"""Of a part of a label: how it is written, and in which colour."""


class Run(NamedTuple):
    """Hold a part of a line that is written in one face."""

    face: Face
    text: str


Line = tuple[Run, ...]
_MARKS: Final[dict[Face, str]] = {
    "name": "<b>{}</b>",
    "symbol": "{}",
    "data": "<i>{}</i>",
    "grad": "<code>{}</code>",
    "message": "<b><i>{}</i></b>",
}
"""vis-network's marks of the faces."""


def symbol_of(node: Node) -> str:
    """Return what stands for the node's operation: the op's symbol, its parameters filled in; of an input its role."""
    if isinstance(node, BlockNode):
        return say_count("{count} node", "{count} nodes", node.n_members) if node.n_members else ""
    if node.role is not None:
        return say(_ROLES[node.role])
    if node.function is None:  # an input, or a Function that is no op of the registry
        return node.op or ""
    return fill_symbol(node.function.symbol, node.parameters)


def numbers_of(arrays: tuple[Any, ...] | None) -> str:
    """Write one number per output, "—" where there is none yet; an array with as many entries as a table has room for.

    Of an array that is not written whole, and of every other, the shape stands behind it.
    """
    if not arrays:
        return NONE
    if len(arrays) == 1 and (arrays[0] is None or arrays[0].ndim == 0):
        return short_array(arrays[0])
    return ", ".join(
        short_array(array)
        if array is None or array.ndim == 0
        else f"{entries_within(array, _TABLE_CHARACTERS)} {shape(array)}"
        for array in arrays
    )


def look_of(node: Node, result: NodeTrace, right: str | None = None) -> dict[str, str]:
    """Return how a node shows a result: label, group and numbers; `right` is the right gradient beside a wrong one."""
    data, grad = numbers_of(result.data), numbers_of(result.grad)
    label = _marked_up(_lines(node, result, right, (data, grad)))
    return {"label": label, "group": group_of(node, result), "data": data, "grad": grad}


def is_plain_number(result: NodeTrace) -> bool:
    """Return whether a node has one output, a single number, of which nothing is to be said.

    Of what it shows, data and grad alone then come of the result, and the rest of the node.
    """
    data = result.data
    return data is not None and len(data) == 1 and data[0].ndim == 0 and result.state == "ok" and not result.message


def numbers_alone(before: Mapping[str, str], result: NodeTrace) -> dict[str, str]:
    """Return what of `look_of` is another than for the same node and another plain number: label and numbers."""
    assert result.data is not None
    gy = result.grad[0]
    data, grad = short(result.data[0].item()), NONE if gy is None else short(gy.item())
    above = before["label"].rsplit("\n", 2)[0]
    return {"label": f"{above}\n<i>data {data}</i>\n<code>grad {grad}</code>", "data": data, "grad": grad}


def is_loss(node: Node) -> bool:
    """Return whether a node's op is a loss: what a training makes small."""
    return node.function is not None and node.function.group == "Losses"


def holds_array(result: NodeTrace) -> bool:
    """Return whether one of the outputs is no single number."""
    return result.data is not None and any(array.ndim for array in result.data)


def text_width(node: Node, result: NodeTrace) -> float:
    """Return how wide the lines of a node may be, in canvas units; it is reserved, whatever stands there now."""
    if isinstance(node, BlockNode):
        return node.size[0] - 2 * MARGIN
    if holds_array(result):
        return ARRAY_SIZE[0] - 2 * MARGIN
    return (INPUT_SIZE if node.is_input else FUNCTION_SIZE)[0] - 2 * MARGIN


def lines_of(node: Node, result: NodeTrace, right: str | None = None) -> list[Line]:
    """Return the lines of a node: name and symbol, then data, then grad, and a sentence below if there is one.

    `right` is the right gradient beside a wrong one. No line is wider than the node and no more than fit, so that a
    node never grows under the hand.
    """
    return _lines(node, result, right, (numbers_of(result.data), numbers_of(result.grad)))


def _lines(node: Node, result: NodeTrace, right: str | None, written: tuple[str, str]) -> list[Line]:
    """Compose the lines; `written` holds data and grad as a table writes them."""
    width = text_width(node, result)
    holds_one_array = bool(result.data) and len(result.data or ()) == 1 and (result.data or ())[0].ndim > 0
    if holds_one_array:
        assert result.data is not None
        # The shape once, not beside each number: a gradient has that of its data, and each stays on its line.
        beside = shape(result.data[0])
        characters = _ARRAY_CHARACTERS if right is None else _WRONG_ARRAY_CHARACTERS
        data, grad = (
            NONE if not arrays or arrays[0] is None else entries_within(arrays[0], characters)
            for arrays in (result.data, result.grad)
        )
    else:
        beside = ""
        data, grad = map(_within, (result.data, result.grad), written, (width, width))
    if right is not None:
        both = f"grad {grad} ≠ {right}"
        grad = f"{grad} ✗" if right.startswith("[") or width_of(both) > width else f"{grad} ≠ {right}"
    above, below = _small_lines(node, result, width)
    # What belongs together stays on one line: an array's entries, a wrong number and the right one.
    data, grad = (
        text.replace(", ", f",{_UNBROKEN}").replace(" ≠ ", f"{_UNBROKEN}≠{_UNBROKEN}") for text in (data, grad)
    )
    # data and grad are the names in the code, as in x.data and x.grad.
    numbers: list[Line] = [(Run("data", f"data {data}"),), (Run("grad", f"grad {grad}"),)]
    return [
        _heading(node.name, symbol_of(node), beside, width),
        *above,
        *([] if result.state == "waiting" else numbers),
        *below,
    ]


def _marked_up(lines: list[Line]) -> str:
    """Write lines as vis-network reads them, each face by its mark."""
    return "\n".join(
        "".join(_MARKS[run.face].format(escape(run.text, quote=False)) for run in line if run.text) for line in lines
    )


@lru_cache(maxsize=2_000)
def _heading(name: str, symbol: str, beside: str, width: float) -> Line:
    """Write the name, cut off where it is longer than its line, the op's symbol, and an array's shape."""
    rest = (f"  {symbol}" if symbol else "") + (f" {beside}" if beside else "")
    room = max(width - width_of(rest), width / 3)
    return Run("name", cut(name, room)), Run("symbol", cut(rest, width - min(width_of(name), room)))


def _small_lines(node: Node, result: NodeTrace, width: float) -> tuple[list[Line], list[Line]]:
    """Return the small lines above and below the numbers: parameters, and the sentence of a node in trouble."""
    above, below = _parameter_lines(parameters_beside_symbol(node), width), []
    if result.message:
        mark = "" if result.state in ("waiting", "stale") else "⚠ "
        room = (_WAITING_LINES if result.state == "waiting" else _SMALL_LINES) - len(above)
        below = list(broken(mark + result.message, width, MESSAGE_TEXT_PX, room))
    return _small(above), _small(below)


def _parameter_lines(parameters: str, width: float) -> list[str]:
    return [cut(parameters, width, MESSAGE_TEXT_PX)] if parameters else []


def _small(lines: list[str]) -> list[Line]:
    return [(Run("message", line),) for line in lines]


def _within(arrays: tuple[Any, ...] | None, written: str, width: float) -> str:
    """Write one number per output on one line of a node: in fewer digits where they need more room."""
    if arrays and len(arrays) == 1 and (arrays[0] is None or arrays[0].ndim == 0):
        return written
    if not arrays or any(array is not None and array.ndim for array in arrays):
        return cut(written, width - width_of("data "))
    for digits in _FEWER_DIGITS:
        written = ", ".join(NONE if array is None else short(array.item(), digits) for array in arrays)
        if width_of(f"data {written}") <= width:
            return written
    return cut(written, width - width_of("data "))


def group_of(node: Node, result: NodeTrace) -> str:
    """Return which form a node has: see `FORMS`."""
    if result.state in ("waiting", "stale"):
        return "waiting"
    if result.state in ("trouble", "error"):
        return "trouble"
    if isinstance(node, BlockNode):
        return "block"
    if node.op is None:
        return "array" if holds_array(result) else "input"
    return "loss" if is_loss(node) else "function"
