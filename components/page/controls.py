"""Forward and Backward by hand or automatically, and the choice of the output to differentiate."""

from __future__ import annotations

import streamlit as st

from components.state import Session, current, widget_value
from components.text import in_markdown, output_name
from engine.edits import Choose


def show_controls() -> None:
    """Show the buttons, the toggle, and which node is differentiated."""
    session = current()
    by_hand = not session.run.automatic
    with st.container(key="run", horizontal=True, gap="small"):
        help_text = None if by_hand else "Switch Automatic off to run by hand."
        st.button("Forward", key="forward", disabled=not by_hand, help=help_text, on_click=session.forward)
        st.button("Backward", key="backward", disabled=not by_hand, help=help_text, on_click=session.backward)
    with st.container(key="by-hand", horizontal=True, gap="small", vertical_alignment="center"):
        # A toggle that is known keeps what it was switched to, and each graph that is opened has its own setting.
        key = f"automatic-{session.opened}"
        st.toggle("Automatic", value=session.run.automatic, key=key, on_change=_switch_automatic, args=(key,))
        if by_hand:
            st.button("cleargrad", key="cleargrad", help="Set every grad to None.", on_click=session.clear_grads)
    if session.run.notice:
        st.info(in_markdown(session.run.notice))
    _show_outputs(session)


def _show_outputs(session: Session) -> None:
    """Offer the ends of the graph to be differentiated; any other node can be chosen in the inspector."""
    present = session.trace.output
    ends = [(node.id, index) for node in session.graph.sinks() if not node.is_input for index in range(node.n_outputs)]
    if present is not None and present not in ends:
        ends.append(present)
    if len(ends) < 2:
        return
    st.markdown("**Differentiate**")
    with st.container(key="outputs", horizontal=True, gap="small"):
        for end in ends:
            st.button(
                in_markdown(output_name(session.graph.node(end[0]), end[1])),
                key=f"output-{end[0]}-{end[1]}",
                type="primary" if end == present else "secondary",
                help="Backward starts here, with gradient 1.",
                on_click=session.edit,
                args=(Choose(node=end[0], output=end[1]),),
            )


def _switch_automatic(key: str) -> None:
    current().set_automatic(bool(widget_value(key)))
