"""What is said of a graph that would have more nodes or wires than there may be."""

from __future__ import annotations

from engine.messages import say_count


def too_many_nodes(most: int) -> str:
    """Return the sentence that refuses one more node than there may be."""
    return say_count(
        "The graph would have more than {count} node, which is the limit.",
        "The graph would have more than {count} nodes, which is the limit.",
        most,
    )


def too_many_wires(most: int) -> str:
    """Return the sentence that refuses one more wire than there may be."""
    return say_count(
        "The graph would have more than {count} wire, which is the limit.",
        "The graph would have more than {count} wires, which is the limit.",
        most,
    )
