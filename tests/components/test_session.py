"""The protocol between browser and session: each event once, in order, whatever is sent."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.run import Run
from components.session import Session
from engine.errors import DocumentError
from engine.examples import EXAMPLES
from engine.schema import to_json
from tests.components.test_merge_patch import applied
from tests.strategies import damaged, json_values


@pytest.fixture
def session() -> Session:
    return new_session()


def new_session() -> Session:
    graph = EXAMPLES[0].graph
    return Session(graph, Run(graph))


def set_x(value: object) -> dict[str, Any]:
    return {"type": "set value", "node": "n1", "value": value}


def outbox(session: Session, *events: tuple[int, Any], post: int = 1, have: int = 0) -> dict[str, Any]:
    entries = [{"seq": seq, "event": event} for seq, event in events]
    return {"session": session.id, "post": post, "have": have, "selected": "", "events": entries}


def x_of(session: Session) -> object:
    return session.graph.node("n1").value


def test_events_are_applied_in_the_order_of_their_numbers(session: Session) -> None:
    session.receive(outbox(session, (2, set_x(20)), (1, set_x(10)), (3, set_x(30))))
    assert (x_of(session), session.applied) == (30.0, 3)


def test_what_is_sent_again_is_not_applied_again(session: Session) -> None:
    session.receive(outbox(session, (1, set_x(10)), (2, set_x(20))))
    session.receive(outbox(session, (1, set_x(10)), (2, set_x(20)), (3, {"type": "delete", "nodes": ["n5"]}), post=2))
    assert (x_of(session), session.applied, len(session.graph)) == (20.0, 3, 4)


messages = st.tuples(st.integers(0, 4), st.booleans(), st.booleans())
"""How many edits are made before it is sent, whether it arrives, and whether its answer does."""


@given(st.lists(messages, max_size=12))
def test_any_resending_and_any_loss_end_in_the_same_graph(exchange: list[tuple[int, bool, bool]]) -> None:
    session = new_session()
    made: list[tuple[int, Any]] = []
    acknowledged = 0
    for post, (edits, arrives, answered) in enumerate([*exchange, (0, True, True)], start=1):
        for _ in range(edits):
            seq = len(made) + 1
            made.append((seq, {"type": "add", "id": f"k{seq}", "op": "Input"}))
        if arrives:
            session.receive(outbox(session, *made[acknowledged:], post=post))
        if answered:
            acknowledged = session.message()["ack"]
    assert acknowledged == len(made)
    assert [node.id for node in session.graph.nodes()][5:] == [event["id"] for _, event in made]
    assert not session.refusals


def test_a_refused_event_is_acknowledged_with_its_sentence_and_changes_nothing(session: Session) -> None:
    session.receive(
        outbox(session, (1, set_x("abc")), (2, {"type": "connect", "source": "n5", "target": "n3", "port": 0}))
    )
    message = session.message()
    assert message["ack"] == 2
    assert [(refusal["seq"], refusal["node"]) for refusal in message["refusals"]] == [(1, "n1"), (2, "n3")]
    assert message["refusals"][1]["text"].startswith("z → a would close a cycle")
    assert session.graph == EXAMPLES[0].graph


def test_an_outbox_of_another_session_is_left_alone(session: Session) -> None:
    session.receive({**outbox(session, (1, set_x(10))), "session": "another"})
    assert (x_of(session), session.applied) == (2.0, 0)


@given(json_values | damaged(st.just(outbox(new_session(), (1, set_x(1))))))
def test_whatever_is_handed_over_breaks_nothing(data: object) -> None:
    session = new_session()
    session.receive(data)
    session.message()


@given(st.lists(st.tuples(st.booleans(), st.integers(-3, 3)), max_size=30))
def test_differences_lead_the_browser_to_the_present_picture(steps: list[tuple[bool, int]]) -> None:
    session = new_session()
    pages: dict[int, Any] = {0: {}}
    have = 0
    for post, (arrives, value) in enumerate(steps, start=1):
        session.receive(outbox(session, (post, set_x(value)), post=post, have=have))
        message = session.message()
        if arrives:
            pages[message["revision"]] = applied(pages[message["base"]], message["picture"])
            have = message["revision"]
            assert pages[have] == session.pictures[session.revision]


def test_a_difference_is_small(session: Session) -> None:
    session.message()
    session.receive(outbox(session, (1, set_x(7)), have=session.revision))
    patch = session.message()["picture"]
    assert set(patch) == {"nodes"}
    assert set(patch["nodes"]) == {"n1", "n3", "n5"}


def test_a_malformed_file_leaves_the_graph_alone(session: Session) -> None:
    with pytest.raises(DocumentError):
        session.open_document(b"{}")
    assert session.graph is EXAMPLES[0].graph


def test_a_saved_graph_opens_again(session: Session) -> None:
    session.receive(outbox(session, (1, set_x(10))))
    text = session.document()
    session.open_new()
    session.open_document(text.encode())
    assert to_json(session.graph) == text


class TestByHand:
    """Forward and Backward by their buttons."""

    def grads(self, session: Session) -> list[float | None]:
        return [None if g is None else float(g) for found in session.trace.nodes.values() for g in found.grad]

    def test_forward_then_backward(self, session: Session) -> None:
        session.set_automatic(False)
        session.forward()
        assert self.grads(session) == [None] * 5
        session.backward()
        assert self.grads(session) == [4, 6, 1, 1, 1]

    def test_a_second_backward_accumulates_and_says_so(self, session: Session) -> None:
        session.set_automatic(False)
        session.backward()
        assert self.grads(session) == [8, 12, 2, 2, 2]
        assert "x.grad = 4 + 4 = 8" in session.run.notice
        session.clear_grads()
        assert self.grads(session) == [None] * 5
        session.backward()
        assert self.grads(session) == [4, 6, 1, 1, 1]

    def test_an_edit_leaves_old_numbers_marked_and_backward_waits_for_forward(self, session: Session) -> None:
        session.set_automatic(False)
        session.receive(outbox(session, (1, set_x(5))))
        assert session.trace.nodes["n5"].state == "stale"
        session.backward()
        assert "run Forward first" in session.run.notice
        session.forward()
        session.backward()
        assert self.grads(session) == [10, 6, 1, 1, 1]

    def test_moving_a_node_keeps_the_accumulated_grads(self, session: Session) -> None:
        session.set_automatic(False)
        session.backward()
        session.receive(outbox(session, (1, {"type": "move", "positions": {"n1": [0, 0]}})))
        assert self.grads(session) == [8, 12, 2, 2, 2]

    def test_switching_automatic_on_computes(self, session: Session) -> None:
        session.set_automatic(False)
        session.receive(outbox(session, (1, set_x(5))))
        session.set_automatic(True)
        assert self.grads(session) == [10, 6, 1, 1, 1]
