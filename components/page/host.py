"""Streamlit as the host of one page: the only file that reads and writes `st.session_state`."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from components.border import log_fault, or_none
from components.canvas import KEY as CANVAS_KEY
from components.canvas import constant_file, mount_library
from components.channel import Channel, OpenSessions
from components.monitoring import measures
from components.page.fields import Fields
from components.server import ADDRESS_SETTING, Address, Listening, address_for_students
from components.state import Playground, Session, begin, encoded
from engine.command import graph_to_open
from engine.document import Graph
from engine.messages import ENGLISH, say, using_language

if TYPE_CHECKING:
    from components.rooms import RoomServer

ROOMS_SETTING = "PLAYGROUND_ROOMS"
"""An environment variable: "off" where nobody is to open a room."""
_ROOT = Path(__file__).parents[2]
LINK_PARAMETER = "graph"
LANGUAGE_PARAMETER = "lang"
FIRST_STEPS_SETTING = "PLAYGROUND_FIRST_STEPS"
"""An environment variable: "off" where a browser's first visit is not to be offered four first steps."""
LANGUAGE_COOKIE = "backprop-playground-language"
"""Holds the language that was chosen in this browser; set by `components/canvas/panels/language_choice.js`."""

_SESSION_KEY = "playground"
_FIELDS_KEY = "fields"


def current() -> Session:
    """Return this page's session; the first call opens the graph of the page's link, or else the first lesson."""
    session: Session | None = st.session_state.get(_SESSION_KEY)
    if session is None:
        asked = st.query_params.get(LANGUAGE_PARAMETER, "")
        link, preferred = st.query_params.get(LINK_PARAMETER, ""), _preferred_languages()
        session = begin(link, chosen=asked, preferred=preferred, graph=or_none(first_graph))
        st.session_state[_SESSION_KEY] = session
        open_sessions().add(session)
    return session


def _preferred_languages() -> list[str]:
    """Return the tags of the languages that a browser prefers: what was chosen in it, then what it asks for."""
    context = st.context
    accepted = [tag.partition(";")[0] for tag in context.headers.get("Accept-Language", "").split(",")]
    return [context.cookies.get(LANGUAGE_COOKIE, ""), context.locale or "", *accepted]


@cache
def first_graph() -> Graph | None:
    """Return the graph that this server was started with; None where it is the first lesson's."""
    return graph_to_open()


@cache
def open_sessions() -> OpenSessions:
    """Return the sessions of all pages that this process has open."""
    return OpenSessions()


@cache
def page_channel() -> Channel:
    """Return the canvas's own way to the sessions of this process."""
    return Channel("canvas-channel", open_sessions(), _allowed_origins)


@cache
def page_rooms() -> RoomServer:
    """Return the rooms of this server's classes; the database is opened when somebody first asks for one."""
    from components.rooms import RoomServer, database_of_environment  # a host without routes needs no database

    # Beside the app; an installed one stands among the libraries, where no data belongs.
    folder = _ROOT if (_ROOT / "streamlit_app.py").is_file() else Path.cwd()
    return RoomServer(database_of_environment(folder), _allowed_origins)


def _allowed_origins() -> Collection[str]:
    origins: list[str] = st.get_option("server.corsAllowedOrigins")
    return origins if st.get_option("server.enableCORS") else ("*",)


def bring_canvas() -> None:
    """Bring the canvas's code to the browser, and know whether it has what every picture holds."""
    session = current()
    is_known = mount_library(session.language)
    with session.lock:
        session.spare_constant_part(is_known=is_known)


def message_for_canvas() -> bytes:
    """Return what the canvas is to be told, and what only the host knows: where channel and page are found."""
    session, channel = current(), page_channel()
    with session.lock:
        message = session.message()
    told: dict[str, Any] = {"spared": constant_file(session.language)} if session.browser.pictures.spared else {}
    if channel.is_served:
        told["channel"] = channel.name
    if page_rooms.cache_info().currsize and page_rooms().is_served:  # else nobody has asked for its routes
        told["rooms"] = page_rooms().path
    if address := or_none(_address):
        told["address"] = vars(address)
    if os.environ.get(FIRST_STEPS_SETTING) == "off":
        told["firstSteps"] = False
    answer = encoded({**message, **told})
    measures().count_answer(sent=len(answer))
    return answer


def _address() -> Address:
    """Return where others than this page's browser find the page."""
    listening = Listening(
        st.get_option("server.address") or "",
        int(st.get_option("server.port")),
        st.get_option("server.baseUrlPath") or "",
        bool(st.get_option("server.sslCertFile")),
    )
    context = st.context
    return address_for_students(
        context.url or "", context.headers, listening, setting=os.environ.get(ADDRESS_SETTING, "").strip()
    )


def current_playground() -> Playground:
    """Return the playground of this page's session."""
    return current().playground


def current_fields() -> Fields:
    """Return what is to be kept of this page's own fields from one run of the script to the next."""
    fields: Fields = st.session_state.setdefault(_FIELDS_KEY, Fields())
    return fields


def take_outbox() -> None:
    """Hand the session what the canvas has just handed over."""
    try:
        handed = st.session_state.get(CANVAS_KEY)
        outbox = handed.get("outbox") if handed is not None else None
        if outbox is not None:
            session = current()
            with session.lock:
                began, done = time.perf_counter(), session.browser.applied
                session.receive(outbox)
                measures().count_answer(session.browser.applied - done, time.perf_counter() - began)
    except Exception:
        log_fault("An outbox could not be taken in.")


def perform(action: Callable[..., object], *args: object) -> None:
    """Do what a button asks for: a callback never ends in Streamlit's error box."""
    session = current()
    with session.lock:
        current_fields().perform(session, action, *args)


@contextmanager
def part_of_page() -> Iterator[None]:
    """Draw a part of the page in its language inside a `with`; where that fails, the part says so and the rest goes on.

    What Streamlit itself raises to end or repeat a run is no Exception, and passes.
    """
    with using_language(or_none(lambda: current().language) or ENGLISH):
        try:
            yield
        except Exception:
            log_fault("A part of the page could not be drawn.")
            st.error(say("This part of the page could not be drawn. The rest goes on."))


def widget_value(key: str) -> Any:
    """Return what the user has put into a widget."""
    return st.session_state.get(key)
