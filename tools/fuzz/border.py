"""Documents of every version, links, formulas, scripts, notebooks and tables, sound and damaged, at the border.

Each opens as a graph that is saved and opened again as the same, or is refused in one sentence; nothing of it runs.
"""

from __future__ import annotations

import base64
import json
import random
import zlib
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

from components.state import begin
from engine.document import Graph, from_document, from_link, to_document, to_json, to_link
from engine.edits import Replace
from engine.errors import LONGEST_SENTENCE, LimitError, PlaygroundError
from engine.evaluation import evaluate
from engine.explain import book_script, program_script, text_of, torch_script
from engine.formula import formula_of, graph_of_formula
from engine.lessons import LESSONS
from engine.training import fed_inputs
from tools.fuzz.failure import Failure
from tools.fuzz.graphs import drawn_graph
from tools.fuzz.listener import listening, may_be_loading
from tools.fuzz.numpy_expressions import GIVEN, drawn
from tools.fuzz.tables import damaged_table

LONGEST_SECONDS = 2.0
"""Of processor time for one probe; `make fuzz` fails past it."""

_EMPTY = Graph()
_TOKENS = [
    "x", "y", "z", "v0", "v1", "(", ")", "[", "]", "{", "}", ",", ":", ";", ".", "=", "+", "-", "*", "/", "**",
    "@", "^", "%", "0", "1", "2.5", "1e999", "-1", "None", "True", "...", "\n", "    ", "\t", "'", '"', "\\",
    "#", "__import__('os')", "exec('x')", "eval", "open('f')", "lambda q: q", "for q in x:", "while True:",
    "if x:", "def f(x):", "return", "class A:", "import os", "from os import system", "np.", "torch.", "F.",
    ".T", ".sum()", ".backward()", ".data", ".grad", ".__class__", "Variable(", "Value(", "np.array(",
    "np.zeros((9999, 9999))", "range(10**9)", "10**10**10", "x**9**9**9", "9" * 5000, "\0", "\ud800", "é", "变量",
    "𝐱", "\u2028", "\x0c", "print(", "yield", "await x", "x := 1", "*", "**x", "@x", "global x", "assert x",
    "del x", "raise x", "try:", "with x:", "f'{x}'", "b'x'", "1j", "0x1f", "1_000", "x if y else z",
    "[x for x in y]",
]  # fmt: skip
_JSON_PARTS: list[Any] = [
    None, True, -1, 0, 3, 1e308, 10**400, "", "x", "n1", "Input", "Square", "x" * 5000, "\ud800", [], {}, [[]],
    [1, [2]], {"a": 1}, float("nan"), [0] * 50, "__class__", "\0", 2.5, "Pow", ["n1", "n2"],
]  # fmt: skip


def probe(seed: int, size: int, *, seconds: float | None = LONGEST_SECONDS) -> Failure | None:
    """Probe the border so many times; return the first failure. Without `seconds` no time is looked at."""
    chance = random.Random(seed)
    for number in range(1, size + 1):
        kind, open_it, thing = _drawn(chance)
        begun = process_time()
        try:
            told, ran = _opened_or_refused(open_it)
        except Exception as error:
            return Failure(seed, number, f"{kind}: {thing!r:.2000}\n{error!r}")
        if ran:
            return Failure(seed, number, f"{kind}: {thing!r:.2000}\nit ran: {ran}")
        if told is not None and (not told.endswith((".", "…")) or len(told) > LONGEST_SENTENCE + 1 or "Error" in told):
            return Failure(seed, number, f"{kind}: {thing!r:.2000}\nrefused with {told!r}")
        if seconds is not None and process_time() - begun > seconds:
            return Failure(seed, number, f"{kind}: {thing!r:.2000}\nit took {process_time() - begun:.1f} s")
    return None


def _opened_or_refused(open_it: Callable[[], Graph | None]) -> tuple[str | None, list[str]]:
    """Open and check it; return the sentence that refused it, if any, and what ran meanwhile.

    A part of a library, such as a codec, is loaded, or compiled, when it is first asked for; a text that is run is run
    each time. So where there was nothing but what may be of that kind, it is opened once more.
    """
    told: str | None = None
    ran: list[str] = []
    for _ in range(2):
        try:
            with listening() as ran:
                _check(open_it())
        except PlaygroundError as error:
            told = str(error)
        if not ran or not all(may_be_loading(each) for each in ran):
            break
    return told, ran


def _check(graph: Graph | None) -> None:
    """Save and open what was opened, and compute it."""
    if graph is None:
        return
    assert to_document(from_document(json.loads(to_json(graph)))) == to_document(graph), "saved, it opens as another"
    try:
        link = to_link(graph)
    except LimitError:
        link = ""
    if link:
        again, _, _ = from_link(link)
        assert [(node.op, node.name, node.value) for node in again.nodes()] == [
            (node.op, node.name, node.value) for node in graph.nodes()
        ], "linked, it opens as another"
    evaluate(graph)


_KINDS = [
    "document", "file", "link", "formula", "script", "script", "notebook", "numpy", "page", "kept", "table",
]  # fmt: skip
_KEPT = sorted((Path(__file__).parents[2] / "tests/engine/document/kept").glob("*[!s].json"))
"""What earlier versions wrote, but for their links."""

# What is drawn ------------------------------------------------------------------------------------------------


