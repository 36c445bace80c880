"""What happens once a process: at the server's start, and at its end."""

from __future__ import annotations

import atexit
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from functools import cache
from importlib import import_module
from typing import Final

from components.server.garbage import collecting_on_a_clock
from components.server.no_delay import send_at_once

_IMPORTED_BY_FIRST_PAGE: Final = ("pandas", "pyarrow")
"""Streamlit imports them when it looks for tables among a component's data, 0.4 s in which the first visitor waited."""
_prepared: Final = threading.Lock()
_for_good: Final = ExitStack()
atexit.register(_for_good.close)


@contextmanager
def prepared_process() -> Iterator[None]:
    """Prepare the process, and put it back at the end; do nothing where it is prepared already."""
    if not _prepared.acquire(blocking=False):
        yield
        return
    try:
        send_at_once()  # before what is alive is frozen, which would hide the sockets
        with collecting_on_a_clock():
            yield
    finally:
        _prepared.release()


@asynccontextmanager
async def process_lifespan(_app: object) -> AsyncIterator[None]:
    """Prepare the process from the server's start to its end: a `lifespan` for `st.App`."""
    for name in _IMPORTED_BY_FIRST_PAGE:
        with suppress(ImportError):
            import_module(name)  # before what is alive is frozen, too
    with prepared_process():
        yield


@cache
def prepare_process() -> None:
    """Prepare the process until it ends, for a host that tells nobody of its start and end."""
    _for_good.enter_context(prepared_process())
