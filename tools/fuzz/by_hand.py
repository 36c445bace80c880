"""Random events with Automatic on or off and every panel open in turn: nothing fails, and every answer stays small."""

from __future__ import annotations

import json
import logging
import random
from typing import Any

from components.panels import Panel
from components.state import begin
from engine.autograd import Function
from engine.lessons import LESSONS
from engine.limits import ANSWER_CHARACTERS
from tools.fuzz.failure import Failure

_OPS = sorted(Function.registry)
_VALUES = ["2", "-1.5", "0", "[1, 2, 3]", "[[1, -2], [0, 4]]", "1e300", "nonsense", "random(3, 2)", "1,5", ""]
_PARAMETERS = ["3", "-0.5", "(2, 3)", "0", "axis=0", "all", "yes", "8"]
_FORMULAS = [
    "z = x * y",
    "z = x ** 2 + 3 * y",
    "a = x + x\nb = a + a\nc = b + b\nz = c + c",
    "p, q = split(x, n_outputs=2)\nz = sum(p) * sum(q)",
    "z = log(x)",
    "z = foo(x)",
    "z = sum(max(x, 0) * y) / 2x",
    "import torch\nx = torch.tensor([1., 2.], requires_grad=True)\nz = (x ** 2).sum()\nz.backward()",
    "",
]
_TABLES = ["x\ty\n1\t2\n3\t4", "x\tt\n0\t1\n1\t3\n2\t5", "x\n[1, 2]\n[3, 4]", "x\ty\n1\tq", "nobody\n1", ""]
_RANGES = ["-5 to 5", "0 to 1, 2 decimals", "3 to 1", "q", ""]


class _Faults(logging.Handler):
    """Collect the faults that the border has logged."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(self.format(record))


def play(seed: int, events: int) -> Failure | None:
    """Play so many random events in one session, by hand for the most part; return the first failure."""
    chance, session = random.Random(seed), begin()
    faults, log = _Faults(), logging.getLogger("components.border")
    log.addHandler(faults)
    propagates, log.propagate = log.propagate, False
    try:
        for number in range(1, events + 1):
            graph = session.playground.graph
            ids = [node.id for node in graph.nodes()] + [block.id for block in graph.blocks] + ["nobody"]
            handed = {
                "session": session.id,
                "post": number,
                "have": chance.choice([0, session.browser.pictures.revision]),
                "selected": chance.choice(["", *ids]),
                "look": {
                    "panel": chance.choice(["", *sorted(Panel.registry)]),
                    "local": chance.random() < 0.3,
                    "bars": chance.random() < 0.3,
                    "widths": chance.random() < 0.3,
                    "number": chance.choice(["", "data", "grad"]),
                },
                "events": [{"seq": number, "event": random_event(chance, ids, f"k{number}")}],
            }
            session.receive(handed)
            message = session.message()
            while "progress" in message:  # it is done in slices
                session.receive({**handed, "events": []})
                message = session.message()
            answer = json.dumps(message, allow_nan=False, ensure_ascii=False)
            answer.encode()
            if faults.found:
                return Failure(seed, number, f"{handed}\n{faults.found[0]}")
            if len(answer) > ANSWER_CHARACTERS:
                return Failure(seed, number, f"{handed}\nan answer of {len(answer)} characters")
    finally:
        log.removeHandler(faults)
        log.propagate = propagates
    return None


def random_event(chance: random.Random, ids: list[str], fresh: str) -> dict[str, Any]:
    """Return an event about some of these nodes and blocks; what it adds is called `fresh`."""
    node, other = chance.choice(ids), chance.choice(ids)
    drawn: list[tuple[int, dict[str, Any]]] = [
        (4, {"type": "add", "id": fresh, "op": chance.choice(["Input", *_OPS]), "x": chance.randint(-500, 500)}),
        (8, {"type": "connect", "source": node, "target": other, "port": chance.randint(0, 2)}),
        (2, {"type": "disconnect", "target": node, "port": chance.randint(0, 1)}),
        (4, {"type": "set value", "node": node, "value": chance.choice(_VALUES)}),
        (2, {"type": "set parameter", "node": node, "value": chance.choice(_PARAMETERS)}),
        (1, {"type": "rename", "node": node, "name": chance.choice("abxyz")}),
        (3, {"type": "delete", "nodes": [node]}),
        (2, {"type": "choose", "node": node, "output": chance.randint(0, 1)}),
        (1, {"type": "differentiate", "node": node}),
        (2, {"type": "block", "id": f"b{fresh}", "nodes": [node, other], "name": f"f{fresh}"}),
        (1, {"type": "set open", "block": node, "open": chance.random() < 0.5}),
        (1, {"type": "ungroup", "block": node}),
        (1, {"type": "formula", "text": chance.choice(_FORMULAS)}),
        (1, {"type": "descend", "rate": 0.1, "steps": 2}),
        (1, {"type": "tidy"}),
        (3, {"type": "undo"}),
        (2, {"type": "redo"}),
        (1, {"type": "lesson", "lesson": chance.randrange(len(LESSONS))}),
        (3, {"type": "forward"}),
        (4, {"type": "backward"}),
        (1, {"type": "cleargrad"}),
        (2, {"type": "automatic", "automatic": chance.random() < 0.2}),
        (2, {"type": "variant", "variant": chance.choice(["step 13", "step 14", "step 16"])}),
        (2, {"type": "pick", "order": chance.choice([None, [], [node], [node, other]])}),
        (2, {"type": "check"}),
        (1, {"type": "share"}),
        *_events_of_training(chance, node),
        *_events_of_tasks(chance, node),
    ]
    return chance.choices([event for _, event in drawn], [weight for weight, _ in drawn])[0]


def _events_of_training(chance: random.Random, node: str) -> list[tuple[int, dict[str, Any]]]:
    """Return what may be done with roles and a table of data."""
    return [
        (3, {"type": "set role", "nodes": [node], "role": chance.choice(["data", "weight", "target", None])}),
        (2, {"type": "set table", "text": chance.choice(_TABLES)}),
        (1, {"type": "show rows", "first": chance.randint(0, 3), "count": chance.randint(1, 3)}),
        (1, {"type": "set training", "optimizer": chance.choice(["SGD", "Momentum", "Adam", "none"]), "rate": 0.1}),
        (2, {"type": "train", "updates": chance.randint(1, 3)}),
        (1, {"type": "reset training"}),
    ]


def _events_of_tasks(chance: random.Random, node: str) -> list[tuple[int, dict[str, Any]]]:
    """Return what may be done with numbers that are hidden, and with each student's own."""
    kind = chance.choice(["data", "grad"])
    return [
        (2, {"type": "hide", "numbers": [[node, kind, 0]], "hidden": chance.random() < 0.7}),
        (1, {"type": "answer", "node": node, "kind": kind, "text": chance.choice(_VALUES)}),
        (1, {"type": "reveal", "numbers": [[node, kind, 0]]}),
        (1, {"type": "choose answer", "place": chance.randint(0, 3)}),
        (1, {"type": "set range", "node": node, "text": chance.choice(_RANGES)}),
        (1, {"type": "own numbers", "name": chance.choice(["Ada", "", "Émile 7"])}),
    ]
