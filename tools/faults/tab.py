"""One tab of a browser, and beside it a playground to which the same is done without any faults."""

from __future__ import annotations

import json
import random
from typing import Any

from playwright.sync_api import Page, expect

from components.state import Playground as State
from components.state import begin
from engine.autograd import Variant
from engine.document import to_document
from engine.edits import AddNode, Delete, Event, Move, SetValue, Tidy
from tests.browser.playground import Playground

_DEEPEST_UNDO = 25
"""A browser keeps more steps than that over a restart of the server."""
_SETTLED_SECONDS = 120
_VARIANTS = ["step 13", "step 14", "step 16"]


class Tab:
    """Do at random what hands do, and know what should come of it."""

    def __init__(self, page: Page, url: str, chance: random.Random) -> None:
        self.page = page
        self.hands = Playground(page, url).open()
        self.state: State = begin().playground
        self.done = 0
        self.log: list[str] = []
        """What was done, in words."""
        self._chance = chance
        self._undone = 0
        self._last = ""

    def act(self) -> None:
        """Do one thing; what merges with the same before, and would then be one step of undo, is never done twice."""
        kinds = {"set": 8, "undo": 4, "redo": 3, "move": 2, "add": 1, "tidy": 1, "variant": 1, "delete": 1}
        if self._undone >= _DEEPEST_UNDO:
            del kinds["undo"]
        if self._last in ("move", "tidy", "variant"):
            kinds.pop(self._last, None)
        kind = self._chance.choices(list(kinds), list(kinds.values()))[0]
        getattr(self, f"_{kind}")()
        self.done += 1
        self._last = kind
        self.log.append(f"{kind}@{self.done}")

    # What hands do ----------------------------------------------------------------------------------------------

    def _focus(self, name: str) -> None:
        self.hands.node(name).evaluate("(node) => node.focus()")

    def _press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def _edit(self, event: Event) -> None:
        self.state.edit(event)
        self._undone = 0

    def _set(self) -> None:
        name, value = self._chance.choice("xy"), 1000 + self.done
        self._focus(name)
        self.page.keyboard.type(str(value))
        self._press("Enter")
        self._edit(SetValue(node={"x": "n1", "y": "n2"}[name], value=str(value)))

    def _undo(self) -> None:
        self._focus("x")
        self._press("Control+z")
        self.state.undo()
        self._undone += 1

    def _redo(self) -> None:
        self._focus("x")
        self._press("Control+y")
        self.state.redo()
        self._undone = max(self._undone - 1, 0)

    def _move(self) -> None:
        name = self._chance.choice("xy")
        self._focus(name)
        self._press(self._chance.choice(["ArrowUp", "ArrowDown"]))
        self._edit(Move(positions={{"x": "n1", "y": "n2"}[name]: (0, 0)}))

    def _tidy(self) -> None:
        self._focus("x")
        self._press("t")
        self._edit(Tidy())

    def _add(self) -> None:
        self.hands.palette("Input").evaluate("(button) => button.click()")
        self._edit(AddNode(id=f"k{self.done}", op="Input"))

    def _delete(self) -> None:
        """Delete the node that was added last, if there is one that the page shows."""
        added = [node for node in self.state.graph.nodes() if node.id.startswith("k")]
        if not added or not self.hands.node(added[-1].name).count():
            self._set()
            return
        self._focus(added[-1].name)
        self._press("Space")
        self._press("Delete")
        self._edit(Delete(nodes=[added[-1].id]))

    def _variant(self) -> None:
        name = self._chance.choice(_VARIANTS)
        self.page.get_by_test_id("variant").evaluate(
            "(choice, name) => { choice.value = name; choice.dispatchEvent(new Event('change')); }", name
        )
        self.state.computation.set_variant(Variant(name))

    # What comes of it -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Load the page anew."""
        self.hands.reload()

    def expect_all(self) -> None:
        """Wait until the server has everything; then nothing is lost, doubled or reordered."""
        try:
            self.hands.wait_until(lambda: self._found() == self._expected(), _SETTLED_SECONDS)
        except AssertionError:
            done = " ".join(self.log[-60:])
            raise AssertionError(f"{self._found()} is there, {self._expected()} was done: {done}") from None
        history = self.state.history
        for control, words, label in (("undo", "Undo", history.undo_label), ("redo", "Redo", history.redo_label)):
            title = f"{words}: {label}" if label else words
            expect(self.hands.control(control)).to_have_attribute("title", title)

    def _expected(self) -> dict[str, Any]:
        variant = self.state.computation.variant.value
        return {**_without_places(to_document(self.state.graph)), "variant": variant, "pending": []}

    def _found(self) -> dict[str, Any]:
        """Return what the browser keeps of this tab, once the server has acknowledged it."""
        text = self.page.evaluate(
            "() => localStorage.getItem('backprop-playground:' + sessionStorage.getItem('backprop-playground:tab'))"
        )
        if text is None:
            return {}
        kept = json.loads(text)
        return {**_without_places(kept["document"]), "variant": kept["variant"], "pending": kept["pending"]}


def _without_places(document: dict[str, Any]) -> dict[str, Any]:
    """Return what a document says of nodes by their names: ids and places of new ones are the browser's to choose."""
    names = {node["id"]: node["name"] for node in document["nodes"]}
    return {
        "nodes": [(node["name"], node["op"], node["value"]) for node in document["nodes"]],
        "edges": sorted((names[edge["from"]], names[edge["to"]], edge["port"]) for edge in document["edges"]),
    }
