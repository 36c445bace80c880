"""Shorten a script that is too long for the panel: long arrays first, then the lines at its end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from components.text import counted
from engine.messages import say, say_count
from engine.replay import Line

SCRIPT_CHARACTERS = 60_000
"""Up to here a script is shown whole."""
_LONG_ARRAY = 400
_SHOWN_NUMBERS = 3
_ARRAY = re.compile(r"\[[^\n]*\]")
_NUMBER = re.compile(r"[^\s,\[\]]+")


def shortened(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a script, if they are too many characters with "..." and a count where some are left out.

    Python refuses to compute with "...": a script that was shortened never gives other numbers.
    """
    if _size(lines) <= SCRIPT_CHARACTERS:
        return list(lines)
    lines = [_with_short_array(line) for line in lines]
    room, kept = SCRIPT_CHARACTERS, list[Line]()
    for line in lines:
        room -= _size([line])
        if room < 0:
            break
        kept.append(line)
    if left := len(lines) - len(kept):
        told = say_count("{count} more line is left out here.", "{count} more lines are left out here.", left)
        kept += [Line("..."), Line(f"# {told}")]
    shortened = say("Shortened: what is left out here stands in the file that Save writes.")
    return [Line(f"# {shortened}"), *kept]


def _size(lines: Sequence[Line]) -> int:
    return sum(len(line.text) + 1 for line in lines)


def _with_short_array(line: Line) -> Line:
    array = _ARRAY.search(line.text)
    if array is None or len(array[0]) <= _LONG_ARRAY:
        return line
    first = ", ".join(found[0] for found in islice(_NUMBER.finditer(array[0]), _SHOWN_NUMBERS))
    count = array[0].count(",") + 1
    told = say(
        "{left} of {count} numbers are left out",
        left=counted(count - _SHOWN_NUMBERS),
        count=counted(count),
    )
    text = f"{line.text[: array.start()]}[{first}, ...]{line.text[array.end() :]}  # {told}"
    return replace(line, text=text)
