"""The right panel: everything about the selected node, in full."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from components.page.host import current, current_fields, current_playground, perform, widget_value
from components.panels import MAX_FORMULAS
from components.state import Playground
from components.text import (
    NONE,
    full_array,
    in_markdown,
    output_name,
    parameter_value,
    products_of,
    rules_in_latex,
    shape,
)
from engine.autograd import find_op
from engine.document import VALUE_HINT, Block, Node, OutputPort, to_array
from engine.edits import Choose, Differentiate, Event, Rename, SetOpen, SetParameter, SetValue, Ungroup
from engine.evaluation import NodeTrace, fold_node
from engine.messages import say, say_count

MAX_MEMBERS = 12
"""Nodes of a block that are named."""
MAX_FAULTS = 3
"""Wrong numbers that are explained at once; the others when their node is selected."""


def show_inspector() -> None:
    """Show the selected node's name, value, formula, data, grad and shape, and what is the matter with it."""
    playground = current_playground()
    node, block = playground.selected_node, playground.selected_block
    _show_faults(node)
    if block is not None:
        _show_block(playground, block)
    elif node is not None:
        _show_node(playground, node)
    else:
        st.markdown(say("Select a node to see its formula and its numbers in full precision."))


def _show_faults(node: Node | None) -> None:
    """Say which rule went wrong in backward, and where, for the selected node's number or else for every one."""
    faults = current().faults
    chosen = faults.values() if node is None else filter(None, [faults.get(node.id)])
    for fault in list(chosen)[:MAX_FAULTS]:
        st.error(in_markdown(fault["why"]))


def _show_node(playground: Playground, node: Node) -> None:
    result = playground.trace.nodes[node.id]
    _edit_field(node, "name", node.name)
    if node.value is not None:
        _edit_field(node, "value", full_array(to_array(node.value)))
    else:
        for name, value in node.parameters.items():
            _edit_field(node, name, parameter_value(value, name, in_full=True))
        _show_formula(playground, node)
    _show_numbers(result)
    _show_products(playground, node)
    if result.message:
        st.warning(in_markdown(_sentence(result.message)))
    outputs = [(node.id, index) for index in range(node.n_outputs)]
    if not node.is_input:
        _offer_to_differentiate(playground, outputs)
    _offer_gradient(playground, node)


def _show_block(playground: Playground, block: Block) -> None:
    """Show a block's name, what is in it, its numbers and what can be done with it."""
    graph, trace = playground.graph, playground.trace
    _edit_field(block, "name", block.name)
    names = [in_markdown(graph.node(member).name) for member in block.members[:MAX_MEMBERS]]
    st.markdown(
        say_count(
            "**Block** of {count} node: {names}. It computes what that node computes.",
            "**Block** of {count} nodes: {names}. It computes what they compute.",
            len(block.members),
            names=say(", ").join([*names, "…"] if len(block.members) > MAX_MEMBERS else names),
        )
    )
    found = fold_node(graph, block, trace.nodes)
    _show_numbers(found)
    if found.message:
        st.warning(in_markdown(_sentence(found.message)))
    _offer_to_differentiate(playground, block.outputs)
    label = say("Close the block") if block.is_open else say("Open the block")
    turned = SetOpen(block=block.id, open=not block.is_open)
    st.button(label, key="turn-block", on_click=perform, args=(playground.edit, turned))
    st.button(say("Ungroup"), key="ungroup", on_click=perform, args=(playground.edit, Ungroup(block=block.id)))


def _edit_field(node: Node | Block, what: str, shown: str) -> None:
    """Show a text field that makes an edit when left; a refusal stands below it."""
    fields = current_fields()
    # What is shown is part of the key, so that the field shows what is true and not what was once typed; so is how
    # often fields have been left, since a value may come back.
    key = f"{what}-{node.id}-{shown}-{fields.left}"
    fields.shown[what] = key
    hint = say(VALUE_HINT) if what == "value" and isinstance(node, Node) and node.is_input else None
    st.text_input(_label(what), value=shown, key=key, help=hint, on_change=_edit_node, args=(node.id, what, key, shown))
    _show_refusal(node, what)


