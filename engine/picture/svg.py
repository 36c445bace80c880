"""Write the picture of a graph as SVG: every node with its data and grad, all in one text that fetches nothing.

It is the one writer for paper, export and notebooks: a graph and its numbers are all that it needs.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from engine.document import Graph, Node
from engine.evaluation import BlockNode, NodeTrace, Trace, fold, fold_trace
from engine.messages import HIDDEN_SIGN, listed, say
from engine.picture.colours import COLOURS
from engine.picture.fitting import MESSAGE_TEXT_PX, NODE_TEXT_PX, width_of
from engine.picture.forms import (
    BLOCK_BORDER,
    BORDER,
    FACE,
    FORMS,
    HALO,
    OUTPUT_BORDER,
    PARALLEL_BOW,
    WIRE_WIDTH,
    Form,
)
from engine.picture.frames import BAR_HEIGHT, frames_of
from engine.picture.labels import MARGIN, Face, Line, group_of, lines_of, numbers_of, symbol_of, text_width
from engine.picture.port_labels import PortLabels
from engine.picture.ways import (
    Bounds,
    DrawnWire,
    Point,
    around,
    controls_of,
    detours_of,
    point_on_curve,
    port_offset,
)
from engine.pieces import Pieces, finish

_GROUNDS: Final = ("ground", "panel", *(form.fill for form in FORMS.values()))
PRINT_COLOURS: Final = {name: "#FFFFFF" if name in _GROUNDS else "#000000" for name in COLOURS["light"]}
"""Black on white: for paper, where a form and a word tell what a colour tells on a screen."""

_AROUND: Final = 16.0
"""Between the drawing and its edge."""
_ARROW: Final = (12.0, 4.5)
"""How long an arrow's head is, and how far it reaches to either side."""
_CORNER: Final = 10.0
_SECOND_BORDER: Final = 7.0
"""How far around a closed block its second border runs."""
_LINE: Final = 1.0
_SMALL_LINE: Final = 1.15
"""How high a line is, as a multiple of its text's size; vis-network sets them as tight."""
_BASELINE: Final = 0.35
"""How far below its middle a line's letters stand, as a share of their size."""
_FILLS: Final = 0.85
"""A line that needs more of its room is held to its width, whatever font a reader has."""
_COLOURS: Final[dict[Face, str]] = {
    "name": "text",
    "symbol": "text",
    "data": "data",
    "grad": "grad",
    "message": "quiet",
}
_FORBIDDEN: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML may hold."""


def to_svg(
    graph: Graph,
    trace: Trace,
    marks: Mapping[str, str] | None = None,
    *,
    colours: Mapping[str, str] | None = None,
    blank: str = HIDDEN_SIGN,
    title: str = "",
) -> str:
    """Return the picture of a graph as SVG, in the colours of a light page unless others are given.

    `marks` holds the right gradient of each node that shows a wrong one; `blank` stands in the place of a number that
    is hidden in the trace, and `title` is what a screen reader calls the picture.
    """
    return finish(svg_in_pieces(graph, trace, marks, colours=colours, blank=blank, title=title))


def svg_in_pieces(
    graph: Graph,
    trace: Trace,
    marks: Mapping[str, str] | None = None,
    *,
    colours: Mapping[str, str] | None = None,
    blank: str = HIDDEN_SIGN,
    title: str = "",
) -> Pieces[str]:
    """Do the same as `to_svg` in pieces, each a node."""
    drawing = _Drawing(graph, trace, marks or {}, colours or COLOURS["light"], blank)
    return (yield from drawing.drawn(title or say("Computational graph")))


class _Drawing:
    def __init__(
        self, graph: Graph, trace: Trace, marks: Mapping[str, str], colours: Mapping[str, str], blank: str
    ) -> None:
        self.whole = graph
        self.graph, self.trace = fold(graph), fold_trace(graph, trace)
        self.marks, self.colours, self.blank = marks, colours, blank
        self.boxes = {node.id: self._box(node) for node in self.graph.nodes()}
        self.labels = PortLabels()

    def drawn(self, title: str) -> Pieces[str]:
        frames = frames_of(self.whole, self.boxes)
        wires = self._drawn_wires()
        yield 0.1
        ways = detours_of(list(wires.values()), list(self.boxes.values()))
        yield 0.3
        corners = [Bounds(x, y, x, y) for way in ways.values() for x, y in way]
        bows = [point_on_curve(wire, 0.5) for wire in wires.values() if wire.bow]
        rings = [self._ring(node_id) for node_id in self.boxes]
        parts = [*rings, *(bounds for _, bounds in frames), *corners, *(Bounds(x, y, x, y) for x, y in bows)]
        left, top, right, bottom = around(parts or [Bounds(0, 0, 0, 0)])
        left, top, right, bottom = left - _AROUND, top - _AROUND, right + _AROUND, bottom + _AROUND
        width, height = _number(right - left), _number(bottom - top)
        svg = Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "width": width,
                "height": height,
                "viewBox": f"{_number(left)} {_number(top)} {width} {height}",
                "role": "img",
                "aria-label": _clean(title),
                "font-family": FACE,
                "text-anchor": "middle",
            },
        )
        _child(svg, "title", {}, title)
        _child(svg, "desc", {}, "\n".join(map(self._said, self.graph.topological_order())))
        ground = {"x": _number(left), "y": _number(top), "width": width, "height": height}
        _child(svg, "rect", {**ground, "fill": self.colours["ground"]})
        for block, bounds in frames:
            self._draw_frame(svg, block.name, bounds)
        for index, (port, wire) in enumerate(wires.items()):
            self._draw_wire(svg, port, wire, ways.get(index))
        for place, node_id in enumerate(self.graph.topological_order()):
            self._draw_node(svg, self.graph.node(node_id))
            yield 0.3 + 0.7 * place / len(self.boxes)
        return tostring(svg, encoding="unicode")

    # Where things stand -----------------------------------------------------------------------------------------

    def _box(self, node: Node) -> Bounds:
        width = text_width(node, self.trace.nodes[node.id]) + 2 * MARGIN
        height = node.size[1]
        return Bounds(node.x - width / 2, node.y - height / 2, node.x + width / 2, node.y + height / 2)

    def _ring(self, node_id: str) -> Bounds:
        left, top, right, bottom = self.boxes[node_id]
        out = _SECOND_BORDER + BLOCK_BORDER if isinstance(self.graph.node(node_id), BlockNode) else OUTPUT_BORDER / 2
        return Bounds(left - out, top - out, right + out, bottom + out)

    def _drawn_wires(self) -> dict[tuple[str, int], DrawnWire]:
        """Return the wires by what they lead to: a node and its port."""
        edges = self.graph.edges()
        uses = Counter((edge.source, edge.target) for edge in edges)
        wires = {}
        for edge in edges:
            source, target = self.graph.node(edge.source), self.graph.node(edge.target)
            start, end = self.boxes[source.id], self.boxes[target.id]
            bow = 0.0
            if uses[source.id, target.id] > 1:
                bow = PARALLEL_BOW if edge.port % 2 == 0 else -PARALLEL_BOW
            wires[target.id, edge.port] = DrawnWire(
                f"{source.id} {edge.output}",
                Point(start.right, source.y + port_offset(edge.output, source.n_outputs, source.size[1])),
                Point(end.left, target.y + port_offset(edge.port, len(target.ports), target.size[1])),
                bow,
            )
        return wires

    # What is drawn ----------------------------------------------------------------------------------------------

    def _draw_frame(self, svg: Element, name: str, bounds: Bounds) -> None:
        left, top, right, bottom = bounds
        box = {"rx": "16", "fill": "none", "stroke": self.colours["frame"], "stroke-width": "2"}
        for inset in (0.0, 5.0):
            place = Bounds(left + inset, top + inset, right - inset, bottom - inset)
            _child(svg, "rect", {**_rectangle(place), **box})
        at = {"x": _number(left + 19), "y": _number(top + BAR_HEIGHT / 2 + 8), "text-anchor": "start"}
        looks = {"font-size": str(NODE_TEXT_PX), "font-weight": "bold", "fill": self.colours["frame"]}
        _child(svg, "text", {**at, **looks}, name)

    def _draw_wire(self, svg: Element, port: tuple[str, int], wire: DrawnWire, way: Sequence[Point] | None) -> None:
        start, end = wire.start, wire.end
        if way is not None:
            path, before = _around_corners([*way[:-1], Point(end.x - _ARROW[0], end.y)]), way[-2]
        else:
            controls = controls_of(wire)
            before = controls[-1]
            near = _back_from(end, before, _ARROW[0])
            turns = " ".join(_pair(point) for point in (*controls, near))
            path = f"M{_pair(start)} {'Q' if wire.bow else 'C'}{turns}"
        stroke = {"stroke": self.colours["edge"], "stroke-width": str(WIRE_WIDTH), "fill": "none"}
        _child(svg, "path", {"d": path, **stroke})
        base = _back_from(end, before, _ARROW[0])
        away = Point((end.x - base.x) / _ARROW[0] * _ARROW[1], (end.y - base.y) / _ARROW[0] * _ARROW[1])
        wings = Point(base.x - away.y, base.y + away.x), Point(base.x + away.y, base.y - away.x)
        head = " ".join(_pair(point) for point in (end, *wings))
        _child(svg, "polygon", {"points": head, "fill": self.colours["edge"]})
        if wire.bow:  # the same Variable at two inputs: which one is which
            middle = self.labels.place(wire)
            halo = {"stroke": self.colours["ground"], "stroke-width": str(HALO), "paint-order": "stroke"}
            looks = {"font-size": str(NODE_TEXT_PX), "fill": self.colours["text"], "stroke-linejoin": "round"}
            place = {"x": _number(middle.x), "y": _number(middle.y + _BASELINE * NODE_TEXT_PX)}
            _child(svg, "text", {**place, **looks, **halo}, self.graph.node(port[0]).ports[port[1]])

    def _draw_node(self, svg: Element, node: Node) -> None:
        result, right = self.trace.nodes[node.id], self.marks.get(node.id)
        form = FORMS["wrong" if right is not None else group_of(node, result)]
        group = _child(svg, "g", {"data-name": _clean(node.name)})
        is_block = isinstance(node, BlockNode)
        is_output = self.trace.output is not None and self.trace.output[0] == node.id
        border = OUTPUT_BORDER if is_output else BLOCK_BORDER if is_block else BORDER
        box = self.boxes[node.id]
        if is_block:
            out = _SECOND_BORDER
            second = Bounds(box.left - out, box.top - out, box.right + out, box.bottom + out)
            looks = {"rx": "14", "fill": "none", "stroke": self.colours["frame"], "stroke-width": str(BLOCK_BORDER)}
            _child(group, "rect", {**_rectangle(second), **looks})
        _child(group, "rect", {**_rectangle(box), **self._looks(form, border)})
        room = box.right - box.left - 2 * MARGIN
        self._write(group, node, lines_of(node, result, right), room)

    def _looks(self, form: Form, border: float) -> dict[str, str]:
        looks = {"rx": str(form.radius), "fill": self.colours[form.fill], "stroke": self.colours["border"]}
        dashes = {"stroke-dasharray": " ".join(map(str, form.dashes))} if form.dashes else {}
        return {**looks, **dashes, "stroke-width": _number(border)}

    def _write(self, group: Element, node: Node, lines: Sequence[Line], room: float) -> None:
        sizes = [MESSAGE_TEXT_PX if line[0].face == "message" else NODE_TEXT_PX for line in lines]
        heights = [size * (_LINE if size == NODE_TEXT_PX else _SMALL_LINE) for size in sizes]
        y = node.y - sum(heights) / 2
        for line, size, height in zip(lines, sizes, heights, strict=True):
            runs = [(face, self._filled(face, text)) for face, text in line if text]
            needed = sum(width_of(text, size) for _, text in runs)
            place = {"x": _number(node.x), "y": _number(y + height / 2 + _BASELINE * size), "font-size": str(size)}
            held = {"textLength": _number(min(needed, room)), "lengthAdjust": "spacingAndGlyphs"}
            text = _child(group, "text", {**place, **(held if needed > _FILLS * room else {})})
            for face, written in runs:
                looks = {"fill": self.colours[_COLOURS[face]], **({"font-weight": "bold"} if face == "name" else {})}
                _child(text, "tspan", looks, written.replace(" ", "\N{NO-BREAK SPACE}"))
            y += height

    def _filled(self, face: Face, text: str) -> str:
        """Put the blank where a hidden number is; of an array, whose entries share the line, a short one."""
        if face not in ("data", "grad"):
            return text
        return text.replace(HIDDEN_SIGN, self.blank[:2] if "[" in text else self.blank)

    def _said(self, node_id: str) -> str:
        """Say what a node is and what it shows, for whoever does not see the picture."""
        node, result = self.graph.node(node_id), self.trace.nodes[node_id]
        places = {"name": node.name, "op": _called(node), "data": numbers_of(result.data), "grad": _grad(result)}
        wires = self.graph.wires_into(node_id).values()
        if not wires:
            return say("{name}, {op}: data {data}, grad {grad}.", **places)
        sources = [self.graph.node(wire.source).name for wire in wires]
        return say("{name}, {op} of {inputs}: data {data}, grad {grad}.", inputs=listed(sources), **places)


def _called(node: Node) -> str:
    if isinstance(node, BlockNode):
        return say("block")
    return node.op or symbol_of(node) or say("input")


def _grad(result: NodeTrace) -> str:
    return numbers_of(result.grad)


def _child(parent: Element, tag: str, attributes: Mapping[str, str], text: str = "") -> Element:
    made = SubElement(parent, tag, dict(attributes))
    made.text = _clean(text) or None
    return made


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def _rectangle(bounds: Bounds) -> dict[str, str]:
    left, top, right, bottom = bounds
    return {"x": _number(left), "y": _number(top), "width": _number(right - left), "height": _number(bottom - top)}


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _pair(point: Point) -> str:
    return f"{_number(point.x)},{_number(point.y)}"


def _back_from(end: Point, before: Point, by: float) -> Point:
    """Return the point before an end, on the line from the point before it."""
    across, up = end.x - before.x, end.y - before.y
    length = math.hypot(across, up) or 1.0
    return Point(end.x - by * across / length, end.y - by * up / length)


def _around_corners(way: Sequence[Point]) -> str:
    """Return the path along a way, with its corners rounded as far as there is room."""
    path = [f"M{_pair(way[0])}"]
    for before, corner, after in zip(way, way[1:], way[2:], strict=False):
        radius = min(_CORNER, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
        begin, end = _back_from(corner, before, radius), _back_from(corner, after, radius)
        path.append(f"L{_pair(begin)} Q{_pair(corner)} {_pair(end)}")
    return " ".join([*path, f"L{_pair(way[-1])}"])
