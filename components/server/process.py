"""What happens once a process: at the server's start, and at its end."""

from __future__ import annotations

import atexit
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from functools import cache
from typing import Final

from components.server.garbage import collecting_on_a_clock
from components.server.no_delay import send_at_once

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
    with prepared_process():
        yield


@cache
def prepare_process() -> None:
    """Prepare the process until it ends, for a host that tells nobody of its start and end."""
    _for_good.enter_context(prepared_process())
