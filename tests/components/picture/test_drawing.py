from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings

from components.picture import NODE_TEXT_PX, draw, make_picture, options
from engine.document import COLUMN_DISTANCE, NODE_HEIGHT, Graph
from engine.edits import AddNode, Choose, Connect, SetValue, apply
from engine.evaluation import evaluate
from engine.lessons import LESSONS
from tests.strategies import graphs

SEED = LESSONS[0].graph


def drawn(graph: Graph) -> dict[str, dict]:
    return {node["name"]: node for node in draw(graph, evaluate(graph)).nodes}


def test_every_node_carries_data_and_grad() -> None:
    labels = {name: node["label"] for name, node in drawn(SEED).items()}
    assert labels["z"] == "<b>z</b>  +\n<i>data 13</i>\n<code>grad 1</code>"
    assert labels["x"] == "<b>x</b>\n<i>data 2</i>\n<code>grad 4</code>"


def test_a_variable_is_round_and_a_function_a_box() -> None:
    groups = {name: node["group"] for name, node in drawn(SEED).items()}
    assert groups == {"x": "input", "y": "input", "a": "function", "b": "function", "z": "function"}
    radius = {
        name: options("light")["groups"][name]["shapeProperties"]["borderRadius"] for name in set(groups.values())
    }
    # An ellipse would be as wide again as its numbers are high; round at its ends, its size does not depend on them.
    assert radius == {"input": NODE_HEIGHT / 2, "function": 8}
    assert {node["shape"] for node in drawn(SEED).values()} == {"box"}


def test_an_input_that_holds_an_array_is_as_round_but_no_wider_than_its_column() -> None:
    nodes = drawn(apply(SEED, SetValue(node="n1", value=[[-8.2769e-8, 1.0, 2.0], [3.0, 4.0, 5.0]])))
    x = nodes["x"]
    assert (x["shape"], x["group"]) == ("box", "array")
    assert options("light")["groups"]["array"]["shapeProperties"]["borderRadius"] >= 3 * NODE_TEXT_PX / 2
    assert {node["widthConstraint"] for name, node in nodes.items() if name in "xaz"} == {x["widthConstraint"]}
    assert x["widthConstraint"] < COLUMN_DISTANCE - 40
    lines = [line.replace("\N{NO-BREAK SPACE}", " ") for line in x["label"].split("\n")]
    assert lines == ["<b>x</b> (2, 3)", "<i>data [[−8.28e−8, …], …]</i>", "<code>grad [[−1.66e−7, …], …]</code>"]
    longest = max(len(line) for node in nodes.values() for line in node["label"].split("\n")[1:])
    assert longest <= len("<code>grad [[−8.28e−8, …], …]</code>")


def test_parallel_edges_bow_apart_and_are_numbered_by_port() -> None:
    edges = draw(LESSONS[4].graph, evaluate(LESSONS[4].graph)).edges
    assert [edge["label"] for edge in edges] == ["x0", "x1"]
    assert {edge["smooth"]["type"] for edge in edges} == {"curvedCW", "curvedCCW"}
    assert [edge["id"] for edge in edges] == ["n2:0", "n2:1"]


def test_a_grad_that_is_not_there_is_a_dash() -> None:
    graph = apply(SEED, Choose(node="n3"))
    assert "grad —" in drawn(graph)["b"]["label"]


def test_waiting_and_trouble_are_told_by_form_and_word() -> None:
    graph = apply(apply(SEED, AddNode(id="n6", op="Log")), SetValue(node="n1", value=-1))
    waiting = drawn(graph)["c"]
    assert waiting["group"] == "waiting"
    assert "waiting for x" in waiting["label"]
    trouble = drawn(apply(graph, Connect(source="n1", target="n6", port=0)))["c"]
    assert trouble["group"] == "trouble"
    words = re.sub("<[^>]+>", "", trouble["label"]).replace("\n", " ")
    assert "⚠ Log of −1 is not a real number" in words
    groups = options("light")["groups"]
    assert {"waiting", "trouble"} <= {
        name for name in groups if name != "useDefaultGroups" and "shapeProperties" in groups[name]
    }


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read_on_its_node(theme: str) -> None:
    look = options(theme)  # type: ignore[arg-type]
    font = look["nodes"]["font"]
    colours = [font["color"], *(font[face]["color"] for face in ("bold", "ital", "mono", "boldital"))]
    for group in ("input", "array", "function", "waiting", "trouble"):
        ground = look["groups"][group]["color"]["background"]
        for colour in colours:
            assert contrast(colour, ground) >= 4.5, (theme, group, colour)


def contrast(first: str, second: str) -> float:
    """The contrast ratio of WCAG 2.2."""

    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def names_nothing(value: object) -> bool:
    """Whether a None stands by a name, where a merge patch would take it for a removal; in a list it may."""
    return isinstance(value, dict) and any(each is None or names_nothing(each) for each in value.values())


@settings(deadline=None)
@given(graphs())
def test_the_picture_of_any_graph_is_json_that_a_browser_reads(graph: Graph) -> None:
    picture = make_picture(graph, evaluate(graph))
    assert json.loads(json.dumps(picture, allow_nan=False))
    assert not names_nothing(picture)
    assert list(picture["nodes"]) == picture["order"] == graph.topological_order()
