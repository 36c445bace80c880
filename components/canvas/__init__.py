"""The canvas: a bidirectional component that shows a picture and hands back what hands did."""

from __future__ import annotations

from components.canvas.files import (
    canvas_folder,
    canvas_script,
    page_colours,
    service_worker,
    site_files,
    widget_module,
)
from components.canvas.mounting import KEY, mount_canvas, mount_lessons, mount_library

__all__ = [
    "KEY",
    "canvas_folder",
    "canvas_script",
    "mount_canvas",
    "mount_lessons",
    "mount_library",
    "page_colours",
    "service_worker",
    "site_files",
    "widget_module",
]
