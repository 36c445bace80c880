"""How a document is written, field by field: what pydantic checks before anything is made of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from engine import limits
from engine.document.fields import BlockInputs, CheckedValue, Id, Name, Op, Parameters, Port, Position, Strict
from engine.document.graph import Role
from engine.document.quantities import QuantityKind
from engine.document.training import TrainingModel


class NodeModel(Strict):
    """Check one node as it is written."""

    id: Id
    op: Op
    name: Name
    value: CheckedValue | None = None
    parameters: Parameters = Field(default_factory=dict)
    position: Position
    named: Annotated[bool, Field(strict=True)] = False
    written: Annotated[str, Field(strict=True, max_length=limits.MAX_WRITTEN_LENGTH)] = ""
    role: Role | None = None


class EdgeModel(Strict):
    """Check one edge as it is written."""

    source: Id = Field(alias="from")
    output: Port = 0
    target: Id = Field(alias="to")
    port: Port


class OutputModel(Strict):
    """Check the chosen output as it is written."""

    node: Id
    output: Port = 0


class BlockModel(Strict):
    """Check one block as it is written."""

    id: Id
    name: Name
    nodes: Annotated[tuple[Id, ...], Field(max_length=limits.MAX_NODES)]
    open: Annotated[bool, Field(strict=True)] = False
    inputs: BlockInputs = ()
    outputs: Annotated[tuple[tuple[Id, Port], ...], Field(max_length=limits.MAX_EDGES)] = ()


HiddenNumbers = Annotated[tuple[tuple[Id, QuantityKind, Port], ...], Field(max_length=2 * limits.MAX_EDGES)]
"""The numbers that are not shown, each by its node, "data" or "grad", and which output."""


class DocumentModel(Strict):
    """Check a whole document as it is written."""

    format: Literal["backprop-playground"]
    version: Literal[1, 2, 3]
    nodes: Annotated[list[NodeModel], Field(max_length=limits.MAX_NODES)]
    edges: Annotated[list[EdgeModel], Field(max_length=limits.MAX_EDGES)]
    output: OutputModel | None = None
    blocks: Annotated[tuple[BlockModel, ...], Field(max_length=limits.MAX_NODES)] = ()
    hidden: HiddenNumbers = ()
    ranges: Annotated[tuple[tuple[Id, float, float, int], ...], Field(max_length=limits.MAX_NODES)] = ()
    training: TrainingModel | None = None
    lesson: Annotated[str, Field(strict=True, max_length=limits.MAX_LINK_LENGTH)] = ""
