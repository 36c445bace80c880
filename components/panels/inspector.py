"""The panel of one node: its name, value, rule and numbers in full, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from typing import Any, Final

from components.equations import Equation, plain_of
from components.panels.panel import Panel, View
from components.text import (
    NONE,
    abridged,
    full_array,
    output_name,
    parameter_value,
    products_of,
    rules_in_names,
    shape,
)
from engine.autograd import Array, find_op
from engine.document import (
    QUANTITY_KINDS,
    ROLES,
    VALUE_HINT,
    Block,
    Node,
    OutputPort,
    Quantity,
    Role,
    all_quantities,
    to_array,
)
from engine.edits import Choose, Differentiate, Event, Hide, SetOpen, SetRole, Ungroup
from engine.evaluation import NodeTrace, fold_node
from engine.messages import mark, say, say_count

MAX_FORMULAS = 4
"""Inputs of one Function whose rules are written out."""
MAX_MEMBERS = 12
"""Nodes of a block that are named."""


_ABOUT_INPUTS: Final[Mapping[Role | None, str]] = {
    "data": mark("Input: data. It is given and stays fixed in training."),
    "weight": mark("Input: a weight. Training changes it."),
    "target": mark("Input: a target. It is what the output should be, and stays fixed in training."),
    None: mark("Input: a Variable whose value you choose."),
}
_ROLE_OFFERS: Final[Mapping[Role | None, str]] = {
    "data": mark("Make it data"),
    "weight": mark("Make it a weight"),
    "target": mark("Make it a target"),
    None: mark("Take its role away"),
}


class InspectorPanel(Panel):
    """Show everything about the selected node or block."""

    name = "inspect"
    order = 1
    title = mark("Inspect")
    hint = mark("Everything about the selected node, in full (I)")

    def tell(self, view: View) -> dict[str, Any]:
        """Return what there is to say of the node or block that is selected alone; nothing where none is."""
        block = view.graph.block(view.selected)
        if block is not None:
            return {"inspector": _of_block(view, block)}
        if view.selected in view.graph:
            return {"inspector": _of_node(view, view.graph.node(view.selected))}
        return {}


def _of_node(view: View, node: Node) -> dict[str, Any]:
    found = view.trace.nodes[node.id]
    outputs = [(node.id, index) for index in range(node.n_outputs)]
    first = _roles(node) if node.is_input else _differentiating(view, outputs)
    return {
        "id": node.id,
        "name": node.name,
        "fields": [
            _name_field(node),
            *_value_fields(node, is_hidden=_hides_data(view, node)),
            *([_range_field(view, node)] if node.is_input and (view.graph.hidden or view.graph.ranges) else []),
        ],
        **_rule(view, node),
        "products": _products(view, node),
        "numbers": _numbers(found),
        "message": _sentence(found.message),
        "offers": [*first, *_gradient_graphs(view, node), *_hiding(view, node)],
    }


def _of_block(view: View, block: Block) -> dict[str, Any]:
    found = fold_node(view.graph, block, view.trace.nodes)
    names = [view.graph.node(member).name for member in block.members]
    label = say("Close the block") if block.is_open else say("Open the block")
    return {
        "id": block.id,
        "name": block.name,
        "fields": [_name_field(block)],
        "about": say_count(
            "Block of {count} node: {names}. It computes what that node computes.",
            "Block of {count} nodes: {names}. It computes what they compute.",
            len(names),
            names=abridged(names, MAX_MEMBERS),
        ),
        "rules": [],
        "products": [],
        "numbers": _numbers(found),
        "message": _sentence(found.message),
        "offers": [
            *_differentiating(view, block.outputs),
            _offer(label, SetOpen(block=block.id, open=not block.is_open)),
            _offer(say("Ungroup"), Ungroup(block=block.id)),
        ],
    }


def _name_field(node: Node | Block) -> dict[str, str]:
    return {"edits": "name", "label": say("Name"), "text": node.name, "hint": ""}


def _range_field(view: View, node: Node) -> dict[str, str]:
    between = view.graph.ranges.get(node.id)
    return {
        "edits": "range",
        "label": say("Own numbers from"),
        "text": "" if between is None else str(between),
        "hint": say("From where to where each student's own numbers are drawn, such as -5 … 5; empty for none."),
    }


def _hides_data(view: View, node: Node) -> bool:
    return any((each.node, each.kind) == (node.id, "data") for each in view.hidden)


def _value_fields(node: Node, *, is_hidden: bool) -> list[dict[str, str]]:
    """Return the field of an input's value, or those of an op's parameters, which are called as in code.

    A value that is hidden has no field.
    """
    if is_hidden and node.value is not None:
        return []
    if node.value is not None:
        text = node.written or full_array(to_array(node.value))
        return [{"edits": "value", "label": say("Value"), "text": text, "hint": say(VALUE_HINT)}]
    return [
        {"edits": "parameter", "parameter": name, "label": name, "text": text, "hint": ""}
        for name, value in node.parameters.items()
        for text in [parameter_value(value, name, in_full=True)]
    ]


def _rule(view: View, node: Node) -> dict[str, Any]:
    """Return what an op does, its formula and its derivatives; of an input nothing."""
    if node.op is None:
        return {"about": say(_ABOUT_INPUTS[node.role]), "rules": []}
    op = find_op(node.op)
    about = say("{op}: {description}", op=node.op, description=say(op.description))
    rules = rules_in_names(view.graph, view.trace, node.id)[: MAX_FORMULAS + node.n_outputs]
    return {"about": about, "rules": [_formula([rule]) for rule in rules]}


def _products(view: View, node: Node) -> list[dict[str, Any]]:
    """Return what the node's Function sent to each input in the last Backward: upstream × local = downstream."""
    # Steps are made when somebody asks for them, and an input has sent nothing.
    products = [] if view.trace.stale or node.is_input else products_of(view.graph, view.trace, node.id)
    return [_formula(equations) for equations in products[:MAX_FORMULAS]]


