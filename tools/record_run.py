"""Record how the seed graph is built by mouse, by keyboard and by touch: an animated GIF each, in docs/."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect

from tests.browser.finger import Finger
from tests.browser.playground import Playground
from tools.opened import PICTURES, SIZE, opened_app

_SHOWN_WIDTH = 640
_FRAME_MS = 450

PLACES = {"x": (0.15, 0.25), "y": (0.15, 0.75), "a": (0.5, 0.25), "b": (0.5, 0.75), "c": (0.82, 0.5)}
OPS = {"x": "Input", "y": "Input", "a": "Square", "b": "Square", "c": "Add"}
WIRES = (("x", "a", 0), ("y", "b", 0), ("a", "c", 0), ("b", "c", 1))
VALUES = {"x": "2", "y": "3"}

Watch = Callable[[], None]


def by_mouse(playground: Playground, watch: Watch) -> None:
    """Drag in, wire port to port, type on the node."""
    for name, place in PLACES.items():
        playground.drag_in(OPS[name], playground.on_canvas(*place))
        watch()
    for source, target, port in WIRES:
        playground.connect(source, target, port)
        watch()
    for name, text in VALUES.items():
        playground.set_value(name, text)
        watch()


def by_keyboard(playground: Playground, watch: Watch) -> None:
    """Enter adds, C wires to the next free input, Enter edits."""
    keyboard = playground.page.keyboard
    for name, op in OPS.items():
        playground.palette(op).focus()
        keyboard.press("Enter")
        expect(playground.node(name)).to_be_focused()
        watch()
    for source, target, _ in WIRES:
        playground.wire_by_keyboard(source, target)
        watch()
    keyboard.press("t")
    playground.settle("c")
    for name, text in VALUES.items():
        playground.node(name).focus()
        for key in ("Enter", text, "Enter"):
            keyboard.press(key)
        watch()


def by_touch(playground: Playground, watch: Watch) -> None:
    """The same with a finger."""
    finger = Finger(playground.page)
    for name, place in PLACES.items():
        finger.drag(playground.centre(playground.palette(OPS[name])), playground.on_canvas(*place))
        expect(playground.node(name)).to_be_visible()
        watch()
    for source, target, port in WIRES:
        finger.drag(
            playground.centre(playground.port("out", source)), playground.centre(playground.port("in", target, port))
        )
        watch()
    for name, text in VALUES.items():
        finger.tap(playground.centre(playground.node(name)))
        field = playground.page.locator(f'[data-edit="{name}"]')
        field.fill(text)
        field.press("Enter")
        watch()


def main() -> None:
    """Record each way, check that it ends in 13, 4 and 6, and say how long it took."""
    with opened_app() as (server, browser):
        for build in (by_mouse, by_keyboard, by_touch):
            context = browser.new_context(viewport=SIZE, has_touch=build is by_touch)  # type: ignore[arg-type]
            playground = Playground(context.new_page(), server.url).open()
            playground.start_new()
            pictures: list[bytes] = []
            watching = [0.0]

            def watch(page=playground.page, pictures=pictures, watching=watching) -> None:  # type: ignore[no-untyped-def]
                began = time.perf_counter()
                pictures.append(page.screenshot())
                watching[0] += time.perf_counter() - began

            began = time.perf_counter()
            build(playground, watch)
            playground.expect_data("c", "13")
            playground.expect_grad("x", "4")
            playground.expect_grad("y", "6")
            taken = time.perf_counter() - began - watching[0]
            watch()
            _save(pictures, PICTURES / f"{build.__name__}.gif")
            print(f"{build.__name__}: {taken:.1f} s without the taking of pictures")
            context.close()


def _save(pictures: list[bytes], path: Path) -> None:
    frames = [Image.open(io.BytesIO(picture)).convert("RGB") for picture in pictures]
    height = round(frames[0].height * _SHOWN_WIDTH / frames[0].width)
    small = [frame.resize((_SHOWN_WIDTH, height)).quantize(64) for frame in frames]
    small[0].save(path, save_all=True, append_images=[*small[1:], *[small[-1]] * 3], duration=_FRAME_MS, loop=0)


if __name__ == "__main__":
    main()
