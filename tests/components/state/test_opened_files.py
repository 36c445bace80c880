"""Whatever file is opened: the graph that was there is one undo away, or stays, and one sentence says why."""

from __future__ import annotations

import pytest

from components.state.playground import Playground
from engine.document import to_json
from engine.edits import SetRole
from engine.errors import PlaygroundError
from tests.components.state.test_history import new_playground
from tests.engine.built import built

OTHER = to_json(built("p=3 q=Square(p)"))
SCRIPT = "from engine import Variable\nimport numpy as np\np = Variable(np.array(3.0))\nq = p ** 2\n"


def opened(contents: bytes, name: str) -> Playground:
    playground = new_playground()
    playground.open_document(contents, name)
    return playground


@pytest.mark.parametrize(
    ("contents", "name"),
    [
        (OTHER.encode(), "graph.json"),
        (OTHER.encode("utf-8-sig"), "graph.json"),
        (OTHER.encode("utf-16"), "graph.json"),
        (SCRIPT.encode(), "graph.py"),
    ],
)
def test_what_was_there_is_one_undo_away(contents: bytes, name: str) -> None:
    playground = opened(contents, name)
    assert playground.graph.node_named("q") is not None
    playground.undo()
    assert playground.graph == new_playground().graph


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_is_put_beside_the_graph_that_is_there(encoding: str) -> None:
    playground = opened(to_json(built("x=0 t=0 d=Sub(x,t)")).encode(), "graph.json")
    x, t = (node.id for node in playground.graph.nodes() if node.is_input)
    playground.edit(SetRole(nodes=[x], role="data"))
    playground.edit(SetRole(nodes=[t], role="target"))
    before = playground.graph
    playground.open_document("x,t\n1,2\n3,4\n".encode(encoding), "Data.CSV")
    training = playground.graph.training
    assert training is not None
    assert {key: tuple(column) for key, column in training.columns.items()} == {x: (1.0, 3.0), t: (2.0, 4.0)}
    playground.undo()
    assert playground.graph == before


@pytest.mark.parametrize(
    ("contents", "name", "sentence"),
    [
        (b"", "graph.json", "The file is empty."),
        (b" \n", "notes", "The file is empty."),
        (b"", "data.csv", "The file is empty."),
        ("größe,t\n1,2\n".encode("latin-1"), "data.csv", "The table is not text in UTF-8: save it as “CSV UTF-8”."),
        (b"x,t\n1,2\n", "data.csv", "No input takes data: give one the role data or target first."),
        (b"\x89PNG\r\n\x1a\n\x00", "photo.png", "The file is not text in UTF-8, so it is not a saved graph."),
        (
            b"Dear all",
            "letter.txt",
            "This is none of what can be opened: a saved graph, a lesson, a script, a notebook or a table.",
        ),
        (b"<svg/>", "picture.svg", "This is none of what can be opened: "),
        (OTHER[:50].encode(), "graph.json", "The file is not JSON: line "),
        (
            b'{"a": "' + b"a" * 4_000_000 + b'"}',
            "graph.json",
            "The file is larger than 4000000 bytes, the limit for a graph.",
        ),
        (b"x = 1\n" * 20_000, "graph.py", "The script has 120000 characters; the limit is 100000."),
        (
            "# größe\nx = 1\n".encode("latin-1"),
            "graph.py",
            "The file is not text in UTF-8, so it is not a saved graph.",
        ),
        (b"x = 1\x00\n", "graph.py", "Line 1: This line cannot be read as Python."),
    ],
)
def test_what_cannot_be_opened_is_refused_in_a_sentence(contents: bytes, name: str, sentence: str) -> None:
    playground = new_playground()
    before = playground.graph
    with pytest.raises(PlaygroundError) as refusal:
        playground.open_document(contents, name)
    assert str(refusal.value).startswith(sentence)
    assert playground.graph is before
