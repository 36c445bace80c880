"""The constants that ops are made with: their types, and the one check of what people give."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from engine.description import Described
from engine.errors import ParameterError
from engine.limits import MAX_AXES, MAX_ELEMENTS

Finite: TypeAlias = float
"""Any number but inf and nan."""
Number: TypeAlias = Annotated[float, Field(ge=-1e6, le=1e6)]
Count: TypeAlias = Annotated[int, Field(ge=1, le=8)]
_AxisNumber: TypeAlias = Annotated[int, Field(ge=-MAX_AXES, lt=MAX_AXES)]
Axis: TypeAlias = _AxisNumber | Annotated[tuple[_AxisNumber, ...], Field(max_length=MAX_AXES)] | None
"""One axis, several, or None for all."""
OneAxis: TypeAlias = _AxisNumber
Place: TypeAlias = Annotated[int, Field(ge=0, le=MAX_ELEMENTS)]
Axes: TypeAlias = Annotated[tuple[_AxisNumber, ...], Field(max_length=MAX_AXES)] | None
Shape: TypeAlias = Annotated[tuple[Annotated[int, Field(ge=-1, le=MAX_ELEMENTS)], ...], Field(max_length=MAX_AXES)]


def check_parameters(op: type[Described], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return all parameters of an op, those that are not given at their defaults; raises ParameterError.

    Lists, as JSON has them, become tuples.
    """
    unknown = next((name for name in given if all(name != each.name for each in op.parameters)), None)
    if unknown is not None:
        raise ParameterError(f"{op.__name__} has no parameter “{unknown}”.")
    try:
        return dict(_model(op).model_validate(given))
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        name = fault["loc"][0]
        raise ParameterError(f"{name} of {op.__name__}: {fault['msg'][:1].lower()}{fault['msg'][1:]}.") from None


@cache
def _model(op: type[Described]) -> type[BaseModel]:
    fields: dict[str, Any] = {each.name: (each.annotation, each.default) for each in op.parameters}
    return create_model(op.__name__, __config__=ConfigDict(extra="forbid", allow_inf_nan=False), **fields)
