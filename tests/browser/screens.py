"""Kinds of screens that the page is seen on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Screen:
    """Hold a kind of screen: its size in CSS pixels, and whether it is touched."""

    width: int
    height: int
    touch: bool = False


DESK, PROJECTOR = Screen(1280, 800), Screen(1920, 1080)
TABLET, PHONE = Screen(820, 1180, touch=True), Screen(390, 844, touch=True)
ZOOMED = Screen(640, 400)  # 1280 × 800 at 200 %
ON_ITS_SIDE = Screen(1180, 820, touch=True)  # a tablet
SCREENS = {"desk": DESK, "projector": PROJECTOR, "tablet": TABLET, "phone": PHONE}
