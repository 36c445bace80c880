"""The constants that ops are made with: read, refused, and what becomes of the wires when ports go."""

from __future__ import annotations

import pytest

from engine.document import Graph
from engine.edits import AddNode, Choose, SetParameter, apply, edit_label
from engine.errors import ParameterError
from engine.formula import graph_of_formula

EMPTY = Graph()


def parameters_of(graph: Graph, node_id: str) -> dict:
    return dict(graph.node(node_id).parameters)


def test_a_new_op_has_its_defaults_where_none_are_given() -> None:
    graph = apply(EMPTY, AddNode(id="n1", op="Sum"))
    assert parameters_of(graph, "n1") == {"axis": None, "keepdims": False}
    graph = apply(graph, AddNode(id="n2", op="Reshape", parameters={"shape": [2, 3]}))
    assert parameters_of(graph, "n2") == {"shape": (2, 3)}
    for op, parameters in (("Input", {"shape": [2]}), ("Square", {"shape": [2]}), ("Pow", {"exponent": "3"})):
        with pytest.raises(ParameterError):
            apply(graph, AddNode(id="n3", op=op, parameters=parameters))


@pytest.mark.parametrize(
    ("op", "name", "typed", "value"),
    [
        ("Pow", "exponent", "3", 3.0),
        ("Pow", "exponent", " −0.5 ", -0.5),
        ("Pow", "exponent", 4, 4.0),
        ("Pow", None, "2.5", 2.5),
        ("Sum", "axis", "0", 0),
        ("Sum", "axis", "−1", -1),
        ("Sum", "axis", "0, 1", (0, 1)),
        ("Sum", "axis", "(0, 1)", (0, 1)),
        ("Sum", "axis", [0, 1], (0, 1)),
        ("Sum", "axis", "all", None),
        ("Sum", "axis", "None", None),
        ("Sum", "axis", None, None),
        ("Sum", "keepdims", "yes", True),
        ("Sum", "keepdims", "True", True),
        ("Sum", "keepdims", "no", False),
        ("Reshape", "shape", "2, 3", (2, 3)),
        ("Reshape", "shape", "[2; 3]", (2, 3)),
        ("Reshape", "shape", "2 × 3", (2, 3)),
        ("Reshape", "shape", "6", (6,)),
        ("Reshape", "shape", "()", ()),
        ("Transpose", "axes", "1, 0", (1, 0)),
        ("Concat", "n_inputs", "4", 4),
    ],
)
def test_a_parameter_is_set_by_value_or_by_what_somebody_typed(
    op: str, name: str, typed: object, value: object
) -> None:
    graph = apply(apply(EMPTY, AddNode(id="n1", op=op)), SetParameter(node="n1", name=name, value=typed))
    found = parameters_of(graph, "n1")[name or "exponent"]
    assert (found, type(found)) == (value, type(value))


def test_several_are_set_in_one_text() -> None:
    graph = apply(EMPTY, AddNode(id="n1", op="Sum"))
    set_to = {"axis=0, keepdims=yes": (0, True), "0, 1, keepdims=no": ((0, 1), False), "keepdims=yes": (None, True)}
    for text, (axis, keepdims) in set_to.items():
        after = apply(graph, SetParameter(node="n1", value=text))
        assert parameters_of(after, "n1") == {"axis": axis, "keepdims": keepdims}


@pytest.mark.parametrize(
    ("op", "name", "typed", "sentence"),
    [
        ("Pow", "exponent", "abc", "exponent of Pow is a number from −1 000 000 to 1 000 000; “abc” is not."),
        ("Pow", "exponent", "nan", "“nan” is not"),
        ("Pow", "exponent", "1_0", "“1_0” is not"),
        ("Pow", "exponent", "", "exponent of Pow is a number from −1 000 000 to 1 000 000."),
        ("Pow", "exponent", "yes", "“yes” is not"),
        ("Pow", "exponent", "1e7", "“1e7” is not"),
        ("Pow", "exponent", True, "“yes” is not"),
        ("Pow", "exponent", {"a": 1}, "exponent of Pow is a number"),
        pytest.param("Pow", "exponent", 10**5000, "exponent of Pow is a number", id="5000 digits"),
        ("Pow", "base", "3", "Pow has no parameter “base”."),
        ("Pow", "exponent", "3" * 300, "That is too long for exponent: 300 characters; the limit is 200."),
        ("Sum", "axis", "4", "axis of Sum is an axis from −4 to 3, several such as (0, 1), or all; “4” is not."),
        ("Sum", "keepdims", "1", "keepdims of Sum is yes or no; “1” is not."),
        ("Sum", None, "axis=0, axis=1", "axis is given twice."),
        ("Sum", None, "foo=1", "Sum has no parameter “foo”."),
        ("Reshape", "shape", "none", "shape of Reshape is a shape such as (2, 3)"),
        ("Reshape", "shape", [[2], 3], "shape of Reshape is a shape such as (2, 3)"),
        ("Concat", "n_inputs", "0", "n_inputs of Concat is a whole number from 1 to 8; “0” is not."),
        ("Concat", "n_inputs", "2.5", "“2.5” is not"),
        ("Constant", "value", "1e999", "value of Constant is a finite number; “1e999” is not."),
        ("Slice", "start", "-1", "start of Slice is a whole number from 0 to 10000; “-1” is not."),
        ("Square", None, "2", "Square has no parameters."),
    ],
)
def test_a_parameter_that_is_nonsense_is_refused_by_a_sentence(
    op: str, name: str, typed: object, sentence: str
) -> None:
    graph = apply(EMPTY, AddNode(id="n1", op=op, name="f"))
    with pytest.raises(ParameterError) as refusal:
        apply(graph, SetParameter(node="n1", name=name, value=typed))
    assert sentence in str(refusal.value)
    assert refusal.value.nodes == ("f",)


def test_an_input_has_no_parameters() -> None:
    graph = apply(EMPTY, AddNode(id="n1", op="Input", name="x"))
    with pytest.raises(ParameterError, match="x is an input"):
        apply(graph, SetParameter(node="n1", name="exponent", value="3"))


def test_wires_to_ports_that_are_gone_are_taken_away() -> None:
    graph = graph_of_formula("c = concat(x, y, z); s = split(c, n_outputs=3); a = sin(s.y0); b = sin(s.y2)", EMPTY)
    c, s = (graph.node_named(name).id for name in "cs")  # type: ignore[union-attr]
    graph = apply(graph, Choose(node=s, output=2))
    fewer = apply(graph, SetParameter(node=c, name="n_inputs", value="2"))
    assert sorted(fewer.wires_into(c)) == [0, 1]
    assert fewer.node(c).ports == ("x0", "x1")
    fewer = apply(graph, SetParameter(node=s, name="n_outputs", value="2"))
    assert [edge.output for edge in fewer.edges() if edge.source == s] == [0]
    assert fewer.output is None
    more = apply(graph, SetParameter(node=c, name="n_inputs", value="4"))
    assert more.edges() == graph.edges()
    assert more.node(c).ports == ("x0", "x1", "x2", "x3")


def test_what_is_undone_is_named() -> None:
    graph = apply(EMPTY, AddNode(id="n1", op="Pow", name="f"))
    assert edit_label(graph, SetParameter(node="n1", name="exponent", value=" −0.5 ")) == "set exponent of f to −0.5"
    assert edit_label(graph, SetParameter(node="n1", name="exponent", value=4.0)) == "set exponent of f to 4"
    assert edit_label(graph, SetParameter(node="n1", value="axis=0")) == "set f to axis=0"
