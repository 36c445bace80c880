"""What a link may say beside the graph: fields with names, each of which may be missing.

To add one, declare it in `LinkFields` with a default: it is written where it differs from that, checked when a link is
opened, and left out by every version that does not know it. A field that is not what it should be keeps no graph from
opening.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine.document.fields import holds_broken_text

Control = Literal["palette", "panels", "code", "formula", "menu", "lessons"]
"""What of the page a link may leave out."""


class LinkFields(BaseModel):
    """Hold what a link says of how the graph is looked at."""

    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)

    panel: Annotated[str, Field(strict=True, pattern=r"^[a-z_]{0,40}$")] = ""
    """The open panel, by its name; the empty text where none is."""
    step: Annotated[int, Field(strict=True, ge=0, le=10_000_000)] | None = None
    """How far somebody has stepped; None where nobody steps."""
    language: Annotated[str, Field(strict=True, pattern=r"^[A-Za-z0-9_-]{0,20}$")] = ""
    """The code of the language that was spoken, such as "ja"; the empty text leaves it to the browser."""
    lesson: Annotated[str, Field(strict=True, max_length=200)] | dict[str, Any] = ""
    """What is asked about the graph: a lesson of the course, by its key, or another, by the fields of its file."""
    hides: Annotated[tuple[Control, ...], Field(max_length=len(get_args(Control)))] = ()
    """The controls that are not shown to who opens the link."""

    def written(self) -> dict[str, Any]:
        """Return the fields that are not at their defaults, as JSON can carry them."""
        return self.model_dump(mode="json", exclude_defaults=True)


def read_link_fields(data: Mapping[str, Any]) -> LinkFields:
    """Return the fields that stand in parsed JSON; what is unknown or malformed is as if it were missing."""
    found = {}
    for name in LinkFields.model_fields:
        if name not in data:
            continue
        try:
            if not holds_broken_text(data[name]):
                found[name] = getattr(LinkFields.model_validate({name: data[name]}), name)
        except (ValidationError, RecursionError):
            continue
    return LinkFields.model_validate(found)
