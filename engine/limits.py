"""How large a graph may be: the one place."""

from __future__ import annotations

from typing import Final

MAX_NODES: Final = 500
MAX_EDGES: Final = 2_000
MAX_ELEMENTS: Final = 10_000
"""Elements of one array, typed or computed."""
MAX_AXES: Final = 4
MAX_NAME_LENGTH: Final = 40
MAX_DOCUMENT_BYTES: Final = 1_000_000
MAX_COORDINATE: Final = 1e6
MAX_TYPED_LENGTH: Final = 250_000
"""Characters of a typed value: 10 000 numbers of 25 characters."""
MAX_FORMULA_LENGTH: Final = 50_000
MAX_LINK_LENGTH: Final = 8_000
"""Characters of a link's graph: what browsers, chats and servers pass on unharmed."""
MAX_NESTING: Final = 8
"""How deep blocks may stand in each other."""
