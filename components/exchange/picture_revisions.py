"""The pictures that the browser may have: the next one is sent as a difference from one of them.

With each goes what Undo and Redo would have done, which the browser keeps over a reload.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from components.exchange.merge_patch import merge_patch
from components.picture import Picture

_KEPT = 12


@dataclass
class PictureRevisions:
    """Keep the latest pictures by their revision; revision 0 is what every browser has: nothing, or a part."""

    revision: int = 0
    pictures: dict[int, Picture] = field(default_factory=lambda: {0: {}})
    histories: dict[int, dict[str, Any]] = field(default_factory=lambda: {0: {}})

    def spare(self, part: Picture) -> None:
        """Take in what the browser knows of every picture before the first one comes."""
        self.pictures[0] = part

    @property
    def spared(self) -> Picture:
        """Return what the browser knows of every picture."""
        return self.pictures[0]

    @property
    def latest(self) -> Picture:
        """Return the picture that was put in last."""
        return self.pictures[self.revision]

    def put(self, picture: Picture, have: int, history: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Put the next picture in; return its difference from the one that the browser has, and both revisions."""
        base = have if have in self.pictures else 0
        before, told = self.revision, dict(history or {})
        patch, undone = merge_patch(self.pictures[before], picture), merge_patch(self.histories[before], told)
        if patch or undone:
            self.revision += 1
            self.pictures[self.revision], self.histories[self.revision] = picture, told
            self._forget_old(base)
        if base != before:
            patch, undone = merge_patch(self.pictures[base], picture), merge_patch(self.histories[base], told)
        told_of_undo = {"history": undone} if undone else {}
        return {"revision": self.revision, "base": base, "picture": patch, **told_of_undo}

    def _forget_old(self, base: int) -> None:
        for revision in sorted(self.pictures)[1:-_KEPT]:
            if revision != base:
                del self.pictures[revision], self.histories[revision]
