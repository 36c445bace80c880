"""Run by Alembic: bring the database of one connection up to date."""

from __future__ import annotations

from alembic import context

from components.rooms.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
