"""What the page says where nothing of it runs."""

from __future__ import annotations

from engine.messages import say


def needs_script() -> str:
    """Return what stands in the page's place where a browser runs no scripts."""
    return say("The playground needs JavaScript.")
