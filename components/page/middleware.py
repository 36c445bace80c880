"""What stands between a browser and the page's server, from the outermost on."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from components.monitoring import LOGS_SETTING, CountedRequests, log_as_json
from components.page.completion import lines_for_head, lines_for_page
from components.protection import (
    FRAMES_SETTING,
    HOSTS_SETTING,
    BoundedUploads,
    ClosedPaths,
    Held,
    KnownAddresses,
    KnownHosts,
    SecurityHeaders,
    hashes_of_inline_scripts,
    named_hosts,
    named_sites,
)
from components.server import ADDRESS_SETTING, APP_SETTING, CompletedPage, NamedApp, WithoutConnectionDialog

if TYPE_CHECKING:
    from starlette.middleware import Middleware


def page_middleware() -> list[Middleware]:
    """Return the middleware for `st.App`."""
    from starlette.middleware import Middleware  # an old Streamlit comes without Starlette

    settings = os.environ.get
    if settings(LOGS_SETTING) == "json":
        log_as_json()  # before any setting is read, of which the log may have to tell
    megabytes: int = st.get_option("server.maxUploadSize")
    return [
        Middleware(  # outermost, so that a refusal has the headers too
            SecurityHeaders,
            frames=named_sites(settings(FRAMES_SETTING, "")),
            scripts=hashes_of_inline_scripts(_page_of_streamlit()),
        ),
        Middleware(KnownAddresses),
        Middleware(NamedApp, name=settings(APP_SETTING, "")),
        Middleware(
            KnownHosts,
            named=named_hosts(
                settings(HOSTS_SETTING, ""),
                settings(ADDRESS_SETTING, ""),
                st.get_option("browser.serverAddress") or "",
                *(st.get_option("server.allowedHosts") or ()),
            ),
        ),
        Middleware(ClosedPaths),
        Middleware(BoundedUploads, held=_held_uploads, largest=megabytes * 1024 * 1024),
        Middleware(CountedRequests),
        Middleware(WithoutConnectionDialog),
        Middleware(CompletedPage, lines=lines_for_page, head=lines_for_head),
    ]


def _page_of_streamlit() -> str:
    return (Path(st.__file__).parent / "static" / "index.html").read_text("utf-8")


def _held_uploads(session: str) -> Held:
    """Return what Streamlit holds of a session's files, and of all."""
    # Streamlit's face to uploads asks for the ids of files, which are what is to be found; what it keeps is by session.
    kept = getattr(st.runtime.get_instance().uploaded_file_mgr, "file_storage", {})
    sizes = [len(file.data) for files in list(kept.values()) for file in list(files.values())]
    return Held(len(kept.get(session, ())), sum(sizes))
