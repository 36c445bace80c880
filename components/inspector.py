"""The right panel: everything about the selected node, in full."""

from __future__ import annotations

import streamlit as st

from components.numbers import NONE, full_array, shape
from components.plain import plain
from components.session import Session, current, widget_value
from engine.edits import Rename, SetValue
from engine.function import find_op
from engine.graph import Node
from engine.trace import NodeTrace
from engine.values import to_array


def show_inspector() -> None:
    """Show the selected node's name, value, formula, data, grad and shape, and what is the matter with it."""
    session = current()
    node = session.selected_node()
    if node is None:
        st.markdown("Select a node to see its formula and its numbers in full precision.")
        return
    result = session.trace.nodes[node.id]
    _edit_field(session, node, "name", node.name)
    if node.is_input:
        _edit_field(session, node, "value", full_array(to_array(node.value)))
    else:
        _show_formula(session, node)
    _show_numbers(result)
    if result.message:
        st.warning(plain(_sentence(result.message)))


def _edit_field(session: Session, node: Node, what: str, value: str) -> None:
    """Show a text field that makes an edit when left; a refusal stands below it."""
    # The node and its present value are part of the key: the field shows what is true, not what was once typed.
    key = f"{what}-{node.id}-{value}-{session.fields_refused}"
    st.text_input(what.capitalize(), value=value, key=key, on_change=_edit_node, args=(node.id, what, key))
    refusal = session.field_refusal
    if refusal is not None and (refusal.node, refusal.field) == (node.id, what):
        st.error(plain(refusal.text))


def _edit_node(node_id: str, what: str, key: str) -> None:
    text = str(widget_value(key) or "")
    event = Rename(node=node_id, name=text) if what == "name" else SetValue(node=node_id, value=text)
    current().edit_field(event, node_id, what)


def _show_formula(session: Session, node: Node) -> None:
    assert node.op is not None
    op = find_op(node.op)
    st.caption(f"{node.op}: {op.description}")
    lines = [op.formula, *(rf"\frac{{\partial y}}{{\partial {port}}} = {local}" for port, local in _locals(op))]
    st.latex(r" \\ ".join(lines).join([r"\begin{gathered} ", r" \end{gathered}"]))


def _locals(op: type) -> list[tuple[str, str]]:
    return list(zip(op.ports, op.local, strict=True))  # type: ignore[attr-defined]


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