def _drawn(chance: random.Random) -> tuple[str, Callable[[], Graph | None], Any]:
    graph = chance.choice(LESSONS).graph if chance.random() < 0.3 else drawn_graph(chance, ops=chance.randint(1, 8))
    kind = chance.choice(_KINDS)
    if kind == "table":
        text = damaged_table(chance)
        fed = chance.choice([lesson.graph for lesson in LESSONS if fed_inputs(lesson.graph)])
        return kind, lambda: _opened(text, chance.choice(["table.csv", "table.tsv"]), fed), text
    if kind == "kept":
        kept = _damaged_json(chance, json.loads(chance.choice(_KEPT).read_text("utf-8")))
        contents = _damaged_bytes(chance, json.dumps(kept).encode("utf-8", "replace"))
        return kind, lambda: _opened(contents, "kept.json"), contents
    if kind == "document":
        document = _damaged_json(chance, to_document(graph))
        return kind, lambda: from_document(document), document
    if kind == "link":
        link = _damaged_link(chance, graph)
        return kind, lambda: from_link(link)[0], link
    if kind == "page":
        link = _damaged_link(chance, graph)
        return kind, lambda: begin(link).playground.graph, link
    if kind == "formula":
        text = _damaged_text(chance, formula_of(graph).replace("; ", "\n"))
        return kind, lambda: graph_of_formula(text, graph), text
    if kind == "numpy":
        text = _damaged_text(chance, f"{GIVEN}\nresult = {drawn(chance)}")
        return kind, lambda: graph_of_formula(text, _EMPTY), text
    script = _damaged_text(
        chance, text_of(chance.choice([book_script, torch_script, program_script])(graph, evaluate(graph)))
    )
    if kind == "script":
        return kind, lambda: graph_of_formula(script, graph), script
    if kind == "notebook":
        cells = [{"cell_type": "code", "source": part} for part in script.split("\n\n")]
        held = json.dumps(_damaged_json(chance, {"cells": cells, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}))
    else:
        held = chance.choice([script, to_json(graph), json.dumps(_damaged_json(chance, to_document(graph)))])
    contents = _damaged_bytes(chance, held.encode("utf-8", "replace"))
    return kind, lambda: _opened(contents, "graph.py" if contents[:1] != b"{" else "graph.json"), contents


def _opened(contents: bytes, name: str, before: Graph | None = None) -> Graph:
    """Return the graph of an opened file; a table is put beside the one before."""
    playground = begin().playground
    if before is not None:
        playground.edit(Replace(document=before))
    playground.open_document(contents, name)
    return playground.graph


def _damaged_text(chance: random.Random, text: str) -> str:
    for _ in range(chance.choice([0, 1, 1, 2, 4, 30])):
        place, end = sorted(chance.randint(0, len(text)) for _ in range(2))
        kind = chance.randrange(5)
        if kind == 0:
            text = text[:place] + text[min(end, place + chance.randint(1, 12)) :]
        elif kind == 1:
            text = text[:place] + text[place:end][:200] * 2 + text[place:]
        else:
            text = text[:place] + chance.choice(_TOKENS) + text[place:]
    if chance.random() < 0.02:
        text = chance.choice(
            ["(" * 3000, "x" + "+x" * 9000, "-" * 9000 + "x", "[" * 200 + "]" * 200, "x = " + "f(" * 90]
        )
    return text


def _damaged_bytes(chance: random.Random, contents: bytes) -> bytes:
    if chance.random() < 0.7:
        return contents
    place = chance.randint(0, len(contents))
    return contents[:place] + chance.randbytes(chance.randint(0, 8)) + contents[place + chance.randint(0, 4) :]


def _damaged_json(chance: random.Random, value: Any) -> Any:
    """Return parsed JSON with some of its parts replaced, dropped or doubled."""
    value = json.loads(json.dumps(value))
    for _ in range(chance.choice([0, 1, 1, 2, 5])):
        value = _with_damage(chance, value)
    return value


def _with_damage(chance: random.Random, value: Any) -> Any:
    if isinstance(value, dict) and value and chance.random() < 0.85:
        key = chance.choice(list(value))
        if chance.random() < 0.1:
            return {each: held for each, held in value.items() if each != key}
        return {**value, key: _with_damage(chance, value[key])}
    if isinstance(value, list) and value and chance.random() < 0.85:
        place = chance.randrange(len(value))
        if chance.random() < 0.1:
            return [*value[:place], *value[place : place + 1] * chance.choice([0, 2]), *value[place + 1 :]]
        return [*value[:place], _with_damage(chance, value[place]), *value[place + 1 :]]
    return chance.choice(_JSON_PARTS)


def _damaged_link(chance: random.Random, graph: Graph) -> str:
    try:
        link = to_link(graph)
    except LimitError:
        link = "A" * 9_000
    kind = chance.randrange(5)
    if kind == 0:
        return link
    if kind == 1:
        return link[: chance.randint(0, len(link))]
    if kind == 2:
        place = chance.randint(0, len(link))
        return (
            link[:place]
            + chance.choice(["A", "-", "=", "💥", "\ud800", " ", "/"])
            + link[place + chance.randint(0, 2) :]
        )
    if kind == 3:
        bomb = zlib.compress(chance.choice([b" ", b"[", b"[1,", b"1"]) * chance.choice([10, 200_000, 6_000_000]))
        return base64.urlsafe_b64encode(bomb).decode().rstrip("=")
    packed = base64.b64decode(link + "=" * (-len(link) % 4), altchars=b"-_")
    parts = _damaged_json(chance, json.loads(zlib.decompress(packed)))
    text = json.dumps(parts).encode("utf-8", "replace")
    return base64.urlsafe_b64encode(zlib.compress(text)).decode().rstrip("=")
