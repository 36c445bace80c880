"""Show the page with Streamlit: one host of the state."""

from __future__ import annotations

from components.page.middleware import page_middleware
from components.page.page import show_page
from components.page.routes import page_lifespan, page_routes

__all__ = ["page_lifespan", "page_middleware", "page_routes", "show_page"]
