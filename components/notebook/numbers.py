"""Numbers by the names of their nodes, such as `w.data["x"]`; to set one is an edit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any


class Numbers(Mapping[str, Any]):
    """Hold what nodes show, by their names, in the order of the graph."""

    def __init__(self, numbers: Mapping[str, Any], change: Callable[[str, Any], object] | None = None) -> None:
        self._numbers = dict(numbers)
        self._change = change

    def __getitem__(self, name: str) -> Any:
        return self._numbers[name]

    def __setitem__(self, name: str, value: Any) -> None:
        if self._change is None:
            raise TypeError("a gradient is computed: it cannot be set")
        self._change(name, value)

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    def __eq__(self, other: object) -> bool:
        return self is other  # arrays do not compare to one answer

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return "{" + ", ".join(f"{name}: {value}" for name, value in self._numbers.items()) + "}"
