"""Serve files over HTTP below a path that changes with their content, so that a browser asks for them once."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

MEDIA_TYPES: Final = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}
_HEADERS: Final = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Vary": "Accept-Encoding",
    "X-Content-Type-Options": "nosniff",
}
_HASH_CHARACTERS: Final = 16


@dataclass(frozen=True)
class _File:
    content: bytes
    media_type: str

    @cached_property
    def compressed(self) -> bytes:
        return gzip.compress(self.content, mtime=0)


class ServedFolder:
    """Hold the files that are served below one path, all of them in memory; nothing else can be asked for.

    A change of any file changes the path, so an answer is good for ever.
    """

    def __init__(self, name: str, files: Mapping[str, str | bytes]) -> None:
        """Take the files by their paths in the folder; raise KeyError for a kind without a media type."""
        digest = hashlib.sha256()
        self._files: dict[str, _File] = {}
        for path, content in sorted(files.items()):
            written = content.encode() if isinstance(content, str) else content
            file = _File(written, MEDIA_TYPES[path[path.rindex(".") :]])
            digest.update(f"{path}\0{len(file.content)}\0".encode() + file.content)
            self._files[path] = file
        self.path: Final = f"{name}/{digest.hexdigest()[:_HASH_CHARACTERS]}/"
        """Where the folder stands, as seen from the page's own address."""
        self.is_served = False
        """Whether this process's server was given the route."""

    def __contains__(self, path: str) -> bool:
        """Return whether there is a file of this path in the folder."""
        return path in self._files

    def route(self) -> Route:
        """Return the route that serves the folder, whatever prefix the server or a proxy puts before its path."""
        from starlette.routing import Route  # an old Streamlit comes without Starlette, and has no use for a route

        self.is_served = True
        for file in self._files.values():
            _ = file.compressed  # now, so that no first visitor waits for it
        return Route(f"/{{prefix:path}}{self.path}{{path:path}}", self._answer)

    async def _answer(self, request: Request) -> Response:
        from starlette.responses import PlainTextResponse, Response

        file = self._files.get(request.path_params["path"])
        if file is None:
            return PlainTextResponse("Not found", status_code=404)
        if "gzip" not in request.headers.get("Accept-Encoding", ""):
            return Response(file.content, headers=_HEADERS, media_type=file.media_type)
        return Response(file.compressed, headers={**_HEADERS, "Content-Encoding": "gzip"}, media_type=file.media_type)
