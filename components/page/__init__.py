"""Show the page with Streamlit: one host of the state."""

from __future__ import annotations

from components.page.page import show_page

__all__ = ["show_page"]
