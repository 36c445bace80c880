"""Backprop Playground: start it with `streamlit run streamlit_app.py`."""

import streamlit as st

from components.page import page_lifespan, page_middleware, page_routes, show_page

if st.runtime.exists():  # a page is opened or drawn again: the server below runs this file as its script
    show_page()
else:
    app = st.App(__file__, routes=page_routes(), middleware=page_middleware(), lifespan=page_lifespan)
