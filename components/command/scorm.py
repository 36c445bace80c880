"""Make a package of a lesson for a course's system: `backprop-playground scorm 5 --address https://… -o lesson.zip`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Final

from components.exports import course_package
from components.state import Playground, begin
from engine.document import LinkFields
from engine.errors import PlaygroundError
from engine.lessons import LESSONS, spoken
from engine.limits import MAX_DOCUMENT_BYTES
from engine.messages import languages, say, using_language
from engine.pieces import finish

_REFUSED: Final = 2


def main(arguments: Sequence[str], program: str) -> int:
    """Write the package that the arguments ask for; return the exit code."""
    asked = _parser(program).parse_args(arguments)
    try:
        with using_language(asked.language) if asked.language else nullcontext():
            package, title = package_of(asked.lesson, asked.address, asked.language or "")
            _write(asked.output, package)
            print(say("{file}: “{title}”, {size} bytes.", file=str(asked.output), title=title, size=len(package)))
    except PlaygroundError as error:
        print(error, file=sys.stderr)
        return _REFUSED
    return 0


def package_of(lesson: str, address: str, language: str) -> tuple[bytes, str]:
    """Return the package of a lesson, and its title; raises PlaygroundError."""
    playground = _opened(lesson)
    if playground.lesson is None:
        raise PlaygroundError(say("{lesson} asks nothing: make a lesson of it first.", lesson=lesson))
    asked = spoken(playground.lesson)
    finish(playground.share_in_pieces(LinkFields(panel=asked.panel, language=language)))
    return course_package(address, playground.link, title=asked.title, question=asked.question), asked.title


def _opened(lesson: str) -> Playground:
    """Return a playground in which a lesson is open: of the course by its number or name, or of a file."""
    playground = begin().playground
    path = Path(lesson)
    if path.suffix or path.is_file():
        playground.open_document(_read(path), path.name)
        return playground
    numbers = {str(place + 1): place for place in range(len(LESSONS))}
    places = numbers | {each.key: place for place, each in enumerate(LESSONS)}
    if lesson not in places:
        raise PlaygroundError(
            say("There is no lesson “{lesson}”: give its number, its name, or a file.", lesson=lesson)
        )
    playground.open_lesson(places[lesson])
    return playground


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_DOCUMENT_BYTES + 1)
    except OSError as error:
        raise PlaygroundError(say("{file} cannot be read: {reason}.", file=path.name, reason=error.strerror)) from None


def _write(path: Path, package: bytes) -> None:
    try:
        path.write_bytes(package)
    except OSError as error:
        raise PlaygroundError(
            say("{file} cannot be written: {reason}.", file=str(path), reason=error.strerror)
        ) from None


def _parser(program: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(program, description=say("Make a SCORM 1.2 package of a lesson."))
    parser.add_argument(
        "lesson",
        metavar=say("LESSON"),
        help=say("a lesson's number or name, or a file: a lesson's, or a graph that asks something"),
    )
    parser.add_argument(
        "--address", required=True, help=say("where the playground is served, such as https://school.example/backprop")
    )
    parser.add_argument(
        "-o", "--output", type=Path, default=Path("lesson.zip"), help=say("the package; lesson.zip unless it is named")
    )
    parser.add_argument(
        "--language", choices=languages(), help=say("the language of the package; without it the browser's")
    )
    return parser
