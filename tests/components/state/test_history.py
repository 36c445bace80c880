"""Undo and redo, a gesture at a time."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from components.state import GESTURES_KEPT, Playground, begin
from engine.edits import AddNode, Choose, Connect, Delete, Disconnect, Event, Move, Rename, SetValue, Tidy, edit_label
from engine.errors import EditError
from engine.lessons import LESSONS
from tests.components.state.host import Host, outbox, set_x, x_of
from tests.strategies import events

SEED = LESSONS[0].graph


def new_playground() -> Playground:
    return Playground.of(SEED, lesson=LESSONS[0])


def test_what_each_edit_is_called() -> None:
    calls: list[tuple[Event, str]] = [
        (AddNode(id="n9", op="Square"), "add Square"),
        (Connect(source="n1", target="n3", port=0), "connect x → a"),
        (Connect(source="n1", target="n9", port=0), "connect x → the new node"),
        (Disconnect(target="n5", port=1), "disconnect b → z"),
        (SetValue(node="n1", value=" 2.5 "), "set x to 2.5"),
        (Rename(node="n1", name="w"), "rename x to w"),
        (Move(positions={"n1": (0, 0)}), "move x"),
        (Delete(nodes=["n1", "n2"]), "delete 2 nodes"),
        (Choose(node="n3"), "differentiate a"),
        (Tidy(), "tidy"),
    ]
    for event, words in calls:
        assert edit_label(SEED, event) == words


@settings(deadline=None)
@given(st.lists(st.tuples(events, st.integers(0, 3)), max_size=20))
def test_undoing_all_steps_and_redoing_them_leads_there_and_back(edits: list[tuple[Event, int]]) -> None:
    playground = new_playground()
    states = [playground.graph]
    last_gesture = None
    for event, gesture in edits:
        try:
            playground.edit(event, gesture)
        except EditError:
            continue
        if gesture == last_gesture:
            states[-1] = playground.graph
        else:
            states.append(playground.graph)
        last_gesture = gesture
    for expected in reversed(states[:-1]):
        playground.undo()
        assert playground.graph == expected
    playground.undo()  # nothing is left
    assert playground.graph == SEED
    for expected in states[1:]:
        playground.redo()
        assert playground.graph == expected


def test_two_hundred_steps_and_more_can_be_undone() -> None:
    playground = new_playground()
    for number in range(1, 251):
        playground.edit(SetValue(node="n1", value=number), gesture=number)
    for _ in range(250):
        playground.undo()
    assert playground.graph == SEED
    assert GESTURES_KEPT >= 250


def test_undo_travels_in_the_stream_of_events() -> None:
    session = begin()
    stream = [(1, set_x(10)), (2, set_x(20)), (3, {"type": "undo"}), (4, {"type": "undo"}), (5, {"type": "redo"})]
    session.receive(outbox(session, *stream))
    assert x_of(session) == 10.0
    message = session.message()
    assert (message["undo"], message["redo"]) == ("set x to 10", "set x to 20")


def test_an_edit_after_undo_leaves_nothing_to_redo() -> None:
    session = begin()
    session.receive(outbox(session, (1, set_x(10)), (2, {"type": "undo"}), (3, set_x(5))))
    assert session.message()["redo"] == ""


def test_a_gesture_that_is_given_up_leaves_nothing_to_undo_and_all_that_could_be_redone() -> None:
    host = Host()
    host.do(set_x(10))
    host.do(set_x(20))
    host.do({"type": "undo"})
    before = host.session.playground.present
    host.do(set_x(3), set_x(31), set_x(2), gesture=7)  # the numbers follow what is typed
    assert (host.message["undo"], host.message["redo"]) == ("set x to 2", "")
    host.do({"type": "take back", "gesture": 7})
    assert host.session.playground.present == before
    assert (host.message["undo"], host.message["redo"]) == ("set x to 10", "set x to 20")
    host.do({"type": "redo"})
    assert host.number("x", "data") == "20"


def test_a_gesture_that_is_given_up_after_a_reload_is_gone_too() -> None:
    host = Host()
    host.do(set_x(3), gesture=7)
    again = Host()
    again.do({"type": "restore", "document": host.document(), "history": host.history})
    again.do(set_x(31), gesture=7)
    again.do({"type": "take back", "gesture": 7})
    assert (again.number("x", "data"), again.message["undo"]) == ("2", "")


def test_only_the_last_gesture_is_taken_back() -> None:
    host = Host()
    host.do(set_x(3), gesture=7)
    host.do(set_x(4), gesture=8)
    host.do({"type": "take back", "gesture": 7})
    assert (host.number("x", "data"), host.message["undo"], host.refusals) == ("4", "set x to 4", [])
