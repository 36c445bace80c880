from __future__ import annotations

import gc
import socket
import weakref

import pytest

from components.server import send_at_once


def test_listening_and_accepted_sockets_send_at_once() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        assert listening.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 0
        assert send_at_once() >= 1
        with socket.create_connection(listening.getsockname()) as client:
            accepted, _ = listening.accept()
            with accepted:
                assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
            assert client.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 0


def test_closed_sockets_are_left_alone() -> None:
    closed = socket.socket()
    closed.close()
    send_at_once()


def test_a_dead_weak_proxy_is_no_trouble() -> None:
    class Gone:
        pass

    gone = Gone()
    held = [weakref.proxy(gone)]
    del gone
    with pytest.raises(ReferenceError):
        isinstance(held[0], socket.socket)
    assert any(each is held[0] for each in gc.get_objects())  # so it is among what is walked
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        assert send_at_once() >= 1


def test_only_listening_sockets_are_changed() -> None:
    with socket.socket() as idle:
        send_at_once()
        assert idle.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 0
