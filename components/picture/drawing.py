"""Turn a graph and its trace into a `pyvis.Network`: the one place that knows shapes and labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from typing import Any, Final, Literal
from weakref import WeakKeyDictionary

import numpy as np
from pyvis.edge import Edge as PyvisEdge
from pyvis.network import Network

from components.picture.colours import COLOURS, Theme
from components.text import NONE, entries_within, fill_symbol, multiplies, on_wire, shape, short_array, told_parameters
from engine.autograd import Array
from engine.document import Edge, Graph, Node, Wiring
from engine.evaluation import BLOCK, BlockNode, NodeTrace, Trace

NODE_TEXT_PX: Final = 22
_MESSAGE_TEXT_PX: Final = 15
_SMALLEST_TEXT_PX: Final = 4
_INPUT_WIDTH: Final = 132  # an ellipse grows around its text: about 200 px wide in the end
_WRONG_INPUT_WIDTH: Final = 150
_FUNCTION_WIDTH: Final = 160
_ARRAY_WIDTH: Final = 208
_ARRAY_ROOM: Final = 17
"""How many characters of an array fit on one line of that width, behind the word "data" or "grad"."""
_BLOCK_WIDTH: Final = 210
_LARGEST_BLOCK_WIDTH: Final = 420
_CHARACTER: Final = 12
_UNBROKEN: Final = "\N{NO-BREAK SPACE}"
_ROUND: Final = 40
_PARALLEL_BOW: Final = 0.28
_BORDER: Final = 1.5
_BLOCK_BORDER: Final = 2.5  # the canvas draws a second one around it
_OUTPUT_BORDER: Final = 3.5  # the node that is differentiated


def draw(graph: Graph, trace: Trace, marks: Mapping[str, str] | None = None, *, local: bool = False) -> Network:
    """Draw every node with its data and grad, and every wire, as a pyvis network on a white ground.

    `marks` holds the right gradient of each node that shows a wrong one; `local` writes local derivatives on wires.

    Nodes come in topological order. Beside what vis-network reads, each node and edge carries the fields that the
    page shows or sends back: name, op, value, state and the wire's ports.
    """
    network = Network(directed=True, height="100%", width="100%")
    network.options = options("light")
    output = trace.output
    for node_id in graph.topological_order():
        node = graph.node(node_id)
        network.add_node(node.id, **_node_options(node, trace.nodes[node.id], output, (marks or {}).get(node.id)))
    network.edges = _edges(graph.wiring, graph)
    if local:
        network.edges = [_with_local(edge, trace) for edge in network.edges]
    return network


@cache
def options(theme: Theme) -> dict[str, Any]:
    """Return vis-network's options for a theme: no physics, no layout of its own, colours by group.

    To be read only: everybody gets the same.
    """
    colour = COLOURS[theme]
    face = {"face": "Source Sans, system-ui, sans-serif", "size": NODE_TEXT_PX}
    upright = {**face, "mod": ""}
    font = {
        **face,
        "color": colour["text"],
        "multi": "html",
        # The four faces of one label: name, data, grad, and the sentence of a node that is in trouble or waits.
        "bold": {**face, "mod": "bold", "color": colour["text"]},
        "ital": {**upright, "color": colour["data"]},
        "mono": {**upright, "color": colour["grad"]},
        "boldital": {**upright, "size": _MESSAGE_TEXT_PX, "color": colour["quiet"]},
    }

    def group(background: str, dashes: list[int] | Literal[False] = False, radius: int = 8) -> dict[str, Any]:
        # Dashes are said of every group: vis-network keeps those of a group that a node has left.
        shape = {"borderDashes": dashes, "borderRadius": radius}
        return {"color": {"background": colour[background], "border": colour["border"]}, "shapeProperties": shape}

    return {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {
            "dragNodes": False,
            "dragView": False,
            "zoomView": False,
            "selectable": False,
            "hover": False,
            "tooltipDelay": 0,
        },
        "nodes": {
            "font": font,
            # Three lines, also where there is only one to show: a node that is computed does not grow under the hand.
            "heightConstraint": {"minimum": 3 * NODE_TEXT_PX, "valign": "middle"},
            "margin": {"top": 10, "bottom": 10, "left": 10, "right": 10},
            "shapeProperties": {"borderRadius": 8},
            # Text too small to be read is left out.
            "scaling": {"label": {"drawThreshold": _SMALLEST_TEXT_PX}},
        },
        "groups": {
            "useDefaultGroups": False,
            "input": group("input"),
            # As round as an ellipse, but as wide as its line: an ellipse around an array would cover its neighbours.
            "array": group("input", radius=_ROUND),
            "function": group("function"),
            "block": group("block"),
            "waiting": group("function", [7, 5]),
            "trouble": group("trouble", [2, 3]),
            "wrong": group("wrong", [9, 4]),
        },
        "edges": {
            "color": {"color": colour["edge"], "inherit": False},
            "width": 2,
            "arrows": {"to": {"enabled": True, "scaleFactor": 0.7}},
            "smooth": {"enabled": True, "type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.45},
            # A halo of the ground's colour: a label may lie on a wire.
            "font": {
                "face": face["face"],
                "size": NODE_TEXT_PX,
                "color": colour["text"],
                "strokeWidth": 5,
                "strokeColor": colour["ground"],
                "vadjust": -13,
            },
        },
    }


def symbol_of(node: Node) -> str:
    """Return what stands for the node's operation: the op's symbol, its parameters filled in; nothing for an input."""
    if isinstance(node, BlockNode):
        return f"{node.n_members} node{'s' if node.n_members > 1 else ''}" if node.n_members else ""
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


def draw_new(op: str | None) -> dict[str, Any]:
    """Return how a node looks in the moment between the drop and the first answer: without name and numbers."""
    return _blank(Node("", op, "…"), NodeTrace(None, (None,), "waiting" if op else "ok"))


@cache
def draw_new_block() -> dict[str, Any]:
    """Return how a closed block looks in the moment between the gesture and the first answer."""
    return _blank(BlockNode("", BLOCK, "…"), NodeTrace(None, (None,), "waiting"))


def _blank(node: Node, result: NodeTrace) -> dict[str, Any]:
    drawn = _node_options(node, result, None)
    return {key: drawn[key] for key in ("label", "shape", "group", "widthConstraint", "borderWidth")}


def _with_local(edge: dict[str, Any], trace: Trace) -> dict[str, Any]:
    """Return an edge with the local derivative of its Function by this input; of several outputs, one each."""
    function, result = trace.functions.get(edge["to"]), trace.nodes[edge["to"]]
    if function is None or result.state == "stale" or not multiplies(function, result):
        return edge
    with np.errstate(all="ignore"):
        by_output = [
            function.local_derivatives(output)[edge["port"]] for output in range(len(trace.nodes[edge["to"]].grad))
        ]
    return label_local(edge, by_output)


def label_local(edge: dict[str, Any], by_output: Sequence[Array]) -> dict[str, Any]:
    """Return an edge with the local derivative of each output by what it brings."""
    drawn, factors = ("×" + " | ×".join(write(factor) for factor in by_output) for write in (on_wire, short_array))
    return {**edge, "label": f"{edge['label']}: {drawn}" if edge.get("label") else drawn, "local": factors}


def _node_options(
    node: Node, result: NodeTrace, output: tuple[str, int] | None, right: str | None = None
) -> dict[str, Any]:
    is_output = output is not None and output[0] == node.id
    drawn: dict[str, Any] = {
        "borderWidth": _OUTPUT_BORDER if is_output else _BLOCK_BORDER if isinstance(node, BlockNode) else _BORDER,
        **look_of(node, result, right),
        "shape": "ellipse" if node.op is None and not _holds_array(result) else "box",
        "widthConstraint": _width(node, result, right),
        "x": node.x,
        "y": node.y,
        "name": node.name,
        "op": node.op or "Input",
        "state": result.state,
    }
    if isinstance(node, BlockNode):
        drawn |= {"ports": list(node.ports), "outputs": list(node.output_names), "members": node.n_members}
    if result.message:
        drawn["message"] = result.message
    if right is not None:
        drawn["group"] = "wrong"
    return drawn


def _width(node: Node, result: NodeTrace, right: str | None) -> int:
    if _holds_array(result):
        return _ARRAY_WIDTH
    if isinstance(node, BlockNode):  # its heading stays on one line
        return min(max(_BLOCK_WIDTH, _CHARACTER * (len(node.name) + len(symbol_of(node)) + 1)), _LARGEST_BLOCK_WIDTH)
    if node.op is not None:
        return _FUNCTION_WIDTH
    return _INPUT_WIDTH if right is None else _WRONG_INPUT_WIDTH


def _holds_array(result: NodeTrace) -> bool:
    return bool(result.data) and any(array.ndim for array in result.data or ())


def _label(node: Node, result: NodeTrace, right: str | None) -> str:
    """Compose the label: name and symbol, then data, then grad, each in its face; a sentence below if there is one."""
    heading = f"<b>{escape(node.name, quote=False)}</b>"
    if symbol := symbol_of(node):
        heading += f"  {escape(symbol, quote=False)}"
    if result.data and len(result.data) == 1 and result.data[0].ndim:
        # The shape once, not beside each number: a gradient has that of its data, and each stays on its line.
        heading += f" {shape(result.data[0])}"
        room = _ARRAY_ROOM if right is None else _ARRAY_ROOM - 2
        data, grad = (
            NONE if not arrays or arrays[0] is None else entries_within(arrays[0], room)
            for arrays in (result.data, result.grad)
        )
    else:
        data, grad = numbers_of(result.data), numbers_of(result.grad)
    if right is not None:  # within the line: an ellipse that had one more would grow over its neighbours
        grad = f"{grad} ✗" if right.startswith("[") else f"{grad} ≠ {right}"
    if told := told_parameters(node):
        heading += f"\n<b><i>{escape(told, quote=False)}</i></b>"
    # What belongs together stays on one line: an array's entries, a wrong number and the right one.
    data, grad = (
        text.replace(", ", f",{_UNBROKEN}").replace(" ≠ ", f"{_UNBROKEN}≠{_UNBROKEN}") for text in (data, grad)
    )
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
        return "array" if _holds_array(result) else "input"
    return "function"


_DRAWN_EDGES: WeakKeyDictionary[Wiring, list[dict[str, Any]]] = WeakKeyDictionary()


def _edges(wiring: Wiring, graph: Graph) -> list[dict[str, Any]]:
    """Return all edges as pyvis draws them, drawn once for all graphs that are wired alike; to be read only.

    `Network.add_edge` would look both ends up in a list, edge by edge, at every change of a value.
    """
    if wiring not in _DRAWN_EDGES:
        uses = Counter((edge.source, edge.target) for edge in graph.edges())
        _DRAWN_EDGES[wiring] = [
            PyvisEdge(edge.source, edge.target, directed=True, **_edge_options(graph, edge, uses)).options
            for edge in graph.edges()
        ]
    return _DRAWN_EDGES[wiring]


def _edge_options(graph: Graph, edge: Edge, uses: Counter[tuple[str, str]]) -> dict[str, Any]:
    drawn: dict[str, Any] = {"id": f"{edge.target}:{edge.port}", "output": edge.output, "port": edge.port}
    if uses[edge.source, edge.target] > 1:
        # vis-network draws parallel edges on top of each other, which hides that a Variable is used twice.
        drawn["label"] = graph.node(edge.target).ports[edge.port]
        bends_up = edge.port % 2 == 0
        drawn["smooth"] = {
            "enabled": True,
            "type": "curvedCW" if bends_up else "curvedCCW",
            "roundness": _PARALLEL_BOW,
        }
    return drawn
