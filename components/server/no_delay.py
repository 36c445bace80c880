"""Send every message at once.

Streamlit binds its socket in a way that leaves Nagle's algorithm on: of the handful of small messages that answer an
edit, all but the first wait for the browser's delayed acknowledgement, some 40 ms.
"""

from __future__ import annotations

import gc
import socket


def send_at_once() -> int:
    """Switch Nagle's algorithm off for this process's TCP sockets; return for how many.

    Connections accepted later inherit it from the listening socket, so one call a process is enough. To be called
    before `gc.freeze`, which would hide the sockets.
    """
    sockets = [each for each in gc.get_objects() if isinstance(each, socket.socket) and _is_open_tcp(each)]
    for each in sockets:
        each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return len(sockets)


def _is_open_tcp(candidate: socket.socket) -> bool:
    is_tcp = candidate.family in (socket.AF_INET, socket.AF_INET6) and candidate.type == socket.SOCK_STREAM
    return is_tcp and candidate.fileno() >= 0
