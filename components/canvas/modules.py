"""Read the canvas's ES modules: which one imports which, and all of them as one script.

Only the few forms of import and export that the canvas uses are known. Any other is refused by name, so that the one
script never says something else than the modules do.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from components.canvas.javascript import code_only

_NAMES = r"\{(?P<names>[^{}]*)\}"
_FROM = r'\s*from\s*(?P<quote>["\'])(?P<path>\.{1,2}/[\w./-]+\.js)(?P=quote)\s*;'
_FORMS = {
    "import": [re.compile(rf"import\s*{_NAMES}{_FROM}"), re.compile(rf"import\s*\*\s*as\s+(?P<all>[\w$]+){_FROM}")],
    "export": [
        re.compile(r"export\s+(?=(?:async\s+)?function\s+(?P<name>[\w$]+))"),
        re.compile(r"export\s+(?=(?:class|const)\s+(?P<name>[\w$]+))"),
        re.compile(rf"export\s*{_NAMES}{_FROM}"),
        re.compile(rf"export\s*{_NAMES}\s*;"),
    ],
}
_NAME = re.compile(r"([\w$]+)(?:\s+as\s+([\w$]+))?")


class ModuleError(Exception):
    """Report a module that cannot be read: a form of import or export that is not known, a missing file or a circle."""


@dataclass(frozen=True)
class Module:
    """Hold a module: its path below the canvas's folder, its text, and the paths that it imports from, in order."""

    path: str
    source: str
    imports: tuple[str, ...]


def read_modules(entry: str, read: Callable[[str], str]) -> tuple[Module, ...]:
    """Return the modules that an entry needs, each behind those that it imports from.

    `read` returns the text of a path. Raises ModuleError for a circle: a script that runs once cannot close it.
    """
    found: dict[str, Module] = {}
    way: list[str] = []

    def visit(path: str) -> None:
        if path in way:
            raise ModuleError("These modules import each other in a circle: " + " → ".join([*way, path]))
        if path in found:
            return
        way.append(path)
        source = read(path)
        imports = tuple(dict.fromkeys(form.target for form in _forms(path, source) if form.target))
        for needed in imports:
            visit(needed)
        found[path] = Module(path, source, imports)
        way.pop()

    visit(entry)
    return tuple(found.values())


def as_one_script(modules: tuple[Module, ...]) -> str:
    """Return modules as one script; each is a function of its own scope, and its exports stand in `modules[path]`."""
    return "\n".join(["const modules = {};", *map(_as_function, modules)])


def _as_function(module: Module) -> str:
    body: list[str] = []
    exports: list[str] = []
    end = 0
    for form in _forms(module.path, module.source):
        body += [module.source[end : form.start], form.written]
        exports += form.exports
        end = form.end
    body.append(module.source[end:])
    key = f'modules["{module.path}"]'
    return f"{key} = (() => {{\n{''.join(body)}\nreturn {{ {', '.join(exports)} }};\n}})();"


@dataclass(frozen=True)
class _Form:
    """Hold an import or export: where it stands, what stands there in the one script, what it exports."""

    start: int
    end: int
    target: str
    written: str
    exports: tuple[str, ...] = ()


def _forms(path: str, source: str) -> Iterator[_Form]:
    code = code_only(source)
    end = 0
    for word in re.finditer(r"(?<![\w$.])(import|export)(?![\w$])", code):
        if word.start() < end:
            continue  # inside of the form before, such as a name
        matches = (form.match(source, word.start()) for form in _FORMS[word[1]])
        match = next(filter(None, matches), None)
        # Whatever stands inside a bracket is no statement of the module.
        if match is None or _depth(code[: word.start()]):
            line = source.count("\n", 0, word.start()) + 1
            shown = source[word.start() :].partition("\n")[0]
            raise ModuleError(f"{path}, line {line}: this form of {word[1]} is not known: {shown}")
        yield _form(path, word[1], match)
        end = match.end()


def _depth(code: str) -> int:
    return sum(code.count(opened) - code.count(closed) for opened, closed in ("{}", "()", "[]"))


def _form(path: str, word: str, match: re.Match[str]) -> _Form:
    given = match.groupdict()
    start, end = match.span()
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), given["path"])) if given.get("path") else ""
    module = f'modules["{target}"]'
    if given.get("all"):
        return _Form(start, end, target, f"const {given['all']} = {module};")
    if given.get("name"):
        return _Form(start, end, "", "", (given["name"],))
    pairs = [_NAME.fullmatch(part.strip()) for part in given["names"].split(",") if part.strip()]
    if None in pairs:
        raise ModuleError(f"{path}: these names are not known: {match[0]}")
    names = [(pair[1], pair[2] or pair[1]) for pair in pairs if pair]
    if word == "import":
        taken = ", ".join(name if name == own else f"{name}: {own}" for name, own in names)
        return _Form(start, end, target, f"const {{ {taken} }} = {module};")
    values = (f"{own}: {module}.{name}" if target else f"{own}: {name}" for name, own in names)
    return _Form(start, end, target, "", tuple(values))
