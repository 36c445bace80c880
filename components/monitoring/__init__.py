"""Tell whoever runs the server how it is."""

from __future__ import annotations

from components.monitoring.health import Health

__all__ = ["Health"]
