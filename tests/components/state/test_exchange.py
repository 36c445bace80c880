"""The exchange between browser and session: each event once, in order, whatever is sent and whatever is lost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.state import Session, begin
from engine.lessons import LESSONS
from tests.components.state.host import applied, outbox, set_x, x_of
from tests.strategies import damaged, json_values


@pytest.fixture
def session() -> Session:
    return begin()


def test_events_are_applied_in_the_order_of_their_numbers(session: Session) -> None:
    session.receive(outbox(session, (2, set_x(20)), (1, set_x(10)), (3, set_x(30))))
    assert (x_of(session), session.message()["ack"]) == (30.0, 3)


def test_no_event_is_left_out_where_their_order_is_lost(session: Session) -> None:
    added = [(seq, {"type": "add", "id": f"k{seq}", "op": "Input"}) for seq in (3, 1, 2)]
    session.receive(outbox(session, *added))
    assert [node.id for node in session.playground.graph.nodes()][5:] == ["k1", "k2", "k3"]


def test_what_is_sent_again_is_not_applied_again(session: Session) -> None:
    session.receive(outbox(session, (1, set_x(10)), (2, set_x(20))))
    session.receive(outbox(session, (1, set_x(10)), (2, set_x(20)), (3, {"type": "delete", "nodes": ["n5"]}), post=2))
    assert (x_of(session), session.message()["ack"], len(session.playground.graph)) == (20.0, 3, 4)


messages = st.tuples(st.integers(0, 4), st.booleans(), st.booleans())
"""How many edits are made before it is sent, whether it arrives, and whether its answer does."""


@settings(deadline=None)
@given(st.lists(messages, max_size=12))
def test_any_resending_and_any_loss_end_in_the_same_graph(exchange: list[tuple[int, bool, bool]]) -> None:
    session = begin()
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
    assert [node.id for node in session.playground.graph.nodes()][5:] == [event["id"] for _, event in made]
    assert not session.message()["refusals"]


def test_a_refused_event_is_acknowledged_with_its_sentence_and_changes_nothing(session: Session) -> None:
    session.receive(
        outbox(session, (1, set_x("abc")), (2, {"type": "connect", "source": "n5", "target": "n3", "port": 0}))
    )
    message = session.message()
    assert message["ack"] == 2
    assert [(refusal["seq"], refusal["node"]) for refusal in message["refusals"]] == [(1, "n1"), (2, "n3")]
    assert message["refusals"][1]["text"].startswith("z → a would close a cycle")
    assert session.playground.graph == LESSONS[0].graph


def test_an_event_behind_a_refused_one_is_applied(session: Session) -> None:
    session.receive(outbox(session, (1, set_x("abc")), (2, set_x(10))))
    assert (x_of(session), len(session.message()["refusals"])) == (10.0, 1)


def test_an_event_on_which_the_page_itself_fails_is_not_tried_again(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("components.state.work.carry_out_in_pieces", lambda *_: 1 / 0)
        session.receive(outbox(session, (1, set_x(10))))
    assert "itself failed" in session.message()["refusals"][0]["text"]
    session.receive(outbox(session, (1, set_x(10)), post=2))
    assert (x_of(session), session.message()["ack"]) == (2.0, 1)


def test_the_latest_twenty_refusals_are_kept(session: Session) -> None:
    session.receive(outbox(session, *((seq, set_x("abc")) for seq in range(1, 26))))
    assert [refusal["seq"] for refusal in session.message()["refusals"]] == list(range(6, 26))


def test_a_refusal_inside_a_closed_block_is_shown_at_the_block(session: Session) -> None:
    session.receive(
        outbox(
            session,
            (1, {"type": "block", "id": "k1", "nodes": ["n1", "n3"], "name": "half"}),
            (2, set_x("abc")),
            (3, {"type": "rename", "node": "n2", "name": "half"}),
        )
    )
    assert [(refusal["seq"], refusal["node"]) for refusal in session.message()["refusals"]] == [(2, "k1"), (3, "k1")]


def test_an_outbox_of_another_session_is_left_alone(session: Session) -> None:
    session.receive({**outbox(session, (1, set_x(10)), post=7), "session": "another"})
    message = session.message()
    assert (x_of(session), message["ack"], message["post"]) == (2.0, 0, 0)


def test_events_are_numbered_from_one(session: Session) -> None:
    session.receive(outbox(session, (0, set_x(10)), (1, set_x(20))))
    assert (x_of(session), session.message()["ack"], session.message()["refusals"]) == (20.0, 1, [])
    session.receive({**outbox(session, (2, set_x(30))), "post": 0})  # not in the agreed form: left unread
    assert (x_of(session), session.message()["post"]) == (20.0, 1)


def test_an_outbox_that_comes_late_does_not_take_the_number_back(session: Session) -> None:
    for post in (1, 7, 2):
        session.receive(outbox(session, post=post))
    assert session.message()["post"] == 7


def test_an_outbox_says_what_is_selected_and_looked_at(session: Session) -> None:
    session.receive({**outbox(session), "selected": "n3", "look": {"panel": "steps"}})
    assert session.playground.selected == "n3"
    assert session.playground.computation.watched
    session.receive({**outbox(session, post=2), "look": {"panel": "code"}})
    assert session.playground.selected == ""
    assert not session.playground.computation.watched


@settings(deadline=None)
@given(json_values | damaged(st.just(outbox(begin(), (1, set_x(1))))))
def test_whatever_is_handed_over_breaks_nothing(data: object) -> None:
    session = begin()
    session.receive(data)
    session.message()


@settings(deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(-3, 3)), max_size=30))
def test_differences_lead_the_browser_to_the_present_picture(steps: list[tuple[bool, int]]) -> None:
    session = begin()
    pages: dict[int, Any] = {0: {}}
    have = 0
    for post, (arrives, value) in enumerate(steps, start=1):
        session.receive(outbox(session, (post, set_x(value)), post=post, have=have))
        message = session.message()
        if arrives:
            pages[message["revision"]] = applied(pages[message["base"]], message["picture"])
            have = message["revision"]
            assert pages[have] == session.browser.pictures.latest


def test_a_difference_is_small(session: Session) -> None:
    have = session.message()["revision"]
    session.receive(outbox(session, (1, set_x(7)), have=have))
    message = session.message()
    assert message["base"] == have
    assert set(message["picture"]) == {"nodes"}
    assert set(message["picture"]["nodes"]) == {"n1", "n3", "n5"}


def test_two_pages_have_sessions_of_their_own() -> None:
    assert begin().id != begin().id
