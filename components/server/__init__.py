"""Do what happens once a process, and what is served beside the page."""

from __future__ import annotations

from components.server.garbage import start_collector
from components.server.no_delay import send_at_once

__all__ = ["send_at_once", "start_collector"]
