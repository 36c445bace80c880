"""The command's arguments, turned into what Streamlit and the page are told."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Final

from components.command.scorm import main as make_scorm
from engine.command import OPENED, graph_in_file
from engine.command import main as run_graph
from engine.errors import PlaygroundError
from engine.lessons import ADDED
from engine.messages import say

NAME: Final = "backprop-playground"
DATA: Final = "PLAYGROUND_DATA"
"""The name of the environment's variable that holds the folder in which the server keeps its data."""

_ROOT: Final = Path(__file__).parents[2]
_RUN: Final = "run"
_SCORM: Final = "scorm"
_REFUSED: Final = 2
_HIGHEST_PORT: Final = 65535
_LISTENS: Final = socket.AI_PASSIVE


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say, those of the process unless others are given; return the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == [_SCORM]:
        return make_scorm(given[1:], f"{NAME} {_SCORM}")
    if given[:1] == [_RUN]:
        return run_graph(given[1:], program=f"{NAME} {_RUN}")
    asked = _parser().parse_args(given)
    try:
        environment, options = environment_of(asked), options_of(asked)
        _try_listening(asked.address, asked.port)
    except PlaygroundError as error:
        print(error, file=sys.stderr)
        return _REFUSED
    os.environ.update(environment)
    return _serve([str(script()), *options])


def environment_of(asked: argparse.Namespace) -> dict[str, str]:
    """Return what the page is told by the environment; raises PlaygroundError for what is not there."""
    told: dict[str, str] = {}
    if asked.lessons is not None:
        if not asked.lessons.is_dir():
            raise PlaygroundError(say("There is no folder {folder}.", folder=str(asked.lessons)))
        told[ADDED] = str(asked.lessons.resolve())
    if asked.data is not None:
        try:
            asked.data.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror
            raise PlaygroundError(
                say("The folder {folder} cannot be made: {reason}.", folder=str(asked.data), reason=reason)
            ) from None
        told[DATA] = str(asked.data.resolve())
    if asked.open is not None:
        graph_in_file(asked.open)  # what cannot be opened is said before anything starts
        told[OPENED] = str(asked.open.resolve())
    return told


def options_of(asked: argparse.Namespace) -> list[str]:
    """Return what Streamlit is told."""
    options = {"server.port": asked.port, "server.address": asked.address}
    named = [f"--{name}={value}" for name, value in options.items() if value is not None]
    return [*named, "--server.headless=true"] if asked.no_browser else named


def _try_listening(address: str | None, port: int | None) -> None:
    """Raise PlaygroundError where nobody can listen at what is asked for; without a port Streamlit finds one."""
    if address is None and port is None:
        return
    if port is not None and not 0 < port <= _HIGHEST_PORT:
        raise PlaygroundError(say("A port is a number from 1 to {highest}.", highest=_HIGHEST_PORT))
    try:
        family, kind, *_, place = socket.getaddrinfo(address, port or 0, type=socket.SOCK_STREAM, flags=_LISTENS)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as a server does that was ended just now
            probe.bind(place)
    except (OSError, UnicodeError) as error:
        where = ":".join(str(each) for each in (address, port) if each is not None)
        reason = getattr(error, "strerror", None) or str(error)
        raise PlaygroundError(
            say("The page cannot be served at {where}: {reason}.", where=where, reason=reason)
        ) from None


def script() -> Path:
    """Return the script that Streamlit runs, with its settings beside it: the project's, or the installed copy."""
    installed = _ROOT / "backprop_playground" / "streamlit_app.py"
    return installed if installed.is_file() else _ROOT / "streamlit_app.py"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        NAME,
        description=say("Serve the playground."),
        epilog="\n".join(
            (
                say("To run a graph in the terminal: {name} run --help", name=NAME),
                say("To make a package of a lesson for a course: {name} scorm --help", name=NAME),
            )
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=_version())
    parser.add_argument("--port", type=int, help=say("the port to listen on; 8501 unless it is taken"))
    parser.add_argument("--address", help=say("the address to listen on; without it, all of this machine"))
    parser.add_argument("--lessons", type=Path, metavar="FOLDER", help=say("a folder with lessons of your own"))
    parser.add_argument(
        "--data", type=Path, metavar="FOLDER", help=say("the folder in which the server keeps its data")
    )
    parser.add_argument(
        "--open", type=Path, metavar="FILE", help=say("a saved graph, a script, a notebook or a formula to begin with")
    )
    parser.add_argument("--no-browser", action="store_true", help=say("do not open a browser"))
    return parser


def _version() -> str:
    try:
        return metadata.version(NAME)
    except metadata.PackageNotFoundError:
        return say("not installed")


def _serve(arguments: Sequence[str]) -> int:
    from streamlit.web import cli  # takes a second, which `run` does not wait for

    cli.main(["run", *arguments], prog_name=NAME, standalone_mode=False)
    return 0
