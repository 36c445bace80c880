"""Parse what was typed or pasted, and find each place of the parsed text in it again."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from engine.errors import FormulaError
from engine.messages import mark, say

_SCRIPT: Final = re.compile(
    r"^[ \t]*(?:(?:import|from|def|class|for|while|if|with)\b|print[ \t]*\()"
    r"|\b(?:Variable|Value|Parameter|[Tt]ensor)[ \t]*\(|\.backward[ \t]*\(|[-+*/@]=",
    re.MULTILINE,
)
"""What only a script holds; everything else is a formula, in which names need no values and stand for one thing."""
_LOOKALIKES: Final = str.maketrans(
    {"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "×": "*", "·": "*", "÷": "/", "\N{NO-BREAK SPACE}": " ", "\f": " "}
)
"""What other programs write in the place of Python's signs; each of one character, so that columns stay."""
_POWERS: Final = {"^": "**", "²": "**2", "³": "**3"}
"""What everybody means as a power."""
_WRITTEN: Final = {ord(sign): power for sign, power in _POWERS.items()}
_BRACKETS: Final = {")": "(", "]": "[", "}": "{"}
_TEXT: Final = re.compile(r"'''[\s\S]*?'''|\"\"\"[\s\S]*?\"\"\"|'[^'\n]*'|\"[^\"\n]*\"|#[^\n]*")

_TOUCHING: Final = re.compile(r"[\d.]+[^\W\d]")

_NO_FORMULA: Final = mark("This is not a formula: it cannot be read from here on.")
_NO_SCRIPT: Final = mark("This line cannot be read as Python.")
_UNCLOSED: Final = mark("This is not a formula: the bracket that is opened here is not closed.")
_UNOPENED: Final = mark("This is not a formula: the bracket that is closed here was not opened.")
_TOO_SHORT: Final = mark("This is not a formula: the line ends too early.")
_NO_TIMES: Final = mark("This is not a formula: a number and a name need a * between them.")
_NO_NAME: Final = mark("This is not a formula: a name stands on the left of =.")


_FILE: Final = "<formula>"
warnings.filterwarnings("ignore", module=_FILE)  # what Python thinks of 2if belongs into no log


@dataclass(frozen=True)
class TypedText:
    """Hold a text as it was typed, its syntax tree, and whether it is a script."""

    lines: Sequence[str]
    tree: ast.Module
    is_script: bool

    def located(self, error: FormulaError) -> FormulaError:
        """Return a refusal whose column is the one that was typed; Python counts bytes of what it has parsed."""
        line = _read_line(self.lines, error.line, self.is_script)
        before = line.encode()[: error.column - 1].decode(errors="ignore")
        column = _column(self.lines, error.line, len(before) + 1, self.is_script)
        return FormulaError(str(error), error.line, column)


def parse_typed(text: str, *, is_script: bool | None = None) -> TypedText:
    """Return the parsed text, `^` read as the power that everybody means; raises FormulaError with its place.

    Whether it is a script shows by what stands in it, unless it is said.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").translate(_LOOKALIKES).split("\n")
    if is_script is None:
        is_script = bool(_SCRIPT.search("\n".join(lines)))
    if not is_script:
        _refuse_quotes(lines)
    source = "\n".join(_read_line(lines, number, is_script) for number in range(1, len(lines) + 1))
    if is_script:
        source = re.sub(r"\\(?!\n)[\s\S]", "__", source)  # nobody reads texts, and Python warns of unknown escapes
    try:
        tree = ast.parse(source, _FILE)
    except SyntaxError as error:
        raise _syntax_refusal(lines, source, error, is_script) from None
    except (ValueError, RecursionError, MemoryError):
        raise FormulaError(say("This is not a formula that can be read: it is nested too deeply.")) from None
    return TypedText(lines, tree, is_script)


def is_script(text: str) -> bool:
    """Return whether a text is a script, and not a formula."""
    return bool(_SCRIPT.search(text))


def _refuse_quotes(lines: Sequence[str]) -> None:
    for number, line in enumerate(lines, start=1):
        place = next((place for place, letter in enumerate(line, start=1) if letter in "'\"\\"), None)
        if place is not None:
            raise FormulaError(say("Quotes and backslashes have no meaning in a formula."), number, place)


def _read_line(lines: Sequence[str], number: int, is_script: bool) -> str:
    """Return a line as Python's parser gets it: of a formula without the spaces around it."""
    line = lines[number - 1] if number <= len(lines) else ""
    return line[_indent(lines, number, is_script) :].rstrip().translate(_WRITTEN)


def _indent(lines: Sequence[str], number: int, is_script: bool) -> int:
    """Return how many characters at the beginning of a line the parser does not get."""
    line = lines[number - 1] if number <= len(lines) else ""
    own = len(line) - len(line.lstrip())
    if not is_script:
        return own
    first = next((each for each in lines if each.strip() and not each.lstrip().startswith("#")), "")
    return min(own, len(first) - len(first.lstrip()))


def _column(lines: Sequence[str], number: int, column: int, is_script: bool) -> int:
    """Return the column that was typed for one of what was parsed."""
    line = lines[number - 1] if number <= len(lines) else ""
    typed, parsed = _indent(lines, number, is_script), 1
    while parsed < column:
        parsed += len(_POWERS.get(line[typed : typed + 1], " "))
        typed += 1
    return typed + 1


def _syntax_refusal(lines: Sequence[str], source: str, error: SyntaxError, is_script: bool) -> FormulaError:
    """Say in a sentence of our own what is wrong, and where."""
    number, column = min(error.lineno or 1, len(lines)), max(error.offset or 1, 1)
    if is_script:
        return FormulaError(say(_NO_SCRIPT), number, _column(lines, number, column, is_script))
    bracket = _lonely_bracket(source)
    if bracket is not None:
        number, column, is_open = bracket
        sentence = _UNCLOSED if is_open else _UNOPENED
        return FormulaError(say(sentence), number, _column(lines, number, column, is_script))
    line = _read_line(lines, number, is_script)
    sentence = _NO_TIMES if _TOUCHING.match(line, column - 1) else _NO_FORMULA
    if column > len(line.rstrip(" ;")):
        sentence = _TOO_SHORT
    elif "=" in line[column - 1 :] and error.msg.startswith("cannot assign"):
        sentence = _NO_NAME
    return FormulaError(say(sentence), number, _column(lines, number, column, is_script))


def _lonely_bracket(source: str) -> tuple[int, int, bool] | None:
    """Return line and column of the first bracket without a partner, and whether it opens; None if all have one."""
    opened: list[tuple[str, int, int]] = []
    text = _TEXT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), source)
    for number, line in enumerate(text.split("\n"), start=1):
        for column, sign in enumerate(line, start=1):
            if sign in "([{":
                opened.append((sign, number, column))
            elif sign in _BRACKETS:
                if not opened or opened[-1][0] != _BRACKETS[sign]:
                    return number, column, False
                opened.pop()
    return (*opened[-1][1:], True) if opened else None
