"""Send every message at once.

Streamlit makes its listening socket without naming the protocol, and asyncio switches Nagle's algorithm off only where
it is named: of the handful of small messages that answer an edit, all but the first then wait for the browser's
delayed acknowledgement, some 40 ms.
"""

from __future__ import annotations

import gc
import socket


def send_at_once() -> int:
    """Switch Nagle's algorithm off for this process's listening TCP sockets; return for how many.

    Connections accepted later inherit it. To be called before `gc.freeze`, which would hide the sockets.
    """
    # Neither Streamlit nor uvicorn hands its socket on, not even to a lifespan: it is found among all objects. By type,
    # since isinstance would ask each object for its class, and a dead weak proxy answers with ReferenceError.
    sockets = [each for each in gc.get_objects() if issubclass(type(each), socket.socket) and _is_listening(each)]
    for each in sockets:
        each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return len(sockets)


def _is_listening(candidate: socket.socket) -> bool:
    if candidate.fileno() < 0 or candidate.type != socket.SOCK_STREAM:
        return False
    is_tcp = candidate.family in (socket.AF_INET, socket.AF_INET6)
    return is_tcp and bool(candidate.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
