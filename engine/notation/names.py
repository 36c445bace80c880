"""What a reader of formulas must know of the names around it."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from types import MappingProxyType


@dataclass(frozen=True)
class Names:
    """Hold which names are functions, and which are variables."""

    functions: Set[str]
    """Functions of one input, which may stand before it without brackets: sin x."""
    calls: Container[str]
    """All that may be called, by whatever it takes."""
    classes: Set[str] = frozenset()
    """What may be called once to be made and once more with its inputs: Pow(exponent=3)(x)."""
    variables: Set[str] = frozenset()
    """Names that stand for something: assigned or used in the text, or those of nodes."""
    given: Set[str] = frozenset()
    """Those of them that are assigned, or those of nodes."""
    spelled: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What is written in the place of a name."""
    splits: Mapping[str, Sequence[str]] = field(default_factory=lambda: MappingProxyType({}))
    """Names that are read as products."""

    def with_arguments(self, given: Mapping[str, str]) -> Names:
        """Return these names within a function: its parameters stand for what it is called with."""
        return replace(self, spelled={**self.spelled, **{name: f"({text})" for name, text in given.items()}})
