"""The left panel: the lessons to open, and the graph as a file."""

from __future__ import annotations

import streamlit as st

from components.state import Session, current, widget_value
from components.text import in_markdown
from engine.errors import PlaygroundError
from engine.lessons import LESSONS

_UPLOAD_KEY = "opened-file"
FILE_NAME = "backprop-playground.json"


def show_lessons() -> None:
    """Show the product's name, the lessons, the present lesson's question, and New, Open and Save."""
    session = current()
    st.html('<h1 class="product">Backprop<br>Playground</h1>')
    with st.container(key="lesson-list", gap=None):
        for index, lesson in enumerate(LESSONS):
            st.button(
                f"{index + 1}  {lesson.title}",
                key=f"lesson-{index}",
                type="primary" if session.lesson == index else "tertiary",
                width="stretch",
                on_click=session.open_lesson,
                args=(index,),
            )
    if session.lesson is not None:
        lesson = LESSONS[session.lesson]
        with st.container(key="question", gap=None):
            st.markdown(f"**{lesson.question}**")
            with st.expander("Why?"):
                st.markdown(lesson.insight)
    with st.container(key="files", gap="small"):
        st.button("New", key="new", width="stretch", on_click=session.open_new)
        with st.popover("Open", width="stretch"):
            _show_open(session)
        st.download_button(
            "Save",
            # Called when the button is pressed: the panel is not drawn again at every edit.
            data=session.document,
            file_name=FILE_NAME,
            mime="application/json",
            width="stretch",
            on_click="ignore",
        )


def _show_open(session: Session) -> None:
    st.file_uploader("A graph that was saved", type="json", key=_UPLOAD_KEY, on_change=_open_uploaded)
    if session.open_error:
        st.error(in_markdown(session.open_error))


def _open_uploaded() -> None:
    session = current()
    uploaded = widget_value(_UPLOAD_KEY)
    if uploaded is None or uploaded.file_id == session.uploaded:
        return
    session.uploaded, session.open_error = uploaded.file_id, ""
    try:
        session.open_document(uploaded.getvalue())
    except PlaygroundError as error:
        session.open_error = f"{uploaded.name} was not opened. {error}"
