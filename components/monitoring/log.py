"""Write the log as JSON, a line each, without what could be about a person.

A trace keeps its places in the code and its kind, and loses its words: an exception's text may quote what somebody
typed. Addresses of computers and what stands behind "?" in a link, which holds a graph, are taken out of messages.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import PurePath
from typing import Final

LOGS_SETTING: Final = "PLAYGROUND_LOGS"
"""An environment variable: "json" for a log that a machine reads; else it is written for people."""

_MAYBE_ADDRESS: Final = re.compile(
    r"\b\d+(?:\.\d+){3}\b|(?<![\w:])[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:]*(?:%\w+)?", re.IGNORECASE
)
_QUERY: Final = re.compile(r"\?[^\s\"']+")


class JsonFormatter(logging.Formatter):
    """Write each record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        told: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _without_people(record.getMessage()),
        }
        if record.exc_info and record.exc_info[0] is not None:
            kind, _, trace = record.exc_info
            told["error"] = kind.__name__
            told["at"] = [f"{PurePath(at.filename).name}:{at.lineno} {at.name}" for at in traceback.extract_tb(trace)]
        return json.dumps(told, ensure_ascii=False)


class _JsonLogger(logging.Logger):
    """Write JSON, whoever adds a handler: Streamlit gives each of its loggers one of its own when it is first used."""

    def addHandler(self, hdlr: logging.Handler) -> None:  # noqa: N802 - the library's name
        hdlr.setFormatter(JsonFormatter())
        super().addHandler(hdlr)


def log_as_json() -> None:
    """Have every logger of this process write JSON, those that are there and those that come."""
    logging.setLoggerClass(_JsonLogger)
    logging.captureWarnings(True)
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.StreamHandler())
    loggers = [logger for logger in logging.Logger.manager.loggerDict.values() if isinstance(logger, logging.Logger)]
    for logger in [root, *loggers]:
        for handler in logger.handlers:
            handler.setFormatter(JsonFormatter())


def _without_people(message: str) -> str:
    return _MAYBE_ADDRESS.sub(_without_address, _QUERY.sub("?…", message))


def _without_address(found: re.Match[str]) -> str:
    with suppress(ValueError):  # of a time, such as 12:30:05
        ip_address(found[0])
        return "(address)"
    return found[0]
