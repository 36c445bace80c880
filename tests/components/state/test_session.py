"""The protocol between browser and session: each event once, in order, whatever is sent."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.state import Run, Session, begin
from engine.document import to_json
from engine.errors import DocumentError
from engine.lessons import LESSONS
from tests.components.state.test_merge_patch import applied
from tests.strategies import damaged, json_values


@pytest.fixture
def session() -> Session:
    return new_session()


def new_session() -> Session:
    graph = LESSONS[0].graph
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


@settings(deadline=None)
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
    assert session.graph == LESSONS[0].graph


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
            assert pages[have] == session.shelf.latest


def test_a_difference_is_small(session: Session) -> None:
    session.message()
    session.receive(outbox(session, (1, set_x(7)), have=session.shelf.revision))
    patch = session.message()["picture"]
    assert set(patch) == {"nodes"}
    assert set(patch["nodes"]) == {"n1", "n3", "n5"}


def test_a_malformed_file_leaves_the_graph_alone(session: Session) -> None:
    with pytest.raises(DocumentError):
        session.open_document(b"{}")
    assert session.graph is LESSONS[0].graph


def test_a_saved_graph_opens_again(session: Session) -> None:
    session.receive(outbox(session, (1, set_x(10))))
    text = session.document()
    session.open_new()
    session.open_document(text.encode())
    assert to_json(session.graph) == text


def obey(session: Session, *commands: dict[str, Any], look: dict[str, Any] | None = None) -> dict[str, Any]:
    """Hand commands over one after another, and return the picture that the browser then has."""
    numbered = enumerate(commands, start=session.applied + 1)
    handed = outbox(session, *numbered, post=session.seen + 1)
    session.receive(handed if look is None else {**handed, "look": look})
    session.message()
    return session.shelf.latest


class TestDoubts:
    """Engines, orders, formulas and checks, as the browser asks for them."""

    def grad_of_x(self, picture: dict[str, Any]) -> str:
        return next(node["grad"] for node in picture["nodes"].values() if node["name"] == "x")

    @pytest.mark.parametrize(("engine", "grad"), [("step 13", "32"), ("step 14", "96"), ("step 16", "64")])
    def test_the_engine_switch(self, session: Session, engine: str, grad: str) -> None:
        session.open_lesson(7)
        picture = obey(session, {"type": "variant", "variant": engine})
        assert self.grad_of_x(picture) == grad
        assert ("faults" in picture) == (grad != "64")

    def test_a_wrong_number_says_which_rule_went_wrong_and_where(self, session: Session) -> None:
        session.open_lesson(7)
        faults = obey(session, {"type": "variant", "variant": "step 14"})["faults"]
        (fault,) = faults.values()
        assert (fault["right"], fault["rule"]) == ("64", "early")
        assert "x.grad is 96, and 64 is right." in fault["why"]
        assert "1 of 2 contributions had arrived at a.grad" in fault["why"]

    def test_an_engine_that_does_not_exist_is_refused(self, session: Session) -> None:
        obey(session, {"type": "variant", "variant": "step 15"})
        assert session.refusals[-1].text == "That was not understood."
        assert session.run.variant.value == "step 16"

    def test_picking_asks_for_what_waits(self, session: Session) -> None:
        session.open_lesson(7)
        steps = {"panel": "steps"}
        picture = obey(session, {"type": "pick", "order": []}, look=steps)
        assert picture["picking"] is True
        waiting = picture["steps"]["steps"][str(picture["steps"]["count"])]["waiting"]
        (y,) = waiting
        picture = obey(session, {"type": "pick", "order": [y]}, look=steps)
        assert len(picture["steps"]["steps"][str(picture["steps"]["count"])]["waiting"]) == 2
        obey(session, {"type": "pick", "order": ["nobody"]}, look=steps)
        assert session.refusals[-1].text == "There is no such Function in the work list."
        assert session.run.picks == (y,)

    def test_a_formula_is_an_edit_that_can_be_undone(self, session: Session) -> None:
        picture = obey(session, {"type": "formula", "text": "z = x * y"})
        assert picture["formula"] == "z = x * y"
        assert self.grad_of_x(picture) == "3"
        assert obey(session, {"type": "undo"})["formula"] == "z = x ** 2 + y ** 2"

    @pytest.mark.parametrize("text", ["v = sin(u)", "y = softmax(x)", "z = x * y"])
    def test_a_formula_that_keeps_no_op_leaves_the_lesson(self, session: Session, text: str) -> None:
        obey(session, {"type": "formula", "text": "z = x ** 2 + 3 * y"})
        assert session.lesson == 0
        obey(session, {"type": "formula", "text": text})
        assert session.lesson is None
        obey(session, {"type": "undo"})
        assert session.lesson == 0

    def test_a_formula_that_cannot_be_read_says_where(self, session: Session) -> None:
        picture = obey(
            session, {"type": "formula", "text": "z = x *\ny"}, {"type": "formula", "text": "a = 1\nz = foo(x)"}
        )
        assert [(refusal.line, refusal.column) for refusal in session.refusals] == [(1, 8), (2, 5)]
        assert picture["formula"] == "z = x ** 2 + y ** 2"

    def test_the_check_belongs_to_the_graph_that_was_checked(self, session: Session) -> None:
        check = {"panel": "check"}
        picture = obey(session, {"type": "check"}, look=check)
        assert [(row["name"], row["analytical"], row["agrees"]) for row in picture["check"]] == [
            ("x", "4", True),
            ("y", "6", True),
        ]
        assert "check" not in obey(session, set_x(5), look=check)

    def test_the_nudge_closes_in(self, session: Session) -> None:
        # ((2 + h)² − 4) / h = 4 + h
        for exponent, quotient in ((0, "5"), (-1, "4.1"), (-3, "4.001")):
            rows = obey(session, look={"panel": "check", "exponent": exponent})["nudge"]["rows"]
            assert (rows[0]["name"], rows[0]["quotient"], rows[0]["grad"]) == ("x", quotient, "4")

    def test_paths_of_the_selected_variable(self, session: Session) -> None:
        session.open_lesson(7)
        x = next(node.id for node in session.graph.nodes() if node.name == "x")
        handed = {**outbox(session), "look": {"panel": "paths"}, "selected": x}
        session.receive(handed)
        session.message()
        found = session.shelf.latest["paths"]["variables"][0]
        assert (found["count"], found["total"]) == ("2", "64")
        assert [(row["factors"], row["product"]) for row in found["rows"]] == [("4 × 8 × 1", "32")] * 2

    def test_only_the_open_panel_is_sent(self, session: Session) -> None:
        for panel, keys in (
            ("", set()),
            ("steps", {"steps", "picking", "picks"}),
            ("paths", {"paths"}),
            ("code", {"code"}),
        ):
            picture = obey(session, look={"panel": panel})
            assert {
                key for key in ("steps", "picking", "picks", "paths", "nudge", "check", "code") if key in picture
            } == keys

    def test_code_runs_along_with_every_edit(self, session: Session) -> None:
        code = {"panel": "code"}
        assert "x = Variable(np.array(2.0))" in obey(session, look=code)["code"]["engine"]["text"]
        assert "x = Variable(np.array(5.0))" in obey(session, set_x(5), look=code)["code"]["engine"]["text"]

    def test_a_tab_that_comes_back_brings_its_engine(self, session: Session) -> None:
        document = json.loads(session.document())
        obey(session, {"type": "restore", "document": document, "automatic": False, "variant": "step 13"})
        assert (session.run.variant.value, session.run.automatic) == ("step 13", False)

    def test_a_link_brings_its_engine(self, session: Session) -> None:
        obey(session, {"type": "variant", "variant": "step 14"}, {"type": "share"})
        assert begin(session.link).run.variant.value == "step 14"


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
