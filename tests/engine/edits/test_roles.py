"""What an input is in training: set by an edit, kept in documents and links, and heeded by gradient descent."""

from __future__ import annotations

import pytest

from engine.document import Graph, from_document, from_link, to_document, to_link
from engine.edits import AddNode, Descend, SetFormula, SetRole, SetValue, apply, edit_label
from engine.errors import DocumentError, EditError
from engine.formula import graph_of_formula
from engine.replay import objective


def regression() -> Graph:
    """Return L = mean((x w + b − t)²) with x = [1, 2, 3], t = [2, 4, 6], w = 1, b = 0: w.grad is −28/3, b.grad −4."""
    graph = graph_of_formula("L = mean((x*w+b-t)**2)", Graph())
    for name, value in {"x": [1, 2, 3], "t": [2, 4, 6], "w": 1, "b": 0}.items():
        graph = apply(graph, SetValue(node=id_of(graph, name), value=value))
    return graph


def id_of(graph: Graph, name: str) -> str:
    node = graph.node_named(name)
    assert node is not None
    return node.id


def with_roles(graph: Graph, **roles: str) -> Graph:
    for name, role in roles.items():
        graph = apply(graph, SetRole(nodes=[id_of(graph, name)], role=role))
    return graph


def values(graph: Graph) -> dict[str, object]:
    return {node.name: node.value for node in graph.nodes() if node.is_input}


def test_without_a_role_all_inputs_move_as_before() -> None:
    before = regression()
    after = values(apply(before, Descend(rate=0.03)))
    assert {name for name, value in values(before).items() if value != after[name]} == {"x", "w", "b", "t"}


def test_where_any_has_a_role_only_weights_move() -> None:
    before = with_roles(regression(), w="weight", t="target")
    after = values(apply(before, Descend(rate=0.03)))
    assert after["w"] == pytest.approx(1 + 0.03 * 28 / 3)
    assert (after["b"], after["x"], after["t"]) == (0, (1, 2, 3), (2, 4, 6))
    trained = values(apply(with_roles(before, b="weight"), Descend(rate=0.03)))
    assert trained["b"] == pytest.approx(0.03 * 4)
    assert objective(before).axes == (id_of(before, "w"),)


def test_what_is_no_weight_does_not_move_even_where_it_is_asked_for() -> None:
    graph = with_roles(regression(), t="target")
    with pytest.raises(EditError, match="No weight leads to L: where inputs have roles, only weights move"):
        apply(graph, Descend(rate=0.03))
    with pytest.raises(EditError, match="No input that moves leads to L"):
        apply(with_roles(graph, w="weight"), Descend(rate=0.03, inputs=[id_of(graph, "t")]))


def test_it_is_kept_in_documents_links_formulas_and_new_nodes() -> None:
    graph = with_roles(regression(), x="data", w="weight", t="target")
    roles = {"x": "data", "w": "weight", "t": "target"}
    read, (linked, _, _) = from_document(to_document(graph)), from_link(to_link(graph))
    retyped = apply(graph, SetFormula(text="L = mean((x*w+b-t)**2) + 1"))
    for kept in (read, linked, retyped):
        assert {node.name: node.role for node in kept.nodes() if node.role} == roles
    assert read == graph
    assert apply(Graph(), AddNode(id="n1", op="Input", role="weight")).node("n1").role == "weight"
    assert with_roles(graph, x=None).node_named("x").role is None  # type: ignore[union-attr,arg-type]


def test_an_op_has_none() -> None:
    graph = regression()
    with pytest.raises(EditError, match="L is computed; only an input has a role"):
        with_roles(graph, L="weight")
    with pytest.raises(EditError, match="a is computed; only an input has a role"):
        apply(Graph(), AddNode(id="n1", op="Add", role="data"))
    document = to_document(graph)
    document["nodes"][-1]["role"] = "weight"
    with pytest.raises(DocumentError, match="only an input has a role"):
        from_document(document)


def test_its_labels() -> None:
    graph = regression()
    x, w = id_of(graph, "x"), id_of(graph, "w")
    assert edit_label(graph, SetRole(nodes=[x], role="data")) == "make x data"
    assert edit_label(graph, SetRole(nodes=[w], role="weight")) == "make w a weight"
    assert edit_label(graph, SetRole(nodes=[w])) == "take the role of w away"
    assert edit_label(graph, SetRole(nodes=[x, w], role="data")) == "set the roles of 2 inputs"
