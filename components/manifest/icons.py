"""The icon: two inputs wired to an op, as SVG and, for systems that take no SVG, as PNG."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

_UNITS: Final = 32
_STROKE: Final = 3.0
_WIRE, _INPUT, _OP, _GROUND = "#4B4FC4", "#0072B2", "#B34700", "#FFFFFF"
_ROUNDING: Final = 6.0
"""Of the ground's corners."""
_SAFE_SHARE: Final = 0.72
"""How large the drawing is in an icon that a system cuts to a form of its own: a circle of 80 % is always seen."""

_Field = NDArray[np.float64]


class _Form(Protocol):
    def distance(self, x: _Field, y: _Field) -> _Field:
        """Return how far places are outside, in the icon's units; below 0 inside."""


@dataclass(frozen=True)
class _Wire:
    start: tuple[float, float]
    end: tuple[float, float]

    def distance(self, x: _Field, y: _Field) -> _Field:
        (x0, y0), (x1, y1) = self.start, self.end
        along = np.clip(((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / ((x1 - x0) ** 2 + (y1 - y0) ** 2), 0, 1)
        return np.hypot(x - x0 - along * (x1 - x0), y - y0 - along * (y1 - y0)) - _STROKE / 2


@dataclass(frozen=True)
class _Disc:
    x: float
    y: float
    radius: float

    def distance(self, x: _Field, y: _Field) -> _Field:
        return np.hypot(x - self.x, y - self.y) - self.radius


@dataclass(frozen=True)
class _Box:
    x: float
    y: float
    size: float
    rounding: float

    def distance(self, x: _Field, y: _Field) -> _Field:
        half = self.size / 2
        across = np.abs(x - self.x - half) - half + self.rounding
        down = np.abs(y - self.y - half) - half + self.rounding
        outside = np.hypot(np.maximum(across, 0), np.maximum(down, 0))
        return outside + np.minimum(np.maximum(across, down), 0) - self.rounding


_WIRES: Final = (_Wire((9, 9), (22, 16)), _Wire((9, 23), (22, 16)))
_INPUTS: Final = (_Disc(8, 9, 5), _Disc(8, 23, 5))
_OP_BOX: Final = _Box(19, 11, 10, 2.5)


def icon_svg() -> str:
    """Return the icon as SVG, without a ground."""
    wires = "".join(f"M{x0:g} {y0:g} {x1:g} {y1:g}" for (x0, y0), (x1, y1) in ((w.start, w.end) for w in _WIRES))
    discs = "".join(f'<circle cx="{d.x:g}" cy="{d.y:g}" r="{d.radius:g}" fill="{_INPUT}"/>' for d in _INPUTS)
    box = _OP_BOX
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_UNITS} {_UNITS}">'
        f'<path d="{wires}" stroke="{_WIRE}" stroke-width="{_STROKE:g}" fill="none"/>{discs}'
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.size:g}" height="{box.size:g}"'
        f' rx="{box.rounding:g}" fill="{_OP}"/></svg>\n'
    )


def icon_png(size: int, *, maskable: bool = False) -> bytes:
    """Return the icon as PNG of so many pixels a side, on a white ground.

    One that is `maskable` is white to its edges, and so small in them that a system may cut it to a form of its own.
    """
    share = _SAFE_SHARE if maskable else 0.9
    unit = size * share / _UNITS  # in pixels
    places = (np.arange(size) + 0.5 - size / 2) / unit + _UNITS / 2
    y, x = np.meshgrid(places, places, indexing="ij")
    edge = _UNITS / share
    ground = _Box((_UNITS - edge) / 2, (_UNITS - edge) / 2, edge, 0 if maskable else _ROUNDING)
    forms: tuple[tuple[_Form, str], ...] = (
        (ground, _GROUND),
        *((wire, _WIRE) for wire in _WIRES),
        *((disc, _INPUT) for disc in _INPUTS),
        (_OP_BOX, _OP),
    )
    picture = np.zeros((size, size, 4))  # colours times how opaque they are, and how opaque
    for form, colour in forms:
        covered = np.clip(0.5 - form.distance(x, y) * unit, 0, 1)[..., np.newaxis]
        picture += covered * (_colour(colour) - picture)
    colours = picture[..., :3] / np.maximum(picture[..., 3:], 1e-9)
    return _png(np.rint(255 * np.concatenate([colours, picture[..., 3:]], axis=2)).astype(np.uint8))


def _colour(written: str) -> _Field:
    return np.array([*bytes.fromhex(written.removeprefix("#")), 255]) / 255


def _png(pixels: NDArray[np.uint8]) -> bytes:
    """Return red, green, blue and alpha by row and column as a PNG (ISO/IEC 15948): one chunk of each kind."""
    height, width, _ = pixels.shape
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)  # each row as it is, without a filter
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in chunks
    )
