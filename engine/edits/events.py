"""Edit events: what somebody did, as it comes from the page or a file, checked in form."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, InstanceOf, TypeAdapter, ValidationError

from engine import limits
from engine.document import BlockInputs, Graph, Id, Op, Parameters, Port, Position, Strict, describe, from_document
from engine.errors import EditError
from engine.replay import DescentSteps, Rate


class AddNode(Strict):
    """Add an input or an op; without a name it gets the first free one."""

    type: Literal["add"] = "add"
    id: Id
    op: Op
    name: str | None = None
    value: Any = None
    parameters: Parameters | None = None
    x: Annotated[float, Field(ge=-limits.MAX_COORDINATE, le=limits.MAX_COORDINATE)] = 0.0
    y: Annotated[float, Field(ge=-limits.MAX_COORDINATE, le=limits.MAX_COORDINATE)] = 0.0
    block: Id | None = None
    """The open block that it is dropped into."""


class Connect(Strict):
    """Lead an output to an input port; a wire that is there already is replaced."""

    type: Literal["connect"] = "connect"
    source: Id
    output: Port = 0
    target: Id
    port: Port


class Disconnect(Strict):
    """Take the wire off an input port."""

    type: Literal["disconnect"] = "disconnect"
    target: Id
    port: Port


class SetValue(Strict):
    """Give an input another value: a number, a nested list, or the text that somebody typed."""

    type: Literal["set value"] = "set value"
    node: Id
    value: Any


class SetParameter(Strict):
    """Give an op another constant: a JSON value, or the text that somebody typed.

    Without a name the text may set several: "axis=0, keepdims=no".
    """

    type: Literal["set parameter"] = "set parameter"
    node: Id
    name: str | None = None
    value: Any


class Rename(Strict):
    """Give a node another name."""

    type: Literal["rename"] = "rename"
    node: Id
    name: str


class Move(Strict):
    """Put nodes elsewhere: the new centre of each."""

    type: Literal["move"] = "move"
    positions: Annotated[dict[Id, Position], Field(max_length=limits.MAX_NODES)]


class Delete(Strict):
    """Take nodes away, with their wires."""

    type: Literal["delete"] = "delete"
    nodes: Annotated[list[Id], Field(max_length=limits.MAX_NODES)]


class Choose(Strict):
    """Choose the output to differentiate; None leaves it to the last sink."""

    type: Literal["choose"] = "choose"
    node: Id | None
    output: Port = 0


class Tidy(Strict):
    """Lay the graph out anew, left to right by depth."""

    type: Literal["tidy"] = "tidy"


def _graph(value: Any) -> Graph:
    return value if isinstance(value, Graph) else from_document(value)


class Replace(Strict):
    """Put another graph in place of the whole."""

    type: Literal["replace"] = "replace"
    document: Annotated[InstanceOf[Graph], BeforeValidator(_graph)]


class SetFormula(Strict):
    """Make the graph the one that a formula describes; what the formula leaves unchanged stays as it is."""

    type: Literal["formula"] = "formula"
    text: Annotated[str, Field(max_length=limits.MAX_FORMULA_LENGTH)]


class MakeBlock(Strict):
    """Make one block of nodes, closed; a block among them stands for its members.

    Without a name it gets the first free one. `inputs` groups its ports as those of a block it is a copy of.
    """

    type: Literal["block"] = "block"
    id: Id
    nodes: Annotated[list[Id], Field(max_length=limits.MAX_NODES)]
    name: str | None = None
    inputs: BlockInputs = ()
    open: bool = False


class SetOpen(Strict):
    """Open a block, so that its members are seen, or close it."""

    type: Literal["set open"] = "set open"
    block: Id
    open: bool


class Ungroup(Strict):
    """Take a block away and leave its members."""

    type: Literal["ungroup"] = "ungroup"
    block: Id


class Differentiate(Strict):
    """Add the nodes that compute the gradient of the output by one Variable, and choose it as the output."""

    type: Literal["differentiate"] = "differentiate"
    node: Id
    output: Port = 0


class Descend(Strict):
    """Move inputs down the gradient of the output, a number of steps; None moves all that have a gradient."""

    type: Literal["descend"] = "descend"
    rate: Rate
    steps: DescentSteps = 1
    inputs: Annotated[list[Id], Field(max_length=limits.MAX_NODES)] | None = None


Event = (
    AddNode
    | Connect
    | Disconnect
    | SetValue
    | SetParameter
    | Rename
    | Move
    | Delete
    | Choose
    | Tidy
    | Replace
    | SetFormula
    | MakeBlock
    | SetOpen
    | Ungroup
    | Differentiate
    | Descend
)

_EVENTS: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="type")])


def parse_event(data: object) -> Event:
    """Read an event from parsed JSON; raises EditError, or DocumentError for a document in it."""
    try:
        return _EVENTS.validate_python(data)
    except ValidationError as error:
        place, sentence = describe(error)
        raise EditError(f"That edit was not understood: {place}: {sentence}" if place else sentence) from None
    except RecursionError:
        raise EditError("That edit was not understood: it is nested too deeply.") from None
