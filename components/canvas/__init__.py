"""The canvas: a bidirectional component that shows a picture and hands back what hands did."""

from __future__ import annotations

from components.canvas.away import away_routes, away_worker
from components.canvas.files import (
    app_folder,
    app_lines,
    canvas_folder,
    canvas_lines,
    canvas_script,
    constant_file,
    page_style,
    service_worker,
    site_files,
    widget_module,
)
from components.canvas.mounting import (
    KEY,
    away_sentence,
    mount_canvas,
    mount_lessons,
    mount_library,
    mount_reconnection,
)

__all__ = [
    "KEY",
    "app_folder",
    "app_lines",
    "away_routes",
    "away_sentence",
    "away_worker",
    "canvas_folder",
    "canvas_lines",
    "canvas_script",
    "constant_file",
    "mount_canvas",
    "mount_lessons",
    "mount_library",
    "mount_reconnection",
    "page_style",
    "service_worker",
    "site_files",
    "widget_module",
]
