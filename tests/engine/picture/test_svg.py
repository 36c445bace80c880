"""The picture as SVG, read as XML: where nodes stand, what they say, and what must never be in it."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, fromstring

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine import Variable, add, square
from engine.autograd import Variant
from engine.document import Graph, Quantity
from engine.edits import MakeBlock, apply
from engine.evaluation import evaluate, masked_trace
from engine.lessons import LESSONS
from engine.messages import HIDDEN_SIGN
from engine.picture import PRINT_COLOURS, to_svg
from tests.engine.built import FORK, SEED, built

SVG = "{http://www.w3.org/2000/svg}"


def drawn(graph: Graph, **how: object) -> Element:
    return fromstring(to_svg(graph, evaluate(graph), **how))  # type: ignore[arg-type]


def texts(svg: Element) -> dict[str, list[str]]:
    """Return the lines of each node by its name, with plain spaces."""
    return {
        group.attrib["data-name"]: ["".join(line.itertext()).replace("\xa0", " ") for line in group.iter(f"{SVG}text")]
        for group in svg.iter(f"{SVG}g")
    }


def test_every_node_stands_where_the_document_has_it_with_its_numbers() -> None:
    graph = LESSONS[0].graph
    svg = drawn(graph)
    x, y = Variable(np.array(2.0)), Variable(np.array(3.0))
    z = add(square(x), square(y))
    z.backward()
    assert texts(svg)["x"] == ["x", f"data {x.data:g}", f"grad {x.grad:g}"]
    assert texts(svg)["z"] == ["z  +", f"data {z.data:g}", "grad 1"]
    left, top, width, height = map(float, svg.attrib["viewBox"].split())
    for group in svg.iter(f"{SVG}g"):
        node = graph.node_named(group.attrib["data-name"])
        box = {key: float(group[0].attrib[key]) for key in ("x", "y", "width", "height")}
        assert node is not None
        assert (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) == (node.x, node.y)
        assert left < box["x"] < left + width - box["width"]
        assert top < box["y"] < top + height - box["height"]
    assert len(list(svg.iter(f"{SVG}polygon"))) == len(graph.edges())


def test_which_use_is_which_stands_beside_its_wire() -> None:
    svg = drawn(LESSONS[4].graph)  # y = x + x
    wires = [path.attrib["d"] for path in svg.iter(f"{SVG}path")]
    labels = [text for text in svg.findall(f"{SVG}text") if text.text in ("x0", "x1")]
    assert [label.text for label in labels] == ["x0", "x1"]
    for wire, label in zip(wires, labels, strict=True):
        _, y, _, by, _, to_y = map(float, re.findall(r"-?[\d.]+", wire))
        middle = y / 4 + by / 2 + to_y / 4  # of a parabola
        baseline, height = float(label.attrib["y"]), 0.75 * float(label.attrib["font-size"])
        assert not baseline - height <= middle <= baseline


def test_a_screen_reader_hears_title_and_every_number() -> None:
    svg = drawn(SEED, title="Sum of squares")
    assert (svg.attrib["role"], svg.attrib["aria-label"]) == ("img", "Sum of squares")
    assert svg[0].text == "Sum of squares"
    assert (svg[1].text or "").splitlines()[2:] == [
        "a, Square of x: data 4, grad 1.",
        "b, Square of y: data 9, grad 1.",
        "z, Add of a and b: data 13, grad 1.",
    ]


def test_hidden_numbers_are_blanks_and_nowhere_in_it() -> None:
    graph = built("x=7 a=Square(x) z=Exp(a)").with_hidden([Quantity("a", "data", 0), Quantity("x", "grad", 0)])
    trace = masked_trace(graph, evaluate(graph), graph.hidden)
    written = to_svg(graph, trace)
    assert texts(fromstring(written))["a"][1] == f"data {HIDDEN_SIGN}"
    assert texts(fromstring(to_svg(graph, trace, blank="____")))["x"][1:] == ["data 7", "grad ____"]
    assert "49" not in "".join(fromstring(written).itertext())


def test_a_variable_that_is_used_twice_has_two_wires_that_bow_apart() -> None:
    svg = drawn(LESSONS[4].graph)  # y = x + x
    ways = [path.attrib["d"] for path in svg.iter(f"{SVG}path")]
    assert len(set(ways)) == 2
    assert all(" Q" in way for way in ways)
    assert {"x0", "x1"} <= {text.text for text in svg.iter(f"{SVG}text")}


def test_a_wrong_number_stands_beside_the_right_one() -> None:
    wrong = evaluate(FORK, variant=Variant.STEP_13)
    svg = fromstring(to_svg(FORK, wrong, {"x": "64"}))
    assert texts(svg)["x"][2] == "grad 32 ≠ 64"


def test_blocks_are_one_node_or_stand_in_a_frame() -> None:
    closed = apply(SEED, MakeBlock(id="m", nodes=("a", "b"), name="squares"))
    (block,) = closed.blocks
    assert set(texts(drawn(closed))) == {"x", "y", "squares", "z"}
    opened = closed.with_blocks((type(block)(block.id, block.name, block.members, True, block.inputs, block.outputs),))
    svg = drawn(opened)
    assert set(texts(svg)) == {"x", "y", "a", "b", "z"}
    assert "squares" in {text.text for text in svg.iter(f"{SVG}text")}


def test_for_paper_it_is_black_on_white() -> None:
    written = to_svg(SEED, evaluate(SEED), colours=PRINT_COLOURS)
    svg = fromstring(written)
    used = {each.attrib[key] for each in svg.iter() for key in ("fill", "stroke") if key in each.attrib}
    assert used == {"#000000", "#FFFFFF", "none"}


def test_large_graphs_and_empty_ones_are_drawn() -> None:
    graph = built(" ".join(["x0=1", *(f"x{n}=Add(x{n - 1},x{n - 1})" for n in range(1, 200))]))
    assert len(texts(drawn(graph))) == 200
    assert texts(drawn(Graph())) == {}


HOSTILE = st.text(min_size=1) | st.sampled_from(
    ["</title><script>alert(1)</script>", '" onload="alert(1)', "]]><x/>", "&amp;&#60;", "\x00\x0b￾"]
)


@given(HOSTILE)
def test_no_title_becomes_markup(title: str) -> None:
    svg = drawn(SEED, title=title)
    assert {each.tag.removeprefix(SVG) for each in svg.iter()} <= {
        *("svg", "title", "desc", "rect", "g", "text", "tspan", "path", "polygon")
    }
    assert not any(key.startswith("on") or key == "href" for each in svg.iter() for key in each.attrib)


def test_it_fetches_nothing() -> None:
    written = to_svg(SEED, evaluate(SEED)).replace("http://www.w3.org/2000/svg", "")
    assert not any(sign in written for sign in ("http", "url(", "@import", "href"))
