"""Parse what was typed or pasted, and find each place of the parsed text in it again."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from engine.autograd import Function, function_name
from engine.document import Graph
from engine.errors import FormulaError
from engine.formula.vocabulary import VARIABLES, callable_ops
from engine.messages import mark, say
from engine.notation import FORMULA_FILE, FUNCTIONS, INVISIBLE, Names, PythonFormula, lines_of, python_formula_in_pieces
from engine.pieces import Pieces

_SCRIPT: Final = re.compile(
    r"^[ \t]*(?:(?:import|from|def|class|for|while|if|with)\b|print[ \t]*\()"
    r"|\b(?:Variable|Value|Parameter|[Tt]ensor)[ \t]*\(|\.backward[ \t]*\(|[-+*/@]=",
    re.MULTILINE,
)
"""What only a script holds; everything else is a formula, in which names need no values and stand for one thing."""
_POWERS: Final = {"^": "**", "²": "**2", "³": "**3"}
"""What everybody means as a power, also in a script."""
_LOOKALIKES: Final = str.maketrans(
    {"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "×": "*", "·": "*", "÷": "/", "“": '"', "”": '"', "‘": "'", "’": "'"}
    | dict.fromkeys("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{IDEOGRAPHIC SPACE}", " ")
    | dict.fromkeys(INVISIBLE, "")
)
"""What other programs write in the place of Python's signs; each of one character, so that columns stay."""
_PROMPT: Final = re.compile(r"[ \t]*>>> ")
_TYPED: Final = re.compile(r"[ \t]*(?:>>>|\.\.\.)(?: |$)")
_MAGIC: Final = re.compile(r"[ \t]*(?:%|!)[A-Za-z%]|[ \t]*!?\?")
"""What a notebook says to its own program, and no Python is."""
_FEED: Final = re.compile(r"^\f")
"""The beginning of a page, which Python leaves out at the beginning of a line."""
_WRITTEN: Final = {ord(sign): power for sign, power in _POWERS.items()}
_BRACKETLESS: Final = frozenset({"max", "min"})
"""Functions that LaTeX knows and that take several inputs."""

_NO_FORMULA: Final = mark("This is not a formula: it cannot be read from here on.")
_NO_SCRIPT: Final = mark("This line cannot be read as Python.")
_TOO_SHORT: Final = mark("This is not a formula: the line ends too early.")
_NO_NAME: Final = mark("This is not a formula: a name stands on the left of =.")
_TOO_DEEP: Final = mark("This is not a formula that can be read: it is nested too deeply.")


@dataclass(frozen=True)
class TypedText:
    """Hold the syntax tree of a text that was typed, whether it is a script, and where each part was typed."""

    tree: ast.Module
    is_script: bool
    place: Callable[[int, int], tuple[int, int]]
    """Return line and column as they were typed for a line, and an offset in bytes, of what was parsed."""

    def located(self, error: FormulaError) -> FormulaError:
        """Return a refusal whose place is the one that was typed."""
        return FormulaError(str(error), *self.place(error.line, error.column - 1), offers=error.offers)


def parsed_in_pieces(text: str, present: Graph, *, script: bool | None = None) -> Pieces[TypedText]:
    """Return the parsed text, of a formula as people write it, in pieces. Raises FormulaError with its place.

    Whether it is a script shows by what stands in it, unless it is said.
    """
    if is_script(text) if script is None else script:
        return _parse_script(text)
    formula = yield from python_formula_in_pieces(text, names_around(present))
    yield 1.0
    try:
        return TypedText(ast.parse(formula.text, FORMULA_FILE), False, formula.place)
    except SyntaxError as error:
        raise _syntax_refusal(formula, error) from None
    except (ValueError, RecursionError, MemoryError):
        raise FormulaError(say(_TOO_DEEP)) from None


def is_script(text: str) -> bool:
    """Return whether a text is a script, and not a formula."""
    return bool(_SCRIPT.search("\n".join(_lines_of_script(text))))


def names_around(present: Graph) -> Names:
    """Return what a formula's names may stand for: ops, and the nodes of the present graph."""
    ops = callable_ops()
    alone = {name for name, op in ops.items() if len(op.ports) == 1 and not op.parameters and name.islower()}
    named = {function_name(op.__name__) for op in ops.values()} | {"ln"}
    return Names(
        functions=(alone & named) | (FUNCTIONS - _BRACKETLESS),
        calls=frozenset(ops) | VARIABLES | {"random", "len"},
        classes=frozenset(Function.registry),
        variables=present.names(),
    )


def _syntax_refusal(formula: PythonFormula, error: SyntaxError) -> FormulaError:
    """Say in a sentence of our own what is wrong with a formula, and where."""
    lines = formula.text.split("\n")
    number, column = min(error.lineno or 1, len(lines)), max(error.offset or 1, 1)
    line = lines[number - 1]
    sentence = _NO_FORMULA
    if column > len(line.rstrip(" ;")):
        sentence = _TOO_SHORT
    elif "=" in line[column - 1 :] and error.msg.startswith("cannot assign"):
        sentence = _NO_NAME
    return FormulaError(say(sentence), *formula.place(number, len(line[: column - 1].encode())))


# Scripts ----------------------------------------------------------------------------------------------------------


def _parse_script(text: str) -> TypedText:
    """Parse a script as Python does, without the spaces that all its lines begin with."""
    lines = _lines_of_script(text)
    source = "\n".join(_read_line(lines, number) for number in range(1, len(lines) + 1))
    source = re.sub(r"\\(?!\n)[\s\S]", "__", source)  # nobody reads texts, and Python warns of unknown escapes

    def place(line: int, offset: int) -> tuple[int, int]:
        before = _read_line(lines, line).encode()[:offset].decode(errors="ignore")
        return line, _column(lines, line, len(before) + 1)

    try:
        return TypedText(ast.parse(source, FORMULA_FILE), True, place)
    except SyntaxError as error:
        number, column = min(error.lineno or 1, len(lines)), max(error.offset or 1, 1)
        raise FormulaError(say(_NO_SCRIPT), number, _column(lines, number, column)) from None
    except (ValueError, RecursionError, MemoryError):
        raise FormulaError(say(_TOO_DEEP)) from None


def _lines_of_script(text: str) -> list[str]:
    """Return the lines of a script in Python's signs; of one copied from a terminal, what was typed at its prompts."""
    lines = [line.translate(_LOOKALIKES) for line in lines_of(text)]
    if any(map(_PROMPT.match, lines)):
        lines = [" " * len(found[0]) + line[found.end() :] if (found := _TYPED.match(line)) else "" for line in lines]
    return ["" if _MAGIC.match(line) else _FEED.sub("", line) for line in lines]


def _read_line(lines: Sequence[str], number: int) -> str:
    """Return a line as Python's parser gets it."""
    line = lines[number - 1] if number <= len(lines) else ""
    return line[_indent(lines, number) :].rstrip().translate(_WRITTEN)


def _indent(lines: Sequence[str], number: int) -> int:
    """Return how many characters at the beginning of a line the parser does not get."""
    line = lines[number - 1] if number <= len(lines) else ""
    first = next((each for each in lines if each.strip() and not each.lstrip().startswith("#")), "")
    return min(len(line) - len(line.lstrip()), len(first) - len(first.lstrip()))


def _column(lines: Sequence[str], number: int, column: int) -> int:
    """Return the column that was typed for one of what was parsed."""
    line = lines[number - 1] if number <= len(lines) else ""
    typed, parsed = _indent(lines, number), 1
    while parsed < column:
        parsed += len(_POWERS.get(line[typed : typed + 1], " "))
        typed += 1
    return typed + 1
