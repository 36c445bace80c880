"""The command `backprop-playground`: serve the page, or run a formula in the terminal."""

from __future__ import annotations

from components.command.command import main

__all__ = ["main"]
