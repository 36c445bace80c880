"""The playground in a notebook: `from components.notebook import Playground`. Needs anywidget, an extra."""

from __future__ import annotations

from components.notebook.widget import Playground

__all__ = ["Playground"]
