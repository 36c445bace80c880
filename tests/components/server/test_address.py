"""At which address students find the page."""

from __future__ import annotations

import socket
from ipaddress import ip_address

import pytest

from components.server import Listening, address_for_students
from components.server.address import local_address

LOCAL = "192.168.178.20"
LAPTOP = "http://localhost:8501"


def found(
    browser: str = LAPTOP,
    headers: dict[str, str] | None = None,
    listening: Listening | None = None,
    setting: str = "",
    own: str = LOCAL,
) -> tuple[str, str]:
    address = address_for_students(
        browser, headers or {}, listening or Listening(), setting=setting, own_address=lambda: own
    )
    return address.url, address.remark


@pytest.mark.parametrize(
    ("browser", "url"),
    [
        ("http://localhost:8501", f"http://{LOCAL}:8501/"),
        ("http://127.0.0.1:8600/", f"http://{LOCAL}:8600/"),
        ("http://[::1]:8501", f"http://{LOCAL}:8501/"),
        ("http://0.0.0.0:8501", f"http://{LOCAL}:8501/"),
        ("http://localhost:8501/class/of-30/", f"http://{LOCAL}:8501/class/of-30/"),
        ("", f"http://{LOCAL}:8501/"),  # a browser that has not said where it is
        ("javascript:alert(1)", f"http://{LOCAL}:8501/"),
    ],
)
def test_on_a_laptop_it_is_the_one_in_the_local_network(browser: str, url: str) -> None:
    address, remark = found(browser)
    assert address == url
    assert "same network" in remark
    assert "localhost" not in address


@pytest.mark.parametrize(
    "url",
    ["https://school.example/backprop/", "http://192.168.178.20:8501/", "http://classroom.local:8501/"],
)
def test_an_address_that_others_can_use_stays(url: str) -> None:
    assert found(url) == (url, "")
    assert found(url.rstrip("/"), {"X-Forwarded-Host": "inside.example"}) == (url, "")


def test_a_proxys_address_counts_where_the_browser_is_on_the_servers_computer() -> None:
    headers = {"X-Forwarded-Host": "school.example, inside", "X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/a"}
    assert found(headers=headers) == ("https://school.example/a/", "")
    assert found("", {"X-Forwarded-Host": "school.example"}) == ("http://school.example/", "")
    assert found(headers={"X-Forwarded-Host": "localhost:8080"})[0] == f"http://{LOCAL}:8501/"


def test_what_was_set_counts_before_all() -> None:
    assert found("https://school.example", setting="10.0.0.7:8501") == ("http://10.0.0.7:8501/", "")
    assert found(setting="https://a.example/b") == ("https://a.example/b/", "")
    for wrong in ("http://", "ftp://a.example", "a b", "http://a:b:c", "https://me:secret@a.example"):
        url, remark = found(setting=wrong)
        assert url == ""
        assert remark.startswith("PLAYGROUND_ADDRESS is not an address")


def test_a_server_that_only_its_own_computer_reaches_says_which_setting_lets_students_in() -> None:
    for host in ("localhost", "127.0.0.1", "::1"):
        url, remark = found(listening=Listening(host))
        assert url == f"{LAPTOP}/"
        assert f"listens on {host}" in remark
        assert "server.address" in remark
    assert found(listening=Listening("0.0.0.0"))[0] == f"http://{LOCAL}:8501/"
    assert found(listening=Listening("10.1.2.3"))[0] == "http://10.1.2.3:8501/"
    assert found("", listening=Listening("fd00::5", 80, "class", is_secure=True))[0] == "https://[fd00::5]:80/class/"


def test_without_a_network_it_is_said() -> None:
    url, remark = found(own="")
    assert url == f"{LAPTOP}/"
    assert "in no network" in remark


def test_the_systems_way_out_names_this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    address = local_address()
    assert address == "" or not ip_address(address).is_loopback

    def refuse(*_: object) -> None:
        raise OSError("Network is unreachable")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    entries = [(0, 0, 0, "", (each, 0)) for each in ("127.0.1.1", "169.254.3.4", "10.9.8.7")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: entries)
    assert local_address() == "10.9.8.7"
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert local_address() == ""
