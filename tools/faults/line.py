"""A line between browser and server that can be cut: what was under way is lost, and nobody gets through."""

from __future__ import annotations

import selectors
import socket
import threading
from contextlib import suppress
from types import TracebackType

_CHUNK = 65_536


class Line:
    """Hand everything that comes to a port of its own on to the server's, and back; use as a context manager."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._is_cut = False
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Line:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._listening.close()
        self.cut()

    def cut(self) -> None:
        """Break every connection, and let no other come about."""
        with self._lock:
            self._is_cut = True
            broken, self._open = self._open, set()
        for each in broken:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """Let connections come about again."""
        self._is_cut = False

    def _accept(self) -> None:
        while True:
            try:
                browser, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(browser,), daemon=True).start()

    def _carry(self, browser: socket.socket) -> None:
        with browser:
            try:
                server = socket.create_connection(("127.0.0.1", self._server_port))
            except OSError:
                return
            with server:
                with self._lock:
                    if self._is_cut:
                        return
                    self._open |= {browser, server}
                with suppress(OSError):
                    _hand_over(browser, server)
                with self._lock:
                    self._open -= {browser, server}


def _hand_over(one: socket.socket, other: socket.socket) -> None:
    """Hand on what either says until one of them is silent for good."""
    with selectors.DefaultSelector() as waiting:
        waiting.register(one, selectors.EVENT_READ, other)
        waiting.register(other, selectors.EVENT_READ, one)
        while True:
            for key, _ in waiting.select():
                said = key.fileobj.recv(_CHUNK)  # type: ignore[union-attr]
                if not said:
                    return
                key.data.sendall(said)
