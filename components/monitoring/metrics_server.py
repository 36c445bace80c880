"""Serve what is counted on a port of its own, which the page's visitors never reach."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

METRICS_PORT_SETTING: Final = "PLAYGROUND_METRICS_PORT"
"""An environment variable: the port on which Prometheus finds the metrics; none where it is not set."""
METRICS_ADDRESS_SETTING: Final = "PLAYGROUND_METRICS_ADDRESS"
"""An environment variable: the address that port belongs to; this computer's own ("127.0.0.1") unless it is set."""
_MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS: Final = 10


@contextmanager
def serving_metrics(text: Callable[[], str], port: int, address: str = "127.0.0.1") -> Iterator[int]:
    """Serve what `text` returns at /metrics inside a `with`; yield the port. Port 0 takes a free one.

    Raises OSError where the port is taken.
    """

    class Handler(BaseHTTPRequestHandler):
        timeout = _SECONDS  # who connects and asks for nothing is not waited for

        def do_GET(self) -> None:
            if self.path.partition("?")[0] != "/metrics":
                self.send_error(404)
                return
            body = text().encode()
            self.send_response(200)
            self.send_header("Content-Type", _MEDIA_TYPE)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: it would be said every few seconds."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

    with Server((address, port), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.1,), name="metrics", daemon=True)
        thread.start()
        try:
            yield int(server.server_address[1])
        finally:
            server.shutdown()
            thread.join()
