"""The room of a class: a teacher asks, students answer, and all see how the answers are spread. Knows no page."""

from __future__ import annotations

from components.rooms.database import Database, database_of_environment
from components.rooms.room_server import PATH, RoomServer

__all__ = ["PATH", "Database", "RoomServer", "database_of_environment"]
