"""Backprop Playground: start it with `streamlit run streamlit_app.py`."""

import streamlit as st

from components.page import page_lifespan, page_routes, show_page
from components.server import WithoutConnectionDialog

if st.runtime.exists():  # a page is opened or drawn again: the server below runs this file as its script
    show_page()
else:
    from starlette.middleware import Middleware

    app = st.App(
        __file__,
        routes=page_routes(),
        middleware=[Middleware(WithoutConnectionDialog)],
        lifespan=page_lifespan,
    )
