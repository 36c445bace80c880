"""Turn a graph and its trace into a `pyvis.Network`: the one place that knows shapes and sizes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final, NamedTuple
from weakref import WeakKeyDictionary

from pyvis.network import Network
from pyvis.node import Node as PyvisNode

from components.picture.wires import draw_wires, with_local_derivative
from engine.document import NODE_HEIGHT, Graph, Node, OutputPort, Wiring
from engine.evaluation import BLOCK, BlockNode, NodeTrace, Trace
from engine.messages import current_language
from engine.picture import (
    BLOCK_BORDER,
    BORDER,
    COLOURS,
    FACE,
    FORMS,
    HALO,
    MARGIN,
    MESSAGE_TEXT_PX,
    NODE_TEXT_PX,
    OUTPUT_BORDER,
    WIRE_ROUNDNESS,
    WIRE_WIDTH,
    Form,
    Theme,
    is_loss,
    is_plain_number,
    look_of,
    numbers_alone,
    text_width,
)
from engine.pieces import Pieces, finish

NODES_A_PIECE: Final = 16
"""How many nodes are drawn in one piece: each takes well below a millisecond, also one of large arrays."""
_SMALLEST_TEXT_PX: Final = 4


class _Drawn(NamedTuple):
    """Hold how a node was drawn last, and of what: of a node whose numbers alone are new, the rest is taken from it."""

    node: Node
    of: tuple[bool, str]
    """Whether it was the output, and the language."""
    options: dict[str, Any]


_DRAWN: WeakKeyDictionary[Wiring, dict[str, _Drawn]] = WeakKeyDictionary()
"""By graphs that are wired alike, and nodes."""


def draw(graph: Graph, trace: Trace, marks: Mapping[str, str] | None = None, *, local: bool = False) -> Network:
    """Draw every node with its data and grad, and every wire, as a pyvis network on a white ground.

    `marks` holds the right gradient of each node that shows a wrong one; `local` writes local derivatives on wires.

    Nodes come in topological order. Beside what vis-network reads, each node and edge carries the fields that the
    page shows or sends back: name, op, value, state and the wire's ports.
    """
    network = Network(directed=True, height="100%", width="100%")
    network.options = options("light")
    # `Network.add_node` would look each one up in a list of all before it.
    network.nodes = finish(nodes_in_pieces(graph, trace, marks or {}))
    network.node_map = {drawn["id"]: drawn for drawn in network.nodes}
    network.node_ids = list(network.node_map)
    network.edges = finish(wires_in_pieces(graph, trace, local=local))
    return network


def wires_in_pieces(graph: Graph, trace: Trace, *, local: bool) -> Pieces[list[dict[str, Any]]]:
    """Return every wire as pyvis draws it, in pieces, each a wire."""
    wires = draw_wires(graph)
    if local:
        written = []
        for wire in wires:
            written.append(with_local_derivative(wire, trace))
            yield 0.5
        wires = written
    return wires


def nodes_in_pieces(graph: Graph, trace: Trace, marks: Mapping[str, str]) -> Pieces[list[dict[str, Any]]]:
    """Return every node as pyvis draws it, in pieces; each is a dictionary of its own, which may be added to."""
    drawn_last, language, output = _DRAWN.setdefault(graph.wiring, {}), current_language(), trace.output
    nodes = []
    for place, node_id in enumerate(graph.topological_order()):
        node, result, right = graph.node(node_id), trace.nodes[node_id], marks.get(node_id)
        known, of = drawn_last.get(node_id), (output is not None and output[0] == node_id, language)
        if right is not None or not is_plain_number(result):
            nodes.append(_by_pyvis(node, result, output, right))
        elif known is not None and known.of == of and _is_drawn_alike(known.node, node):
            nodes.append({**known.options, **numbers_alone(known.options, result)})
        else:
            drawn = _by_pyvis(node, result, output, None)
            drawn_last[node_id] = _Drawn(node, of, drawn)
            nodes.append(drawn.copy())
        if place % NODES_A_PIECE == 0:
            yield 0.0
    return nodes


def _is_drawn_alike(one: Node, other: Node) -> bool:
    """Return whether two nodes differ in nothing but the value of an input, which stands among the numbers."""
    if one is other:
        return True
    of_both = ((node.id, node.name, node.role, node.x, node.y) for node in (one, other))
    return one.is_input and other.is_input and len(set(of_both)) == 1


def _by_pyvis(node: Node, result: NodeTrace, output: OutputPort | None, right: str | None) -> dict[str, Any]:
    options: dict[str, Any] = PyvisNode(node.id, **_node_options(node, result, output, right)).options
    return options


@cache
def options(theme: Theme) -> dict[str, Any]:
    """Return vis-network's options for a theme: no physics, no layout of its own, colours by group.

    To be read only: everybody gets the same.
    """
    colour = COLOURS[theme]
    face = {"face": FACE, "size": NODE_TEXT_PX}
    upright = {**face, "mod": ""}
    font = {
        **face,
        "color": colour["text"],
        "multi": "html",
        # The four faces of one label: name, data, grad, and the sentence of a node that is in trouble or waits.
        "bold": {**face, "mod": "bold", "color": colour["text"]},
        "ital": {**upright, "color": colour["data"]},
        "mono": {**upright, "color": colour["grad"]},
        "boldital": {**upright, "size": MESSAGE_TEXT_PX, "color": colour["quiet"]},
    }

    def group(form: Form) -> dict[str, Any]:
        # Dashes are said of every group: vis-network keeps those of a group that a node has left.
        shape = {"borderDashes": list(form.dashes) or False, "borderRadius": form.radius}
        return {"color": {"background": colour[form.fill], "border": colour["border"]}, "shapeProperties": shape}

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
            # The same for all, whatever there is to show: a node that is computed does not grow under the hand.
            "heightConstraint": {"minimum": NODE_HEIGHT, "valign": "middle"},
            "margin": {"top": 0, "bottom": 0, "left": MARGIN, "right": MARGIN},
            "shapeProperties": {"borderRadius": 8},
            # Text too small to be read is left out.
            "scaling": {"label": {"drawThreshold": _SMALLEST_TEXT_PX}},
        },
        "groups": {"useDefaultGroups": False, **{name: group(form) for name, form in FORMS.items()}},
        "edges": {
            "color": {"color": colour["edge"], "inherit": False},
            "width": WIRE_WIDTH,
            "arrows": {"to": {"enabled": True, "scaleFactor": 0.7}},
            "smooth": {
                "enabled": True,
                "type": "cubicBezier",
                "forceDirection": "horizontal",
                "roundness": WIRE_ROUNDNESS,
            },
            # A halo of the ground's colour: a label may lie on a wire.
            "font": {
                "face": face["face"],
                "size": NODE_TEXT_PX,
                "color": colour["text"],
                "strokeWidth": HALO,
                "strokeColor": colour["ground"],
                "vadjust": -13,
            },
        },
    }


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


def _node_options(
    node: Node, result: NodeTrace, output: tuple[str, int] | None, right: str | None = None
) -> dict[str, Any]:
    is_output = output is not None and output[0] == node.id
    drawn: dict[str, Any] = {
        "borderWidth": OUTPUT_BORDER if is_output else BLOCK_BORDER if isinstance(node, BlockNode) else BORDER,
        **look_of(node, result, right),
        "shape": "box",
        "widthConstraint": round(text_width(node, result)),
        "x": node.x,
        "y": node.y,
        "name": node.name,
        "op": node.op or "Input",
        "state": result.state,
    }
    if isinstance(node, BlockNode):
        drawn |= {"ports": list(node.ports), "outputs": list(node.output_names), "members": node.n_members}
    if is_loss(node):
        drawn["kind"] = "loss"
    if result.message:
        drawn["message"] = result.message
    if right is not None:
        drawn["group"] = "wrong"
    return drawn
