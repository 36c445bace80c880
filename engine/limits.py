"""How large a graph may be: the one place."""

from __future__ import annotations

from typing import Final

MAX_NODES: Final = 500
MAX_EDGES: Final = 2_000
MAX_ELEMENTS: Final = 10_000
"""Elements of one array, typed or computed."""
MAX_AXES: Final = 4
MAX_NAME_LENGTH: Final = 40
MAX_DOCUMENT_BYTES: Final = 4_000_000
"""Of a saved graph, in UTF-8: of what Save writes, and of what Open reads."""
MAX_ALL_ELEMENTS: Final = 110_000
"""Elements of all values of a graph together: in 32 characters each, what Save writes stays within its limit."""
MAX_COORDINATE: Final = 1e6
MAX_TYPED_LENGTH: Final = 250_000
"""Characters of a typed value: 10 000 numbers of 25 characters."""
MAX_WRITTEN_LENGTH: Final = 100
"""Characters of how somebody wrote a value that are kept beside it: 1/3, sqrt(2)."""
MAX_FORMULA_LENGTH: Final = 50_000
MAX_SCRIPT_LENGTH: Final = 100_000
"""Characters of a script or a notebook's code that is opened: all that the page hands out, and as much again."""
MAX_LINK_LENGTH: Final = 8_000
"""Characters of a link's graph: what browsers, chats and servers pass on unharmed."""
ANSWER_CHARACTERS: Final = 1_000_000
"""Characters of an answer to the browser, beside the document: its values are sent whole."""
PANEL_CHARACTERS: Final = 500_000
"""Characters of what the open panel shows; with the graph around it an answer stays below a megabyte."""
FILE_CHARACTERS: Final = 600_000
"""Characters of a file that is handed out beside a picture, compressed."""
MAX_NESTING: Final = 8
"""How deep blocks may stand in each other."""
