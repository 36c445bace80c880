"""Every answer says what a browser may do with the page."""

from __future__ import annotations

import logging

import pytest

from components.protection import SecurityHeaders, hashes_of_inline_scripts, named_sites
from tests.components.protection.asking import asked


def policy(headers: dict[str, str]) -> dict[str, str]:
    parts = [part.partition(" ") for part in headers["content-security-policy"].split("; ")]
    return {name: sources for name, _, sources in parts}


def test_the_page_runs_its_own_scripts_alone_and_is_framed_by_itself_alone() -> None:
    answer = asked(SecurityHeaders)
    told = policy(answer.headers)
    assert answer.text == "here"
    assert told["script-src"] == "'self' blob: 'wasm-unsafe-eval'"
    assert told["frame-ancestors"] == "'self'"
    assert told["object-src"] == "'none'"
    assert "*" not in answer.headers["content-security-policy"]
    assert "https:" not in answer.headers["content-security-policy"]
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "camera=()" in answer.headers["permissions-policy"]


def test_what_an_answer_says_itself_stays() -> None:
    assert asked(SecurityHeaders).headers["referrer-policy"] == "no-referrer"


def test_sites_that_are_named_may_frame_it(caplog: pytest.LogCaptureFixture) -> None:
    sites = named_sites("https://moodle.school.example, https://*.uni.example:8443")
    answer = asked(lambda app: SecurityHeaders(app, frames=sites))
    assert (
        policy(answer.headers)["frame-ancestors"] == "'self' https://moodle.school.example https://*.uni.example:8443"
    )
    assert "x-frame-options" not in answer.headers  # it would refuse them
    with caplog.at_level(logging.WARNING):
        assert named_sites("a.example; script-src *") == []
    assert "'a.example;'" in caplog.text


def test_a_script_within_the_page_is_named_by_its_hash() -> None:
    # printf 'alert(1)' | openssl dgst -sha256 -binary | base64
    page = '<script src="a.js"></script><script>alert(1)</script>'
    (named,) = hashes_of_inline_scripts(page)
    assert named == "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"
    assert policy(asked(lambda app: SecurityHeaders(app, scripts=[named])).headers)["script-src"].endswith(named)


def test_a_websocket_passes_untouched() -> None:
    assert asked(SecurityHeaders, kind="websocket").messages == [{"type": "websocket.accept"}]
