"""Run a formula, a script or a saved graph in a terminal, and print its numbers, its steps, or JSON for programs."""

from __future__ import annotations

from engine.command.run import OPENED, graph_in_file, graph_to_open, main

__all__ = ["OPENED", "graph_in_file", "graph_to_open", "main"]
