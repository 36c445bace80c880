"""A host of static files for the page without a server; and one whose page finds its Python here, not in a worker.

In the place of Pyodide the page's own entry, `components.site.Page`, runs in this process: what the page says to its
worker comes here, and what the worker would say goes back. All else is the page as it is handed out.
"""

from __future__ import annotations

import json
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

from components.site import Page

_TO_PYTHON: Final = "/python-of-this-test"
_WORKER: Final = """
const name = Math.random().toString(36).slice(2);
let last = Promise.resolve();
addEventListener("message", ({ data }) => {
  last = last.then(async () => {
    const answer = await fetch("%s?" + name, { method: "POST", body: JSON.stringify(data) });
    for (const told of await answer.json()) postMessage(told);
  }).catch((error) => postMessage({ fault: String(error) }));
});
"""


class SiteHost:
    """Serve a folder on a free port; use as a context manager. `runs_python` stands in for Pyodide."""

    def __init__(self, folder: Path, *, runs_python: bool = False) -> None:
        self._pages: dict[str, Page] = {}
        handler = partial(_Handler, directory=str(folder), pages=self._pages if runs_python else None)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://localhost:{self._server.server_address[1]}/"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> SiteHost:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """Answer nothing any more; may be called twice."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *args: Any, pages: dict[str, Page] | None, **more: Any) -> None:
        self._pages = pages
        super().__init__(*args, **more)

    def log_message(self, *_: object) -> None:
        """Write nothing down."""

    def do_GET(self) -> None:
        if self._pages is not None and self.path.endswith("/worker.js"):
            self._answer((_WORKER % _TO_PYTHON).encode(), "text/javascript")
        else:
            super().do_GET()

    def do_POST(self) -> None:
        assert self._pages is not None
        path, _, name = self.path.partition("?")
        assert path == _TO_PYTHON
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._answer(json.dumps(self._told(said, name, self._pages)).encode(), "application/json")

    def _told(self, said: dict[str, Any], name: str, pages: dict[str, Page]) -> list[dict[str, Any]]:
        """Answer as `components/canvas/site/worker.js` does."""
        if "begin" in said:
            page = pages[name] = Page(json.dumps(said["begin"]["page"]))
            return [
                {"progress": ["fetching", 1]},
                {"progress": ["starting", 1], "beside": page.beside(), "message": page.message()},
            ]
        if "save" in said:
            return [{"document": pages[name].document()}]
        return [{"message": pages[name].receive(json.dumps(said["outbox"]))}]

    def _answer(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
