"""Forward and Backward by hand or automatically, and the choice of the output to differentiate."""

from __future__ import annotations

import streamlit as st

from components.plain import plain
from components.session import Session, current, widget_value
from engine.edits import Choose
from engine.graph import Graph

_AUTOMATIC_KEY = "automatic"
_OUTPUT_KEY = "output"


def show_controls() -> None:
    """Show the buttons, the toggle, and which node is differentiated."""
    session = current()
    by_hand = not session.automatic
    with st.container(key="run", horizontal=True, gap="small"):
        help_text = None if by_hand else "Switch Automatic off to run by hand."
        st.button("Forward", key="forward", disabled=not by_hand, help=help_text, on_click=session.forward)
        st.button("Backward", key="backward", disabled=not by_hand, help=help_text, on_click=session.backward)
    st.toggle("Automatic", value=session.automatic, key=_AUTOMATIC_KEY, on_change=_switch_automatic)
    if by_hand:
        st.button(
            "cleargrad", key="cleargrad", type="tertiary", help="Set every grad to None.", on_click=session.clear_grads
        )
    if session.notice:
        st.info(plain(session.notice))
    _show_output(session)


def _show_output(session: Session) -> None:
    choices = _outputs(session.graph)
    if not choices:
        return
    labels = {choice: _label(session.graph, choice) for choice in choices}
    present = session.trace.output
    st.selectbox(
        "Differentiate",
        choices,
        index=choices.index(present) if present in choices else None,
        format_func=lambda choice: labels.get(choice, "—"),
        # The key holds the choice, so that a choice made by the graph itself (a new last sink) shows here too.
        key=f"{_OUTPUT_KEY}-{present}",
        on_change=_choose_output,
        args=(f"{_OUTPUT_KEY}-{present}",),
        help="The output at which Backward starts, with gradient 1. By default the last node that feeds no other.",
    )


def _outputs(graph: Graph) -> list[tuple[str, int]]:
    return [(node.id, index) for node in graph.nodes() if not node.is_input for index in range(node.n_outputs)]


def _label(graph: Graph, choice: tuple[str, int]) -> str:
    node = graph.node(choice[0])
    return node.name if node.n_outputs == 1 else f"{node.name}, output {choice[1]}"


def _switch_automatic() -> None:
    current().set_automatic(bool(widget_value(_AUTOMATIC_KEY)))


def _choose_output(key: str) -> None:
    choice = widget_value(key)
    if choice is not None:
        current().edit(Choose(node=choice[0], output=choice[1]))
