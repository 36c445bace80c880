"""The page without a server: Python runs in the browser. A host of the page's state in which nothing is Streamlit's."""

from __future__ import annotations

from components.site.notice import needs_script
from components.site.page import Page, prepare

__all__ = ["Page", "needs_script", "prepare"]
