"""Forward and Backward by hand or automatically, and the choice of the output to differentiate."""

from __future__ import annotations

import streamlit as st

from components.page.host import current, current_fields, current_playground, perform, widget_value
from components.state import Playground
from components.text import in_markdown, output_name
from engine.edits import Choose
from engine.messages import say


def show_controls() -> None:
    """Show the buttons, the toggle, and which node is differentiated."""
    playground = current_playground()
    computation = playground.computation
    by_hand = not computation.automatic
    with st.container(key="run", horizontal=True, gap="small"):
        hint = None if by_hand else say("Switch Automatic off to run by hand.")
        st.button(
            say("Forward"),
            key="forward",
            disabled=not by_hand,
            help=hint,
            on_click=perform,
            args=(computation.forward,),
        )
        st.button(
            say("Backward"),
            key="backward",
            disabled=not by_hand,
            help=hint,
            on_click=perform,
            args=(computation.backward,),
        )
    with st.container(key="by-hand", horizontal=True, gap="small", vertical_alignment="center"):
        # A toggle that is known keeps what it was switched to, and each graph that is opened has its own setting.
        key = f"automatic-{playground.opening}"
        st.toggle(say("Automatic"), value=computation.automatic, key=key, on_change=_switch_automatic, args=(key,))
        if by_hand:
            hint = say("Set every grad to None.")
            st.button("cleargrad", key="cleargrad", help=hint, on_click=perform, args=(computation.clear_grads,))
    for trouble in filter(None, (current().trouble, current_fields().refused)):
        st.error(in_markdown(trouble))
    if computation.told:
        st.info(in_markdown(computation.told))
    _show_outputs(playground)


def _show_outputs(playground: Playground) -> None:
    """Offer the ends of the graph to be differentiated; any other node can be chosen in the inspector."""
    present, graph = playground.trace.output, playground.graph
    ends = [(node.id, index) for node in graph.sinks() if not node.is_input for index in range(node.n_outputs)]
    if present is not None and present not in ends:
        ends.append(present)
    if len(ends) < 2:
        return
    st.markdown(say("**Differentiate**"))
    with st.container(key="outputs", horizontal=True, gap="small"):
        for end in ends:
            st.button(
                in_markdown(output_name(graph.node(end[0]), end[1])),
                key=f"output-{end[0]}-{end[1]}",
                type="primary" if end == present else "secondary",
                help=say("Backward starts here, with gradient 1."),
                on_click=perform,
                args=(playground.edit, Choose(node=end[0], output=end[1])),
            )


def _switch_automatic(key: str) -> None:
    perform(current_playground().computation.set_automatic, bool(widget_value(key)))
