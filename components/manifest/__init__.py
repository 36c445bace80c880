"""Make the page one that a tablet installs: its manifest, and its icons as our own code draws them."""

from __future__ import annotations

from components.manifest.icons import icon_png, icon_svg
from components.manifest.manifest import NAME, icon_files, manifest

__all__ = ["NAME", "icon_files", "icon_png", "icon_svg", "manifest"]
