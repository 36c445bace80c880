"""The sidebar: the lessons to open, and the graph as a file."""

from __future__ import annotations

import streamlit as st

from components.canvas import mount_lessons
from components.page.host import current, current_fields, current_playground, perform, widget_value
from components.state import FILE_NAME, Playground, language_choices, lesson_groups
from components.text import in_markdown
from engine.errors import PlaygroundError
from engine.lessons import LESSON_FILES
from engine.messages import say

_UPLOAD_KEY = "opened-file"


def show_lessons() -> None:
    """Show the lessons below the product's name, and New, Open and Save."""
    playground = current_playground()
    mount_lessons(lesson_groups(), language_choices())
    for refused in LESSON_FILES.refused:
        st.warning(in_markdown(str(refused)))
    with st.container(key="files", gap="small"):
        st.button(say("New"), key="new", width="stretch", on_click=perform, args=(playground.open_new,))
        with st.popover(say("Open"), width="stretch"):
            _show_upload()
        _offer_file(playground)
    if current_fields().refused:
        st.error(in_markdown(current_fields().refused))


def _offer_file(playground: Playground) -> None:
    st.download_button(
        say("Save"),
        # Called when the button is pressed: the panel is not drawn again at every edit.
        data=lambda: playground.document,
        file_name=FILE_NAME,
        mime="application/json",
        width="stretch",
        on_click="ignore",
    )


def _show_upload() -> None:
    st.file_uploader(
        say("A graph or a lesson that was saved, or a Python script"),
        type=["json", "toml", "py", "ipynb", "csv", "tsv"],
        key=_UPLOAD_KEY,
        on_change=_open_uploaded,
    )
    error = current_fields().upload_error
    if error:
        st.error(in_markdown(error))


def _open_uploaded() -> None:
    fields, uploaded = current_fields(), widget_value(_UPLOAD_KEY)
    if uploaded is None or uploaded.file_id == fields.uploaded:
        return
    fields.uploaded, fields.upload_error = uploaded.file_id, ""
    playground = current_playground()

    def refuse(error: PlaygroundError) -> None:
        fields.upload_error = say("{file} was not opened. {error}", file=uploaded.name, error=error)

    contents = uploaded.getvalue()  # read now: should it be opened once more, Streamlit may have let go of the file
    with current().lock:
        current().perform(lambda: playground.open_document(contents, uploaded.name), refuse)
