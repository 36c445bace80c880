"""A graph that is run in a terminal: what is printed, what is read, what is refused."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from engine.command import OPENED, graph_to_open, main
from engine.document import Graph, to_json
from engine.edits import Hide, apply
from engine.evaluation import evaluate
from engine.explain import book_script, text_of
from engine.formula import graph_of_formula

ROOT = Path(__file__).parents[3]
SEED = "z = x**2 + y**2"
TORCH = """import torch
x = torch.tensor(1., requires_grad=True)
y = torch.tensor(2., requires_grad=True)
z = x**2 + y**2
z.backward()
"""


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


def numbers(printed: str) -> dict[str, tuple[Any, Any]]:
    return {node["name"]: (node["data"], node["grad"]) for node in json.loads(printed)["nodes"]}


def test_a_formula_prints_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([SEED, "x=2", "y=3"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == ["name", "op", "inputs", "data", "grad"]
    assert lines[1:] == [
        ["x", "Input", "2", "4"],
        ["a", "Square", "x", "4", "1"],
        ["y", "Input", "3", "6"],
        ["b", "Square", "y", "9", "1"],
        ["z", "Add", "a,", "b", "13", "1"],
    ]


def test_the_steps_are_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([SEED, "x=2", "y=3", "--steps"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "1. Forward: Square gives a = 4.",
        "2. Forward: Square gives b = 9.",
        "3. Forward: Add gives z = 13.",
        "4. Backward starts: z.grad = 1.",
        "5. Backward: Add sends 1 to a and 1 to b.",
        "6. Backward: Square sends 4 to x.",
        "7. Backward: Square sends 6 to y.",
    ]


# (x²)² + (x²)² at 2: what each step of the book gives.
@pytest.mark.parametrize(("engine", "grad"), [("13", 32.0), ("14", 96.0), ("16", 64.0)])
def test_json_holds_all_digits_of_each_engine(engine: str, grad: float, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["a = x**2; y = a**2 + a**2", "x=2", "--engine", engine, "--json"]) == 0
    told = capsys.readouterr().out
    assert numbers(told)["x"] == (2.0, grad)
    assert json.loads(told)["output"] == "y"


def test_what_json_cannot_hold_is_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["z = log(x)", "x=[0, 1, -1]", "--json"]) == 0
    (told,) = [node for node in json.loads(capsys.readouterr().out)["nodes"] if node["name"] == "z"]
    assert told["data"] == ["-inf", 0.0, "nan"]
    assert told["state"] == "trouble"


def test_every_kind_of_file_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    graph = graph_of_formula("z = x**2 + y**2", Graph())
    files = {
        "formula.txt": "z = x**2 + y**2\n",
        "graph.json": to_json(graph),
        "script.py": text_of(book_script(graph, evaluate(graph))),
        "torch.py": TORCH,
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
        assert main([str(tmp_path / name), "x=2", "y=3", "--json"]) == 0, name
        assert numbers(capsys.readouterr().out)["x"] == (2.0, 4.0), name


def test_a_formula_is_piped_in(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("z = x·y".encode())))
    assert main(["-", "x=2", "y=5", "--json"]) == 0
    assert numbers(capsys.readouterr().out)["x"] == (2.0, 5.0)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["z = log(x"], "This is not a formula: the bracket that is opened here is not closed."),
        ([SEED, "w=3"], "There is no input named w."),
        ([SEED, "x"], '"x" is no value: write name=value, such as x=2.'),
        ([SEED, "z=3"], "z is computed; only an input's value can be set."),
    ],
)
def test_what_is_refused_is_one_sentence(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", f"{sentence}\n")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"\xff\xfe\x00"),
        ("a.json", b"{"),
        ("a.json", b'{"version": 99}'),
        ("a.py", b"for x in y: z"),
        ("a.txt", b""),
    ],
)
def test_a_file_that_holds_no_graph_is_refused(
    name: str, content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(content)
    assert main([str(tmp_path / name)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1


def test_hidden_numbers_stay_hidden(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    graph = graph_of_formula("z = x**2", Graph())
    (x,) = [node for node in graph.nodes() if node.is_input]
    graph = apply(graph, Hide(numbers=((x.id, "grad", 0),)))
    file = tmp_path / "asked.json"
    file.write_text(to_json(graph), "utf-8")
    for shown in ([], ["--steps"], ["--json"]):
        assert main([str(file), "x=7", *shown]) == 0
        told = capsys.readouterr().out
        assert "?" in told
        assert "14" not in told  # the derivative of x² at 7


def test_it_speaks_the_language_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    assert main(["z = log(x"]) == 2
    assert not capsys.readouterr().err.isascii()


def test_the_engine_is_a_command(tmp_path: Path) -> None:
    command = (sys.executable, "-m", "engine", SEED, "x=2", "y=3", "--json")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert numbers(done.stdout)["z"] == (13.0, 1.0)


def test_the_environment_names_the_file_to_begin_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(OPENED, raising=False)
    assert graph_to_open() is None
    (tmp_path / "f.txt").write_text("z = x*y", "utf-8")
    monkeypatch.setenv(OPENED, str(tmp_path / "f.txt"))
    graph = graph_to_open()
    assert graph is not None
    assert {node.name for node in graph.nodes()} == {"x", "y", "z"}
