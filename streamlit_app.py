"""Backprop Playground: start it with `streamlit run streamlit_app.py`."""

import streamlit as st

from components.lessons import show_lessons
from components.page import open_page
from components.workspace import show_workspace

open_page()
with st.container(key="page", horizontal=True):
    with st.container(key="lessons-panel", gap="small"):
        show_lessons()
    show_workspace()
