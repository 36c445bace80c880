"""A host of the page without any page: it hands over outboxes, and puts messages together as a browser does."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from components.state import Session, begin
from engine.lessons import LESSONS


def opening(index: int) -> tuple[dict[str, Any], ...]:
    """Return the events that open a lesson and reveal all that it asks for."""
    asked = [[each.node, each.kind, each.output] for each in sorted(LESSONS[index].graph.hidden)]
    reveal = {"type": "reveal", "numbers": asked}
    return ({"type": "lesson", "lesson": index}, *([reveal] if asked else []))


FORK = opening(7)
"""Opens the lesson about generations, with its numbers: two squares of a = x² are added, and x.grad is 64."""


def set_x(value: object) -> dict[str, Any]:
    """Return the event that sets x of the first lesson."""
    return {"type": "set value", "node": "n1", "value": value}


def x_of(session: Session) -> object:
    return session.playground.graph.node("n1").value


def outbox(session: Session, *events: tuple[int, Any], post: int = 1, have: int = 0) -> dict[str, Any]:
    """Return an outbox of numbered events."""
    entries = [{"seq": seq, "event": event} for seq, event in events]
    return {"session": session.id, "post": post, "have": have, "selected": "", "events": entries}


def applied(target: Any, patch: Any) -> Any:
    """RFC 7396, section 2, as it is written there."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = applied(result.get(key), value)
    return result


@dataclass
class Host:
    """Drive a session by `receive` and `message` alone, through JSON."""

    session: Session = field(default_factory=begin)
    selected: str = ""
    look: dict[str, Any] = field(default_factory=dict)
    message: dict[str, Any] = field(init=False)
    pictures: dict[int, Any] = field(default_factory=lambda: {0: {}})
    histories: dict[int, Any] = field(default_factory=lambda: {0: {}})
    posts: int = 0
    seq: int = 0

    def __post_init__(self) -> None:
        self._take_message()

    def do(self, *events: dict[str, Any], gesture: int | None = None) -> dict[str, Any]:
        """Hand events over in one outbox, and return the picture that they lead to."""
        entries = [{"seq": self.seq + place, "event": event} for place, event in enumerate(events, start=1)]
        if gesture is not None:
            entries = [{**entry, "gesture": gesture} for entry in entries]
        self.seq += len(events)
        self.hand_over(entries)
        while "progress" in self.message:
            self.hand_over([])
        assert (self.message["post"], self.message["ack"]) == (self.posts, self.seq)
        return self.picture

    def hand_over(self, entries: list[dict[str, Any]]) -> dict[str, Any]:
        """Hand one outbox over, and return the answer, which may come before all is done."""
        self.posts += 1
        handed = {
            "session": self.message["session"],
            "post": self.posts,
            "have": self.message["revision"],
            "selected": self.selected,
            "look": self.look,
            "events": entries,
        }
        self.session.receive(json.loads(json.dumps(handed)))
        self._take_message()
        return self.message

    def show(self, panel: str, **more: Any) -> dict[str, Any]:
        """Look at a panel, and return the picture then."""
        self.look = {"panel": panel, **more}
        return self.do()

    def _take_message(self) -> None:
        self.message = json.loads(json.dumps(self.session.message(), allow_nan=False))
        revision, base = self.message["revision"], self.message["base"]
        self.pictures[revision] = applied(self.pictures[base], self.message["picture"])
        self.histories[revision] = applied(self.histories[base], self.message.get("history", {}))

    @property
    def picture(self) -> dict[str, Any]:
        picture: dict[str, Any] = self.pictures[self.message["revision"]]
        return picture

    @property
    def history(self) -> dict[str, list[str]]:
        """Return what a browser keeps of Undo and Redo."""
        told = self.histories[self.message["revision"]]
        return {side: [told[side][number] for number in sorted(told[side], key=int)] for side in told}

    @property
    def refusals(self) -> list[str]:
        return [refusal["text"] for refusal in self.message["refusals"]]

    def number(self, name: str, what: str) -> str:
        """Return what a node's data or grad is shown as."""
        (text,) = [node[what] for node in self.picture["nodes"].values() if node["name"] == name]
        return str(text)

    def document(self) -> dict[str, Any]:
        """Return the document of a picture without blocks, as a browser tab keeps it."""
        nodes, edges = self.picture["nodes"], self.picture["edges"].values()
        chosen = self.picture.get("chosen")
        return {
            "format": "backprop-playground",
            "version": 2,
            "nodes": [
                {key: nodes[node].get(key) for key in ("id", "name", "op", "value")}
                | {"parameters": dict(nodes[node].get("parameters", [])), "position": [nodes[node][xy] for xy in "xy"]}
                for node in self.picture["order"]
            ],
            "edges": [{key: edge[key] for key in ("from", "output", "to", "port")} for edge in edges],
            "output": {"node": chosen[0], "output": chosen[1]} if chosen else None,
        }
