"""The log as JSON holds what happened and where, and nothing about a person."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator

import pytest

from components.monitoring.log import JsonFormatter, log_as_json


def line(message: str, *values: object, error: bool = False) -> dict[str, object]:
    trouble = sys.exc_info() if error else None
    record = logging.LogRecord("a.logger", logging.WARNING, "file.py", 7, message, values, trouble)
    written = JsonFormatter().format(record)
    assert "\n" not in written
    told: dict[str, object] = json.loads(written)
    return told


def test_a_record_is_one_line() -> None:
    told = line("Émile's\nfile %d", 3)
    assert (told["level"], told["logger"], told["message"]) == ("WARNING", "a.logger", "Émile's\nfile 3")


def test_a_trace_says_where_and_not_what_somebody_typed() -> None:
    try:
        int("Ada Lovelace")
    except ValueError:
        told = line("A part failed.", error=True)
    assert told["error"] == "ValueError"
    assert str(told["at"]).count("test_log.py") == 1
    assert "Ada" not in json.dumps(told)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("refused 192.168.1.20:5511", "refused (address):5511"),
        ("from 2001:db8::7 and ::1", "from (address) and (address)"),
        ('"GET /?graph=eJxyz&lang=ja" 200', '"GET /?…" 200'),
        ("12:30:05 took 3.5 s of 1.2.3", "12:30:05 took 3.5 s of 1.2.3"),
    ],
)
def test_addresses_and_links_are_left_out(said: str, kept: str) -> None:
    assert line(said)["message"] == kept


@pytest.fixture
def loggers() -> Iterator[None]:
    root = logging.getLogger()
    before, kind = [(handler, handler.formatter) for handler in root.handlers], logging.getLoggerClass()
    yield
    logging.setLoggerClass(kind)
    logging.captureWarnings(False)
    for handler, formatter in before:
        handler.setFormatter(formatter)


@pytest.mark.usefixtures("loggers")
def test_loggers_that_come_later_write_json_too() -> None:
    log_as_json()
    handler = logging.StreamHandler()
    logging.getLogger("of-tomorrow").addHandler(handler)
    assert isinstance(handler.formatter, JsonFormatter)
