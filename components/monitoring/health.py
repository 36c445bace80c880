"""Answer a proxy, a container's keeper or a person who asks whether the server is well."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from components.server import told_of_end

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route


class Health:
    """Know whether the server takes new pages: from its start until a signal ends it.

    That it answers at all says that its one loop of events goes on. The rooms' database is not asked: the page is of
    use without it, and a restart would not bring it back.
    """

    def __init__(self) -> None:
        self.is_ending = False

    def route(self) -> Route:
        """Return the route `healthz`, whatever prefix the server or a proxy puts before its path."""
        from starlette.routing import Route  # an old Streamlit comes without Starlette

        return Route("/{prefix:path}healthz", self._answer, methods=["GET", "HEAD"])

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Learn of the end inside a `with`."""
        with told_of_end(self._end):
            yield

    def _end(self) -> None:
        self.is_ending = True

    async def _answer(self, _request: Request) -> Response:
        from starlette.responses import JSONResponse

        told, status = ("ending", 503) if self.is_ending else ("ok", 200)
        return JSONResponse({"status": told}, status, headers={"Cache-Control": "no-store"})
