"""What Python runs, opens or reaches while something is read: heard by its audit hook."""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_DANGEROUS = (
    "exec",
    "open",
    "os.system",
    "os.exec",
    "subprocess.Popen",
    "socket.connect",
    "ctypes.dlopen",
    "os.remove",
)
_LIBRARY = (sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"), sysconfig.get_path("purelib"))

_listeners: list[list[str]] = []
_hooked: list[bool] = []


def _listen(event: str, arguments: tuple[Any, ...]) -> None:
    if _listeners and event in _DANGEROUS:
        name = getattr(arguments[0], "co_filename", "") if event == "exec" else str(arguments[0])
        compiled_by_the_playground = event == "exec" and name == "<program>"
        # Python looks for the file of a line with a syntax error: what is parsed as "<formula>" has none.
        cited = event == "open" and name.startswith("<") and name.endswith(">")
        if not compiled_by_the_playground and not cited:
            _listeners[-1].append(f"{event} {name}")


@contextmanager
def listening() -> Iterator[list[str]]:
    """Hand out a list of what runs, opens a file or reaches out meanwhile, each as "event name"."""
    if not _hooked:  # a hook stays for the life of the process
        sys.addaudithook(_listen)
        _hooked.append(True)
    _listeners.append([])
    try:
        yield _listeners[-1]
    finally:
        _listeners.pop()


def may_be_loading(heard: str) -> bool:
    """Tell whether it may be a file of Python's library or of an installed package, or what such a file compiles."""
    event, _, name = heard.partition(" ")
    is_file = name.startswith(_LIBRARY) and name.endswith((".py", ".pyc"))
    return (event in ("exec", "open") and is_file) or (event == "exec" and name.startswith("<"))
