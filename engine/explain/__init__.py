"""Explain the numbers of a trace: contributions, faults, paths, nudges, gradient checks, and the graph as a script."""

from __future__ import annotations

from engine.explain.block_derivatives import block_derivatives, block_derivatives_in_pieces
from engine.explain.faults import Fault, Slip, faults_in_pieces, find_faults, find_slips
from engine.explain.graph_check import Checked, check_graph, check_in_pieces
from engine.explain.ledger import Contribution, Ledger, deliveries, expected_arrivals, ledgers, ledgers_in_pieces
from engine.explain.nudge import Quotient, nudge, nudge_in_pieces
from engine.explain.paths import MAX_LISTED, Hop, Path, PathFinder, Paths
from engine.explain.program_script import program_script
from engine.explain.scripts import book_script, text_of, torch_script
from engine.explain.torch_conventions import CONVENTIONS, told_conventions
from engine.explain.untaken_branches import lost_gradients

__all__ = [
    "CONVENTIONS",
    "MAX_LISTED",
    "Checked",
    "Contribution",
    "Fault",
    "Hop",
    "Ledger",
    "Path",
    "PathFinder",
    "Paths",
    "Quotient",
    "Slip",
    "block_derivatives",
    "block_derivatives_in_pieces",
    "book_script",
    "check_graph",
    "check_in_pieces",
    "deliveries",
    "expected_arrivals",
    "faults_in_pieces",
    "find_faults",
    "find_slips",
    "ledgers",
    "ledgers_in_pieces",
    "lost_gradients",
    "nudge",
    "nudge_in_pieces",
    "program_script",
    "text_of",
    "told_conventions",
    "torch_script",
]
