"""The steps of the first lesson: what each says, and on which line of the engine the mark rests."""

from __future__ import annotations

import re

from playwright.sync_api import Locator

from tests.browser.playground import Playground

SEED_CAPTIONS = [
    "Before the first step: x = 2, y = 3 given, nothing computed.",
    "Step 1 of 7: Square computes a = 4 from x = 2.",
    "Step 2 of 7: Square computes b = 9 from y = 3.",
    "Step 3 of 7: Add computes z = 13 from a = 4 and b = 9.",
    "Step 4 of 7: Backward starts at z with z.grad = 1: z changes as much as itself.",
    "Step 5 of 7: Add sends a.grad = 1 × 1 = 1 and b.grad = 1 × 1 = 1.",
    "Step 6 of 7: Square sends x.grad = 1 × 4 = 4.",
    "Step 7 of 7: Square sends y.grad = 1 × 6 = 6.",
]


TELLING = {
    "forward": re.compile(r"^ys = self\.forward\("),
    "seed": re.compile(r"^send\(output, gy\)"),
    "backward": re.compile(r"^x\._grad = "),
}
"""The line of the engine on which the mark comes to rest."""


def running(playground: Playground) -> Locator:
    return playground.page.locator(".source .running")