def _label(what: str) -> str:
    """Return a field's label; a parameter is called as it is in code."""
    match what:
        case "name":
            return say("Name")
        case "value":
            return say("Value")
        case _:
            return what


def _edit_node(node_id: str, what: str, key: str, shown: str) -> None:
    fields, text = current_fields(), str(widget_value(key) or "")
    # After a lost connection Streamlit hands over fields that are no longer shown, and ones that nobody has changed.
    if text != shown and fields.shown.get(what) == key:
        playground = current_playground()
        fields.edit(playground, _event(playground, node_id, what, text), node_id, what)


def _event(playground: Playground, node_id: str, what: str, text: str) -> Event:
    if what == "name":
        return Rename(node=node_id, name=text)
    is_input = node_id not in playground.graph or playground.graph.node(node_id).is_input
    # A Constant's number is called value too, and is a parameter.
    return SetValue(node=node_id, value=text) if is_input else SetParameter(node=node_id, name=what, value=text)


def _show_refusal(node: Node | Block, field: str) -> None:
    refusal = current_fields().refusal_at(node.id, field)
    if refusal:
        st.error(in_markdown(refusal))


def _show_formula(playground: Playground, node: Node) -> None:
    assert node.op is not None
    op = find_op(node.op)
    st.markdown(say("**{op}**: {description}", op=node.op, description=say(op.description)))
    for rule in rules_in_latex(playground.graph, playground.trace, node.id)[: MAX_FORMULAS + 1]:
        st.markdown(_in_line(rule))


def _show_products(playground: Playground, node: Node) -> None:
    """Show what the node's Function sent to each input in the last backward pass: upstream × local = downstream."""
    products = [] if playground.trace.stale else products_of(playground.graph, playground.trace, node.id)
    if not products:
        return
    st.markdown(say("**upstream × local = downstream**"))
    for equations in products[:MAX_FORMULAS]:
        lines = [line for each in equations for line in each.latex_lines()]
        st.markdown("  \n".join(map(_in_line, lines)))


def _in_line(latex: str) -> str:
    """Return LaTeX as Markdown that sets it in a line of text, which is broken where the panel is too narrow."""
    return rf"$\displaystyle {latex}$"


def _offer_to_differentiate(playground: Playground, outputs: Iterable[OutputPort]) -> None:
    """Offer each of a node's or a block's outputs as the one where Backward starts, but the one that is it already."""
    for index, (node_id, output) in enumerate(outputs):
        if playground.trace.output != (node_id, output):
            label = say("Differentiate {name}", name=in_markdown(output_name(playground.graph.node(node_id), output)))
            choice = Choose(node=node_id, output=output)
            st.button(label, key=f"choose-{index}", on_click=perform, args=(playground.edit, choice))


def _offer_gradient(playground: Playground, node: Node) -> None:
    """Offer to draw the graph that computes a gradient, which can be differentiated again."""
    for index in range(node.n_outputs):
        if playground.trace.output != (node.id, index):
            label = say("Show the graph of {name}.grad", name=in_markdown(output_name(node, index)))
            event = Differentiate(node=node.id, output=index)
            args = (playground, event, node.id, "gradient")
            st.button(label, key=f"gradient-{index}", on_click=current_fields().edit, args=args)
    _show_refusal(node, "gradient")


def _show_numbers(result: NodeTrace) -> None:
    data = result.data[0] if result.data else None
    rows = [
        ("data", _in_full(result.data)),
        ("grad", _in_full(result.grad)),
        ("shape", shape(data) if data is not None else NONE),
    ]
    cells = "".join(f'<dt class="{name}">{name}</dt><dd>{text}</dd>' for name, text in rows)
    st.html(f'<dl class="numbers">{cells}</dl>')


def _in_full(arrays: tuple[object, ...] | None) -> str:
    if not arrays:
        return NONE
    return "; ".join(full_array(array) or NONE for array in arrays)  # type: ignore[arg-type]


def _sentence(message: str) -> str:
    """Return what is the matter with a node as a sentence that stands alone."""
    begun = message[:1].upper() + message[1:]
    return begun if begun.endswith(".") else say("{sentence}.", sentence=begun)
