"""The right panel: everything about the selected node, in full."""

from __future__ import annotations

import streamlit as st

from components.panels import MAX_FORMULAS
from components.state import Session, current, widget_value
from components.text import (
    NONE,
    backward_formulas,
    full_array,
    in_markdown,
    output_name,
    parameter_value,
    rule_by_input,
    shape,
)
from engine.autograd import find_op
from engine.document import VALUE_HINT, Block, Node, to_array
from engine.edits import Choose, Differentiate, Event, Rename, SetOpen, SetParameter, SetValue, Ungroup
from engine.evaluation import NodeTrace, fold_node

MAX_MEMBERS = 12
"""Nodes of a block that are named."""
MAX_FAULTS = 3
"""Wrong numbers that are explained at once; the others when their node is selected."""


def show_inspector() -> None:
    """Show the selected node's name, value, formula, data, grad and shape, and what is the matter with it."""
    session = current()
    node = session.selected_node()
    _show_faults(session, node)
    block = session.selected_block()
    if block is not None:
        _show_block(session, block)
        return
    if node is None:
        st.markdown("Select a node to see its formula and its numbers in full precision.")
        return
    result = session.trace.nodes[node.id]
    _edit_field(session, node, "name", node.name)
    if node.value is not None:
        _edit_field(session, node, "value", full_array(to_array(node.value)))
    else:
        for name, value in node.parameters.items():
            _edit_field(session, node, name, parameter_value(value, name))
        _show_formula(session, node)
    _show_numbers(result)
    _show_products(session, node)
    if result.message:
        st.warning(in_markdown(_sentence(result.message)))
    if not node.is_input:
        _offer_as_output(session, node)
    _offer_gradient(session, node)


def _show_faults(session: Session, node: Node | None) -> None:
    """Say which rule of the engine went wrong, and where, for the selected node's number or else for every one."""
    chosen = session.faults if node is None else {node.id: session.faults.get(node.id)}
    for fault in list(filter(None, chosen.values()))[:MAX_FAULTS]:
        st.error(in_markdown(fault["why"]))


def _show_block(session: Session, block: Block) -> None:
    """Show a block's name, what is in it, its numbers and what can be done with it."""
    graph, trace = session.graph, session.trace
    _edit_field(session, block, "name", block.name)
    names = ", ".join(graph.node(member).name for member in block.members[:MAX_MEMBERS])
    more = ", …" if len(block.members) > MAX_MEMBERS else ""
    st.markdown(f"**Block** of {len(block.members)} nodes: {in_markdown(names)}{more}. It computes what they compute.")
    found = fold_node(graph, block, trace.nodes)
    _show_numbers(found)
    if found.message:
        st.warning(in_markdown(_sentence(found.message)))
    for index, (node_id, output) in enumerate(block.outputs):
        if trace.output != (node_id, output):
            label = output_name(graph.node(node_id), output)
            choice = Choose(node=node_id, output=output)
            st.button(
                f"Differentiate {in_markdown(label)}", key=f"choose-{index}", on_click=session.edit, args=(choice,)
            )
    word = "Close" if block.is_open else "Open"
    turned = SetOpen(block=block.id, open=not block.is_open)
    st.button(f"{word} the block", key="turn-block", on_click=session.edit, args=(turned,))
    st.button("Ungroup", key="ungroup", on_click=session.edit, args=(Ungroup(block=block.id),))


def _edit_field(session: Session, node: Node | Block, what: str, shown: str) -> None:
    """Show a text field that makes an edit when left; a refusal stands below it."""
    # What is shown is part of the key, so that the field shows what is true and not what was once typed; so is how
    # often fields have been left, since a value may come back.
    key = f"{what}-{node.id}-{shown}-{session.fields_left}"
    session.fields[what] = key
    label = what.capitalize() if what in ("name", "value") else what
    hint = VALUE_HINT if what == "value" and isinstance(node, Node) and node.is_input else None
    st.text_input(label, value=shown, key=key, help=hint, on_change=_edit_node, args=(node.id, what, key, shown))
    refusal = session.field_refusal
    if refusal is not None and (refusal.node, refusal.field) == (node.id, what):
        st.error(in_markdown(refusal.text))


def _edit_node(node_id: str, what: str, key: str, shown: str) -> None:
    session = current()
    text = str(widget_value(key) or "")
    # After a lost connection Streamlit hands over fields that are no longer shown, and ones that nobody has changed.
    if text == shown or session.fields.get(what) != key:
        return
    session.edit_field(_event(node_id, what, text), node_id, what)


def _event(node_id: str, what: str, text: str) -> Event:
    if what == "name":
        return Rename(node=node_id, name=text)
    graph = current().graph
    is_input = node_id not in graph or graph.node(node_id).is_input
    # A Constant's number is called value too, and is a parameter.
    return SetValue(node=node_id, value=text) if is_input else SetParameter(node=node_id, name=what, value=text)


def _show_formula(session: Session, node: Node) -> None:
    assert node.op is not None
    op = find_op(node.op)
    st.markdown(f"**{node.op}**: {op.description}")
    derivatives = [rule_by_input(op, port) for port in node.ports]
    lines = r" \\[6pt] ".join([op.formula, *derivatives[:MAX_FORMULAS]])
    st.latex(rf"\begin{{gathered}} {lines} \end{{gathered}}")


def _show_products(session: Session, node: Node) -> None:
    """Show what the node's Function sent to each input in the last backward pass: upstream × local = downstream."""
    graph, trace = session.graph, session.trace
    steps = [step for step in trace.steps if step.kind == "backward" and step.node == node.id]
    if trace.stale or not steps:
        return
    st.markdown("**upstream × local = downstream**")
    for formula in backward_formulas(graph, trace, steps[-1])[:MAX_FORMULAS]:
        # One equation a line: the panel is narrow.
        left, *rights = formula.split(" = ")
        lines = [f"{left} &= {rights[0]}", *(f"&= {right}" for right in rights[1:])]
        st.latex(r"\begin{aligned} " + r" \\ ".join(lines) + r" \end{aligned}")


def _offer_as_output(session: Session, node: Node) -> None:
    for index in range(node.n_outputs):
        if session.trace.output != (node.id, index):
            label = output_name(node, index)
            choice = Choose(node=node.id, output=index)
            st.button(
                f"Differentiate {in_markdown(label)}", key=f"choose-{index}", on_click=session.edit, args=(choice,)
            )


def _offer_gradient(session: Session, node: Node) -> None:
    """Offer to draw the graph that computes a gradient, which can be differentiated again."""
    for index in range(node.n_outputs):
        if session.trace.output != (node.id, index):
            label = f"Show the graph of {in_markdown(output_name(node, index))}.grad"
            event = Differentiate(node=node.id, output=index)
            st.button(label, key=f"gradient-{index}", on_click=session.edit_field, args=(event, node.id, "gradient"))
    refusal = session.field_refusal
    if refusal is not None and (refusal.node, refusal.field) == (node.id, "gradient"):
        st.error(in_markdown(refusal.text))


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
    return message[:1].upper() + message[1:] + ("" if message.endswith(".") else ".")
