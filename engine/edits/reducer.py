"""The kinds of edits, and what each does: `apply` changes a graph, and `undo_label` says what was done.

To add a kind of edit, write in the file of its matter (nodes, wires, values, training, blocks, outputs, whole_graph)
its event, a model whose `type` no other has; beside it `apply_…(graph, event) -> Graph`, which raises an EditError to
refuse, and `label_…(graph, event) -> str`. Then name it in `Event` below: mypy says in which `match` it is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypeVar, assert_never

from pydantic import Field, TypeAdapter, ValidationError

from engine.document import BROKEN_TEXT, Graph, describe, elements_of, holds_broken_text
from engine.edits import blocks, hiding, nodes, outputs, own_ranges, training, values, whole_graph, wires
from engine.edits.node_lookup import name_in_label
from engine.errors import EditError, LimitError
from engine.limits import MAX_ALL_ELEMENTS
from engine.messages import say, say_count
from engine.pieces import Pieces, finish
from engine.training import train_in_pieces

Event = (
    nodes.AddNode
    | nodes.Rename
    | nodes.Move
    | nodes.Delete
    | wires.Connect
    | wires.Disconnect
    | values.SetValue
    | values.SetParameter
    | values.SetRole
    | values.Descend
    | training.SetTable
    | training.ShowRows
    | training.SetTraining
    | training.Train
    | training.ResetTraining
    | blocks.MakeBlock
    | blocks.SetOpen
    | blocks.Ungroup
    | outputs.Choose
    | outputs.Differentiate
    | hiding.Hide
    | own_ranges.SetRange
    | whole_graph.Tidy
    | whole_graph.Replace
    | whole_graph.SetFormula
)

# Read -------------------------------------------------------------------------------------------------------------

_EVENTS: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="type")])
_E = TypeVar("_E")


def parse_event(data: object) -> Event:
    """Return the edit that parsed JSON holds; raises EditError, or DocumentError for a document in it."""
    return read_event(_EVENTS, data)


def read_event(adapter: TypeAdapter[_E], data: object) -> _E:
    """Return the event that parsed JSON holds, one of the kinds of an adapter.

    Such an adapter is

        ADAPTER: TypeAdapter[Event | Undo] = TypeAdapter(Annotated[Event | Undo, Field(discriminator="type")])

    Raises EditError in a sentence that names the field, or DocumentError for a document in the event.
    """
    if holds_broken_text(data):
        raise EditError(say("That edit was not understood: {sentence}", sentence=say(BROKEN_TEXT)))
    try:
        return adapter.validate_python(data)
    except ValidationError as error:
        place, sentence = describe(error)
        if not place and error.errors(include_url=False)[0]["type"] == "value_error":
            raise EditError(sentence) from None  # a check's own
        raise EditError(
            say("That edit was not understood: {place}: {sentence}", place=place, sentence=sentence)
            if place
            else say("That edit was not understood: {sentence}", sentence=sentence)
        ) from None
    except RecursionError:
        raise EditError(say("That edit was not understood: it is nested too deeply.")) from None


# Apply ------------------------------------------------------------------------------------------------------------


def apply(graph: Graph, event: Event) -> Graph:
    """Return the graph after an edit; raises EditError, and never changes the given graph."""
    return finish(apply_in_pieces(graph, event))


def apply_in_pieces(graph: Graph, event: Event) -> Pieces[Graph]:
    """Do the same as `apply` in pieces; an edit that takes little is one."""
    match event:
        case whole_graph.Tidy():
            after = yield from whole_graph.tidy_in_pieces(graph, event.viewport)
        case whole_graph.Replace():
            after = yield from whole_graph.replace_in_pieces(event)
        case whole_graph.SetFormula():
            after = yield from whole_graph.set_formula_in_pieces(graph, event)
        case values.Descend():
            after = yield from values.descend_in_pieces(graph, event)
        case training.Train():
            after = yield from train_in_pieces(graph, event.updates)
        case outputs.Differentiate():
            after = yield from outputs.differentiate_in_pieces(graph, event)
        case _:
            after = _changed(graph, event)
    count = elements_of(after)
    if count > MAX_ALL_ELEMENTS and count > elements_of(graph):
        raise LimitError(
            say(
                "The arrays would have {count} elements together; a graph of up to {limit} can be saved.",
                count=count,
                limit=MAX_ALL_ELEMENTS,
            )
        )
    if not isinstance(event, hiding.Hide | own_ranges.SetRange | whole_graph.Replace):
        after = after.with_hidden(graph.hidden).with_ranges(graph.ranges)
    return after.with_blocks(blocks.blocks_after(graph, after)) if after.blocks else after


def _changed(graph: Graph, event: Event) -> Graph:  # noqa: C901 -- a case an edit
    match event:
        case nodes.AddNode():
            return nodes.apply_add_node(graph, event)
        case nodes.Rename():
            return nodes.apply_rename(graph, event)
        case nodes.Move():
            return nodes.apply_move(graph, event)
        case nodes.Delete():
            return nodes.apply_delete(graph, event)
        case wires.Connect():
            return wires.apply_connect(graph, event)
        case wires.Disconnect():
            return wires.apply_disconnect(graph, event)
        case values.SetValue():
            return values.apply_set_value(graph, event)
        case values.SetParameter():
            return values.apply_set_parameter(graph, event)
        case values.SetRole():
            return values.apply_set_role(graph, event)
        case values.Descend():
            return values.apply_descend(graph, event)
        case training.SetTable():
            return training.apply_set_table(graph, event)
        case training.ShowRows():
            return training.apply_show_rows(graph, event)
        case training.SetTraining():
            return training.apply_set_training(graph, event)
        case training.Train():
            return training.apply_train(graph, event)
        case training.ResetTraining():
            return training.apply_reset_training(graph, event)
        case blocks.MakeBlock():
            return blocks.apply_make_block(graph, event)
        case blocks.SetOpen():
            return blocks.apply_set_open(graph, event)
        case blocks.Ungroup():
            return blocks.apply_ungroup(graph, event)
        case outputs.Choose():
            return outputs.apply_choose(graph, event)
        case outputs.Differentiate():
            return outputs.apply_differentiate(graph, event)
        case hiding.Hide():
            return hiding.apply_hide(graph, event)
        case own_ranges.SetRange():
            return own_ranges.apply_set_range(graph, event)
        case whole_graph.Tidy():
            return whole_graph.apply_tidy(graph, event)
        case whole_graph.Replace():
            return whole_graph.apply_replace(graph, event)
        case whole_graph.SetFormula():
            return whole_graph.apply_set_formula(graph, event)
        case _:
            assert_never(event)


# Label ------------------------------------------------------------------------------------------------------------


def undo_label(graph: Graph, events: Sequence[Event]) -> str:
    """Return what the edits of one gesture, made on a graph in this order, did: "connect x → a", "add 3 nodes"."""
    if len(events) == 1:
        return edit_label(graph, events[0])
    made = [event for event in events if isinstance(event, blocks.MakeBlock)]
    added = sum(isinstance(event, nodes.AddNode) for event in events)
    if added > 1 and len(made) == 1 and made[0].name is not None:
        return say("add the block {name}", name=made[0].name)
    if added > 1:
        return say_count("add {count} node", "add {count} nodes", added)
    valued = list(dict.fromkeys(event.node for event in events if isinstance(event, values.SetValue)))
    if len(valued) == 2 and all(isinstance(event, values.SetValue) for event in events):
        first, second = (name_in_label(graph, node_id) for node_id in valued)
        return say("set {first} and {second}", first=first, second=second)
    if all(isinstance(event, training.Train) for event in events):
        return training.label_of_run([event for event in events if isinstance(event, training.Train)])
    # A value that is dragged, or a node moved by the arrow keys, is many edits of one kind: the last says where it led.
    is_one_kind = all(type(event) is type(events[0]) for event in events)
    return edit_label(graph, events[-1] if is_one_kind else events[0])


def edit_label(graph: Graph, event: Event) -> str:  # noqa: C901 -- a case an edit
    """Return what one edit, made on a graph, does: "connect x → a", "set x to 5"."""
    match event:
        case nodes.AddNode():
            return nodes.label_add_node(graph, event)
        case nodes.Rename():
            return nodes.label_rename(graph, event)
        case nodes.Move():
            return nodes.label_move(graph, event)
        case nodes.Delete():
            return nodes.label_delete(graph, event)
        case wires.Connect():
            return wires.label_connect(graph, event)
        case wires.Disconnect():
            return wires.label_disconnect(graph, event)
        case values.SetValue():
            return values.label_set_value(graph, event)
        case values.SetParameter():
            return values.label_set_parameter(graph, event)
        case values.SetRole():
            return values.label_set_role(graph, event)
        case values.Descend():
            return values.label_descend(graph, event)
        case training.SetTable():
            return training.label_set_table(graph, event)
        case training.ShowRows():
            return training.label_show_rows(graph, event)
        case training.SetTraining():
            return training.label_set_training(graph, event)
        case training.Train():
            return training.label_train(graph, event)
        case training.ResetTraining():
            return training.label_reset_training(graph, event)
        case blocks.MakeBlock():
            return blocks.label_make_block(graph, event)
        case blocks.SetOpen():
            return blocks.label_set_open(graph, event)
        case blocks.Ungroup():
            return blocks.label_ungroup(graph, event)
        case outputs.Choose():
            return outputs.label_choose(graph, event)
        case outputs.Differentiate():
            return outputs.label_differentiate(graph, event)
        case hiding.Hide():
            return hiding.label_hide(graph, event)
        case own_ranges.SetRange():
            return own_ranges.label_set_range(graph, event)
        case whole_graph.Tidy():
            return whole_graph.label_tidy(graph, event)
        case whole_graph.Replace():
            return whole_graph.label_replace(graph, event)
        case whole_graph.SetFormula():
            return whole_graph.label_set_formula(graph, event)
        case _:
            assert_never(event)
