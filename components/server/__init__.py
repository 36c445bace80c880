"""Do what happens once a process, and serve files beside the page."""

from __future__ import annotations

from components.server.connection_dialog import WithoutConnectionDialog
from components.server.folder import ServedFolder
from components.server.no_delay import send_at_once
from components.server.process import prepare_process, process_lifespan

__all__ = ["ServedFolder", "WithoutConnectionDialog", "prepare_process", "process_lifespan", "send_at_once"]
