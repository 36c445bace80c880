"""The canvas: a bidirectional component that shows a picture and hands back what hands did."""

from __future__ import annotations

from components.canvas.files import canvas_folder, canvas_script, widget_module
from components.canvas.mounting import KEY, mount_canvas, mount_lessons, mount_library

__all__ = ["KEY", "canvas_folder", "canvas_script", "mount_canvas", "mount_lessons", "mount_library", "widget_module"]
