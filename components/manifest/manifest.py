"""The manifest: how a system calls, shows and opens the page once it is installed."""

from __future__ import annotations

import json
from functools import cache
from typing import Final

from components.manifest.icons import icon_png, icon_svg
from engine.messages import say
from engine.picture import COLOURS

NAME: Final = "Backprop Playground"
_SIZES: Final = (192, 512)


@cache
def icon_files() -> dict[str, bytes]:
    """Return the icons by their names. A phone that takes no SVG asks for `icon-192.png`."""
    drawn = {f"icon-{size}.png": icon_png(size) for size in _SIZES}
    return {"icon.svg": icon_svg().encode(), **drawn, "icon-maskable-512.png": icon_png(512, maskable=True)}


def manifest(icons: str, start: str = ".") -> str:
    """Return the manifest as JSON; `icons` is the folder that holds the icons, and `start` the page, seen from it."""
    drawn = [{"src": f"{icons}/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"} for size in _SIZES]
    told = {
        "name": NAME,
        "short_name": "Backprop",
        "description": say("Wire a computational graph, run it, and see data and grad at every node."),
        "start_url": start,
        "scope": start,
        "id": start,
        "display": "standalone",
        "background_color": COLOURS["light"]["ground"],
        "theme_color": COLOURS["light"]["accent"],
        "icons": [
            *drawn,
            {
                "src": f"{icons}/icon-maskable-512.png",
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "maskable",
            },
            {"src": f"{icons}/icon.svg", "sizes": "any", "type": "image/svg+xml"},
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
