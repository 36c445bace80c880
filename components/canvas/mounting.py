"""Mount the canvas with Streamlit, as two components: one that brings the canvas's code, one that carries the data.

Streamlit sends a component's script along with every message of that component. So the one with the data has only a
few lines of it, and what the canvas is made of comes once a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any, Final

import streamlit as st

from components.canvas.files import HERE, LOADING, canvas_folder, canvas_script, constant_file
from engine.messages import mark, say

KEY: Final = "canvas"

AWAY: Final = mark("The server does not answer. Go on: what you do is kept, and done when it is back.")


def away_sentence() -> str:
    """Return what is said while the server is away."""
    return say(AWAY)


def mount_library(language: str) -> bool:
    """Bring the canvas's code to the browser; outside of any fragment, so that an edit does not bring it again.

    From the server's route, where it has one and the browser gets through to it, and with it what every picture in
    a language holds; otherwise as one script. Return whether by the route.
    """
    folder = canvas_folder()
    if folder.is_served:
        told = {"folder": folder.path, "loading": LOADING, "constant": constant_file(language)}
        loader = _loader()(key="canvas-loader", data=told, height="content", on_missing_change=lambda: None)
        if not loader.get("missing"):
            return True
    _library()(key="canvas-library", height="content")
    return False


def mount_reconnection() -> None:
    """Tell while the server is away, and have the page run again after a reconnection."""
    told = {"away": away_sentence()}
    _reconnection()(key="canvas-reconnection", data=told, height="content", on_at_change=lambda: None)


def mount_lessons(groups: list[dict[str, Any]], languages: list[dict[str, str]]) -> None:
    """Show the list of lessons, and the languages to choose from.

    Groups have a title and lessons, languages a code and a name. The canvas opens what is chosen.

    As tuples: of a list Streamlit would ask whether it is a table, and import pandas to know, a quarter of a second.
    """
    told = {"groups": tuple(groups), "languages": tuple(languages)}
    _lessons()(key="lesson-list", data=told, height="content")


def mount_canvas(message: bytes, on_outbox: Callable[[], None]) -> None:
    """Show a message on the canvas; `on_outbox` is called when the browser hands over events.

    The events are then in `st.session_state["canvas"]["outbox"]`, as they came: nothing in them is checked yet.

    As bytes: Streamlit would walk and write a dict several times over, and let a NaN through that blanks the page.
    """
    _mounted()(key=KEY, data=message, on_outbox_change=on_outbox, height="stretch")


@cache
def _loader() -> Any:
    return st.components.v2.component("backprop_playground_loader", js=_text("loader.js"))


@cache
def _reconnection() -> Any:
    return st.components.v2.component("backprop_playground_reconnection", js=_text("reconnection.js"))


@cache
def _library() -> Any:
    return st.components.v2.component("backprop_playground_library", js=canvas_script())


@cache
def _lessons() -> Any:
    return st.components.v2.component("backprop_playground_lessons", js=_without_comments(_text("mount_lessons.js")))


@cache
def _mounted() -> Any:
    # It travels with every edit, so it goes without its comments.
    return st.components.v2.component("backprop_playground_canvas", js=_without_comments(_text("mount.js")))


def _without_comments(script: str) -> str:
    return re.sub(r"/\*\*.*?\*/\s*", "", script, flags=re.DOTALL)


def _text(name: str) -> str:
    return (HERE / name).read_text("utf-8")
