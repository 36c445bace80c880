"""Show the page with Streamlit: one host of the state."""

from __future__ import annotations

from components.page.lessons import show_lessons
from components.page.page import open_page
from components.page.workspace import show_workspace

__all__ = ["open_page", "show_lessons", "show_workspace"]
