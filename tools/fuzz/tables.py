"""Tables of data at random: as spreadsheets write them in several countries, and damaged."""

from __future__ import annotations

import random

_NAMES = ["x", "t", "x1", "x2", "y", "w", "Größe", "", '"x"', "x ", "X", "n1", "\ufeffx", "=x", "'x"]
_CELLS = [
    "0", "1", "-2", "2.5", "1,5", "1.234,5", "1e308", "1e999", "-0", "nan", "inf", "", " ", '"3"', '"1,5"', "½", "1/3",
    "50%", "[1, 2]", "[[1], [2]]", "random(2)", "random(9999, 9999)", "10**10**10", "#DIV/0!", "=A1+B1", "TRUE",
    "1 000", "1\xa0000", "−3", "3;4", "\x00", "\ud800", "1e", "0x1f", "'5", "9" * 4000, "2026-11-27", "12:30", '"', "[",
    "x",
]  # fmt: skip
_ENCODINGS = ["utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252", "utf-32"]


def damaged_table(chance: random.Random) -> bytes:
    """Return the bytes of a table: mostly numbers, with what does not belong into it here and there."""
    columns = chance.choice([1, 2, 2, 3, 3, 12])
    odd = chance.choice([0.0, 0.02, 0.3])
    rows = [[_cell(chance, odd) for _ in range(columns)] for _ in range(chance.choice([0, 1, 4, 4, 30, 600]))]
    names = [chance.choice(_NAMES[:5]) if chance.random() < 0.8 else chance.choice(_NAMES) for _ in range(columns)]
    lines = [*([names] if chance.random() < 0.7 else []), *rows]
    if lines and chance.random() < odd:
        chance.choice(lines).append("7")
    between, end = chance.choice(["\t", ",", ";", ", ", "|", " "]), chance.choice(["\n", "\r\n", "\r", "\n\n"])
    text = end.join(between.join(line) for line in lines) + chance.choice(["", end])
    written = text.encode(chance.choice(_ENCODINGS), "replace")
    if chance.random() < 0.2 and written:
        place = chance.randrange(len(written))
        written = written[:place] + chance.randbytes(chance.randint(0, 3)) + written[place + chance.randint(0, 3) :]
    return written


def _cell(chance: random.Random, odd: float) -> str:
    return chance.choice(_CELLS) if chance.random() < odd else f"{chance.uniform(-9, 9):.3g}"
