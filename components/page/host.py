"""Streamlit as the host of one page: the only file that reads and writes `st.session_state`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st

from components.border import log_fault
from components.canvas import KEY as CANVAS_KEY
from components.page.fields import Fields
from components.state import Playground, Session, begin
from engine.messages import say

LINK_PARAMETER = "graph"

_SESSION_KEY = "playground"
_FIELDS_KEY = "fields"


def current() -> Session:
    """Return this page's session; the first call opens the graph of the page's link, or else the first lesson."""
    session: Session | None = st.session_state.get(_SESSION_KEY)
    if session is None:
        session = begin(st.query_params.get(LINK_PARAMETER, ""))
        st.session_state[_SESSION_KEY] = session
    return session


def current_playground() -> Playground:
    """Return the playground of this page's session."""
    return current().playground


def current_fields() -> Fields:
    """Return what is to be kept of this page's own fields from one run of the script to the next."""
    fields: Fields = st.session_state.setdefault(_FIELDS_KEY, Fields())
    return fields


def take_outbox() -> None:
    """Hand the session what the canvas has just handed over."""
    try:
        handed = st.session_state.get(CANVAS_KEY)
        outbox = handed.get("outbox") if handed is not None else None
        if outbox is not None:
            current().receive(outbox)
    except Exception:
        log_fault("An outbox could not be taken in.")


def perform(action: Callable[..., object], *args: object) -> None:
    """Do what a button asks for: a callback never ends in Streamlit's error box."""
    current_fields().perform(current(), action, *args)


@contextmanager
def part_of_page() -> Iterator[None]:
    """Draw a part of the page inside a `with`; where that fails, the part says so and the rest goes on.

    What Streamlit itself raises to end or repeat a run is no Exception, and passes.
    """
    try:
        yield
    except Exception:
        log_fault("A part of the page could not be drawn.")
        st.error(say("This part of the page could not be drawn. The rest goes on."))


def widget_value(key: str) -> Any:
    """Return what the user has put into a widget."""
    return st.session_state.get(key)
