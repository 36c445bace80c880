"""Draw what was computed with Variables: the graph behind one, as a document and as a picture. Knows no page."""

from __future__ import annotations

from engine.display.picture import markup_of_variable, picture_of_variable
from engine.display.recorded import FunctionNode, graph_of_variable

__all__ = ["FunctionNode", "graph_of_variable", "markup_of_variable", "picture_of_variable"]
