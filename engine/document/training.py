"""What training goes by, as part of a graph: a table of data, an optimizer, and how far it has come."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import Field

from engine import limits
from engine.document.fields import CheckedValue, Id, Strict
from engine.document.values import Value, to_json_value

Optimizer = Literal["SGD", "Momentum", "Adam"]
OPTIMIZERS: Final[tuple[Optimizer, ...]] = get_args(Optimizer)
MAX_ROWS: Final = 1_000
MAX_COLUMNS: Final = 20
MAX_LOSSES: Final = 400
"""Points of the loss curve that are kept; of more, every second."""

TrainingRate = Annotated[float, Field(gt=0, le=1e3)]
Momentum = Annotated[float, Field(ge=0, lt=1)]
_EMPTY: Final[Mapping[str, Any]] = MappingProxyType({})


@dataclass(frozen=True)
class Training:
    """Hold a table with a column for each input that it feeds, the optimizer's settings, and its state.

    The rows from `first` on, `count` of them, stand on the nodes: one as it is, several as an array whose first axis
    is the rows.
    """

    columns: Mapping[str, tuple[Value, ...]] = field(default_factory=lambda: _EMPTY)
    """The values of each input that is fed, by its id: all of the same length."""
    first: int = 0
    count: int = 1
    optimizer: Optimizer = "SGD"
    rate: float = 0.1
    momentum: float = 0.9
    """Of Momentum: the share of the last step that is taken again."""
    clears: bool = True
    """Whether the gradients are cleared before each Backward; where not, they add up."""
    updates: int = 0
    """How many updates have been made."""
    start: Mapping[str, Value] = field(default_factory=lambda: _EMPTY)
    """The weights before the first update, by id."""
    optimizer_state: Mapping[str, Mapping[str, Value]] = field(default_factory=lambda: _EMPTY)
    """What the optimizer keeps of each weight, by id and name: "v", "m", and "grad", which was not cleared."""
    losses: tuple[tuple[int, float], ...] = ()
    """The loss over all rows by the number of updates made, the latest last."""

    @property
    def rows(self) -> int:
        """Return how many rows the table has."""
        return len(next(iter(self.columns.values()), ()))

    def without(self, gone: Container[str]) -> Training:
        """Return the same without what belongs to some inputs."""
        return replace(
            self,
            columns=MappingProxyType({node: cells for node, cells in self.columns.items() if node not in gone}),
            start=MappingProxyType({node: value for node, value in self.start.items() if node not in gone}),
            optimizer_state=MappingProxyType(
                {node: kept for node, kept in self.optimizer_state.items() if node not in gone}
            ),
        )

    def before_the_first(self) -> Training:
        """Return the same table and settings before the first update."""
        return replace(self, updates=0, start=_EMPTY, optimizer_state=_EMPTY, losses=())


class TrainingModel(Strict):
    """Check training as it is written in a document."""

    columns: Annotated[
        dict[Id, Annotated[tuple[CheckedValue, ...], Field(min_length=1, max_length=MAX_ROWS)]],
        Field(max_length=MAX_COLUMNS),
    ] = Field(default_factory=dict)
    first: Annotated[int, Field(strict=True, ge=0, lt=MAX_ROWS)] = 0
    count: Annotated[int, Field(strict=True, ge=1, le=MAX_ROWS)] = 1
    optimizer: Optimizer = "SGD"
    rate: TrainingRate = 0.1
    momentum: Momentum = 0.9
    clears: Annotated[bool, Field(strict=True)] = True
    updates: Annotated[int, Field(strict=True, ge=0, le=2**53)] = 0
    start: Annotated[dict[Id, CheckedValue], Field(max_length=limits.MAX_NODES)] = Field(default_factory=dict)
    memory: Annotated[  # what an optimizer keeps, under the name that documents have for it
        dict[Id, Annotated[dict[Literal["m", "v", "grad"], CheckedValue], Field(max_length=3)]],
        Field(max_length=limits.MAX_NODES),
    ] = Field(default_factory=dict)
    losses: Annotated[
        tuple[tuple[Annotated[int, Field(ge=0, le=2**53)], float], ...], Field(max_length=2 * MAX_LOSSES)
    ] = ()

    def training(self) -> Training:
        """Return what is written as the graph holds it."""
        named = {name: getattr(self, name) for name in type(self).model_fields if name != "memory"}
        kept = {node: MappingProxyType(dict(each)) for node, each in self.memory.items()}
        mappings = {"columns": self.columns, "start": self.start, "optimizer_state": kept}
        return Training(**named | {name: MappingProxyType(dict(each)) for name, each in mappings.items()})


def to_training_document(training: Training) -> dict[str, Any]:
    """Return training as JSON can carry it."""
    return {
        "columns": {node: [to_json_value(cell) for cell in cells] for node, cells in training.columns.items()},
        "first": training.first,
        "count": training.count,
        "optimizer": training.optimizer,
        "rate": training.rate,
        "momentum": training.momentum,
        "clears": training.clears,
        "updates": training.updates,
        "start": {node: to_json_value(value) for node, value in training.start.items()},
        "memory": {
            node: {name: to_json_value(value) for name, value in kept.items()}
            for node, kept in training.optimizer_state.items()
        },
        "losses": [list(point) for point in training.losses],
    }
