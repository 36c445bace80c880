"""Do what happens once a process, serve files beside the page, and know where others find it."""

from __future__ import annotations

from components.server.address import ADDRESS_SETTING, Address, Listening, address_for_students
from components.server.completed_page import CompletedPage, parts_of_streamlit
from components.server.connection_dialog import WithoutConnectionDialog
from components.server.ending import told_of_end
from components.server.folder import ServedFolder
from components.server.named_app import APP_SETTING, NamedApp
from components.server.no_delay import send_at_once
from components.server.origins import is_allowed_origin
from components.server.process import prepare_process, process_lifespan

__all__ = [
    "ADDRESS_SETTING",
    "APP_SETTING",
    "Address",
    "CompletedPage",
    "Listening",
    "NamedApp",
    "ServedFolder",
    "WithoutConnectionDialog",
    "address_for_students",
    "is_allowed_origin",
    "parts_of_streamlit",
    "prepare_process",
    "process_lifespan",
    "send_at_once",
    "told_of_end",
]
