"""A server answers to its own names and to those that were named."""

from __future__ import annotations

import socket

import pytest

from components.protection import KnownHosts, named_hosts
from tests.components.protection.asking import asked, here

LAPTOP = ["localhost:8501", "127.0.0.1:8501", "[::1]:8501", "192.168.1.20:8501", "10.1.2.3", "172.16.0.9:80"]
LAPTOP += ["100.64.1.2", "169.254.7.7", "[fe80::1]:8501", "teacher.local:8501", "TEACHER.LOCAL.", "teacher", "pc.lan"]
FOREIGN = ["evil.example", "evil.example:8501", "localhost.evil.example", "192.168.1.20.evil.example", "evillocal.com"]
FOREIGN += ["8.8.8.8", "", "a@localhost", "localhost/x", "[::1", "localhost:x", "localhost:0"]


@pytest.mark.parametrize("host", LAPTOP)
def test_a_laptop_is_reached_by_every_name_that_a_class_has_for_it(host: str) -> None:
    assert asked(KnownHosts, host=host).text == "here"
    assert asked(KnownHosts, host=host, kind="websocket").messages == [{"type": "websocket.accept"}]


@pytest.mark.parametrize("host", FOREIGN)
def test_a_name_that_leads_here_from_elsewhere_is_refused(host: str) -> None:
    assert asked(KnownHosts, host=host).status == 400
    assert asked(KnownHosts, host=host, kind="websocket").messages == [{"type": "websocket.close", "code": 1008}]


def test_the_refusal_is_one_sentence_in_the_browsers_language() -> None:
    sentence = "This server does not answer to the name evil.example; whoever runs it can add it to PLAYGROUND_HOSTS."
    assert asked(KnownHosts, host="Evil.example:80").text == sentence
    assert "PLAYGROUND_HOSTS" in (told := asked(KnownHosts, host="evil.example", accept_language="ja,en").text)
    assert told != sentence


def test_names_are_named_one_by_one_or_by_all_below_one() -> None:
    named = named_hosts("school.example, *.uni.example", "https://Class.example:8443/backprop")

    def status(host: str) -> int:
        return asked(lambda app: KnownHosts(app, named=named), host=host).status

    known = ["school.example", "a.uni.example:443", "a.b.uni.example", "class.example", "localhost"]
    assert [status(host) for host in known] == [200] * len(known)
    unknown = ["uni.example", "evil-school.example", "auni.example"]
    assert [status(host) for host in unknown] == [400] * len(unknown)
    assert asked(lambda app: KnownHosts(app, named=named_hosts("*")), host="evil.example").text == "here"


def test_a_public_server_is_reached_at_its_own_address_and_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(KnownHosts, host="8.8.4.4", server=("8.8.4.4", 8501)).text == "here"
    monkeypatch.setattr(socket, "gethostname", lambda: "Playground.school.example")
    assert KnownHosts(here).is_known("playground.school.example:80")
    assert not KnownHosts(here).is_known("other.school.example:80")


def test_an_old_probe_names_no_host() -> None:
    assert asked(KnownHosts).text == "here"
