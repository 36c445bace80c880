"""Serve the canvas's own way to its session: a WebSocket beside Streamlit's, on which an edit runs no script."""

from __future__ import annotations

from components.channel.channel import Channel
from components.channel.open_sessions import OpenSessions

__all__ = ["Channel", "OpenSessions"]
