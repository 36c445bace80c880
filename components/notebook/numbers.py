"""Numbers by the names of their nodes, such as `w.data["x"]`; to set one is an edit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np


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
        """Say whether names, shapes and numbers are the same: observers are told of nothing else."""
        if not isinstance(other, Numbers):
            return NotImplemented
        return list(self) == list(other) and all(_are_same(self[name], other[name]) for name in self)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return "{" + ", ".join(f"{name}: {value}" for name, value in self._numbers.items()) + "}"


def _are_same(one: Any, other: Any) -> bool:
    if one is None or other is None:
        return one is other
    return bool(np.array_equal(one, other, equal_nan=True))
