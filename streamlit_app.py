"""Backprop Playground: start it with `streamlit run streamlit_app.py`."""

import streamlit as st

from components.page import open_page, show_lessons, show_workspace

open_page()
with st.container(key="page", horizontal=True):
    lessons = st.container(key="lessons-panel", gap="small")
    show_workspace()  # first: the graph is what people wait for
    with lessons:
        show_lessons()