def _formula(equations: Sequence[Equation]) -> dict[str, Any]:
    """Return equations in lines, each as MathML, and what a screen reader says of all."""
    return {"lines": [line for each in equations for line in each.math_lines()], "spoken": plain_of(equations)}


def _numbers(found: NodeTrace) -> dict[str, str]:
    shapes = [shape(data) for data in found.data or ()]
    return {
        "data": _in_full(found.data),
        "grad": _in_full(found.grad),
        "shape": NONE if not shapes else shapes[0] if len(set(shapes)) == 1 else "; ".join(shapes),
    }


def _in_full(arrays: Iterable[Array | None] | None) -> str:
    return "; ".join(NONE if array is None else full_array(array) for array in arrays or ()) or NONE


def _differentiating(view: View, outputs: Iterable[OutputPort]) -> list[dict[str, Any]]:
    """Offer each output as the one where Backward starts, but the one that is it already."""
    return [
        _offer(
            say("Differentiate {name}", name=output_name(view.graph.node(node_id), output)),
            Choose(node=node_id, output=output),
        )
        for node_id, output in outputs
        if view.trace.output != (node_id, output)
    ]


def _gradient_graphs(view: View, node: Node) -> list[dict[str, Any]]:
    """Offer to draw the graph that computes a gradient, which can be differentiated again."""
    return [
        _offer(
            say("Show the graph of {name}.grad", name=output_name(node, index)),
            Differentiate(node=node.id, output=index),
        )
        for index in range(node.n_outputs)
        if view.trace.output != (node.id, index)
    ]


def _hiding(view: View, node: Node) -> list[dict[str, Any]]:
    """Offer to hide each number of the node, or to show it again; and in one place, to hide all gradients."""
    offers = []
    for output in range(node.n_outputs):
        for kind in QUANTITY_KINDS:
            number = Quantity(node.id, kind, output)
            is_hidden = number in view.graph.hidden
            name = number.name_in(view.graph)
            label = say("Show {name}", name=name) if is_hidden else say("Hide {name}", name=name)
            offers.append(_offer(label, Hide(numbers=(astuple(number),), hidden=not is_hidden)))
    grads = [each for each in all_quantities(view.graph, "grad") if each not in view.graph.hidden]
    if grads:
        offers.append(_offer(say("Hide all grads"), Hide(numbers=tuple(map(astuple, grads)))))
    if view.graph.hidden:
        numbers = tuple(map(astuple, sorted(view.graph.hidden)))
        offers.append(_offer(say("Show all numbers"), Hide(numbers=numbers, hidden=False)))
    return offers


def _roles(node: Node) -> list[dict[str, Any]]:
    """Offer the roles that an input does not have."""
    offered = [role for role in (*ROLES, None) if role != node.role]
    return [_offer(say(_ROLE_OFFERS[role]), SetRole(nodes=[node.id], role=role)) for role in offered]


def _offer(label: str, event: Event) -> dict[str, Any]:
    return {"label": label, "event": event.model_dump(mode="json", exclude_none=True)}


def _sentence(message: str) -> str:
    """Return what is the matter with a node as a sentence that stands alone; the empty text where nothing is."""
    begun = message[:1].upper() + message[1:]
    return begun if not begun or begun.endswith(".") else say("{sentence}.", sentence=begun)
