"""The pictures that the browser may have: the next one is sent as a difference from one of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from components.picture import Picture
from components.state.merge_patch import merge_patch

_KEPT = 12


@dataclass
class PictureRevisions:
    """Keep the latest pictures by their revision; revision 0 is the empty one that every browser has."""

    revision: int = 0
    pictures: dict[int, Picture] = field(default_factory=lambda: {0: {}})

    @property
    def latest(self) -> Picture:
        """Return the picture that was put in last."""
        return self.pictures[self.revision]

    def put(self, picture: Picture, have: int) -> dict[str, Any]:
        """Put the next picture in; return its difference from the one that the browser has, and both revisions."""
        base = have if have in self.pictures else 0
        before = self.revision
        patch = merge_patch(self.pictures[before], picture)
        if patch:
            self.revision += 1
            self.pictures[self.revision] = picture
            self._forget_old(base)
        if base != before:
            patch = merge_patch(self.pictures[base], picture)
        return {"revision": self.revision, "base": base, "picture": patch}

    def _forget_old(self, base: int) -> None:
        for revision in sorted(self.pictures)[1:-_KEPT]:
            if revision != base:
                del self.pictures[revision]
