"""What the command `backprop-playground` makes of its arguments."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Sequence
from pathlib import Path

import pytest

from components.command import command
from components.command.command import main, script
from components.state import begin
from engine.command import OPENED
from engine.document import Graph
from engine.formula import graph_of_formula
from engine.lessons import ADDED


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str]]:
    """Collect what Streamlit would be told; the environment is put back afterwards."""
    for name in (ADDED, OPENED, command.DATA):
        monkeypatch.setenv(name, "")
    told: list[Sequence[str]] = []
    monkeypatch.setattr(command, "_serve", lambda arguments: told.append(arguments) or 0)
    return told


def test_options_reach_streamlit_and_the_page(tmp_path: Path, served: list[Sequence[str]]) -> None:
    lessons, data, file = tmp_path / "lessons", tmp_path / "new" / "data", tmp_path / "f.txt"
    lessons.mkdir()
    file.write_text("z = x*y", "utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = [f"--port={port}", "--address", "127.0.0.1", "--no-browser"]
    assert main([*options, "--lessons", str(lessons), "--data", str(data), "--open", str(file)]) == 0
    assert served == [[str(script()), f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"]]
    assert script().is_file()
    assert (script().parent / ".streamlit" / "config.toml").is_file()
    assert [os.environ[name] for name in (ADDED, command.DATA, OPENED)] == [str(lessons), str(data), str(file)]
    assert data.is_dir()


@pytest.mark.parametrize("option", ["--lessons", "--open", "--data"])
def test_what_is_not_there_is_one_sentence(
    option: str, tmp_path: Path, served: list[Sequence[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("a file, no folder", "utf-8")
    assert main([option, str(tmp_path / "file" / "missing")]) == 2
    told = capsys.readouterr()
    assert (told.out, len(told.err.splitlines()), served) == ("", 1, [])


def test_where_nobody_can_listen_is_one_sentence(
    served: list[Sequence[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = f"--port={other.getsockname()[1]}"
        for options in (["--port=0"], ["--port=65536"], ["--address=300.1.1.1"], ["--address=127.0.0.1", taken]):
            assert main(options) == 2
            told = capsys.readouterr()
            assert (told.out, len(told.err.splitlines()), served) == ("", 1, [])


def test_run_is_the_engines_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "z = x**2 + y**2", "x=2", "y=3", "--json"]) == 0
    nodes = json.loads(capsys.readouterr().out)["nodes"]
    assert {node["name"]: node["grad"] for node in nodes}["x"] == 4.0


def test_a_page_begins_with_the_graph_that_is_given_unless_a_link_says_another() -> None:
    graph = graph_of_formula("q = x*y", Graph())
    assert {node.name for node in begin(graph=graph).playground.graph.nodes()} == {"x", "y", "q"}
    assert {node.name for node in begin("damaged", graph=graph).playground.graph.nodes()} == {"x", "y", "a", "b", "z"}
