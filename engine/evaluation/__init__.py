"""Compute a graph document forward and backward, and record every number and every step in a trace."""

from __future__ import annotations

from engine.evaluation.again import differ_in_values, evaluate_again_in_pieces
from engine.evaluation.evaluator import evaluate, evaluate_in_pieces
from engine.evaluation.folding import BLOCK, BlockNode, fold, fold_node, fold_trace, shown_port
from engine.evaluation.line_watcher import listing_of, watching
from engine.evaluation.masks import masked_trace
from engine.evaluation.refusals import works_elementwise
from engine.evaluation.staleness import carry_over, in_work, is_computed_alike
from engine.evaluation.steps import LateSteps
from engine.evaluation.trace import NodeTrace, Step, Trace
from engine.evaluation.trouble import Cause, is_finite

__all__ = [
    "BLOCK",
    "BlockNode",
    "Cause",
    "LateSteps",
    "NodeTrace",
    "Step",
    "Trace",
    "carry_over",
    "differ_in_values",
    "evaluate",
    "evaluate_again_in_pieces",
    "evaluate_in_pieces",
    "fold",
    "fold_node",
    "fold_trace",
    "in_work",
    "is_computed_alike",
    "is_finite",
    "listing_of",
    "masked_trace",
    "shown_port",
    "watching",
    "works_elementwise",
]
