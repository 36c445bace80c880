"""Tell JavaScript's code from its comments, texts and regular expressions."""

from __future__ import annotations

import re

_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_TEXT = re.compile(r"'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"", re.DOTALL)
_PATTERN = re.compile(r"/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]*")
_TEMPLATE = re.compile(r"(?:\\.|\$(?!\{)|[^`\\$])*", re.DOTALL)
_PLAIN = re.compile(r"[^/'\"`{}]+")
# Behind these a slash begins a regular expression; behind a name, a number or a closing bracket it divides.
_BEFORE_PATTERN = re.compile(
    r"(?:^|[(,=:\[!&|?{};+\-*%<>~^]|\b(?:return|typeof|case|in|of|delete|void|throw|new|else|do|await|yield))\Z"
)


def code_only(source: str) -> str:
    """Return a script with blanks in place of comments, texts and regular expressions; every place stays where it was.

    What stands inside `${…}` of a template is code.
    """
    parts: list[str] = []
    closes_template: list[bool] = []  # for each open brace: whether it belongs to a template
    at, before = 0, ""  # `before` ends with the last code in front of `at`

    def keep(end: int) -> None:
        nonlocal at, before
        parts.append(source[at:end])
        before = (before + parts[-1].rstrip())[-20:] if parts[-1].strip() else before
        at = end

    def blank(end: int, standing_for: str = "") -> None:
        nonlocal at, before
        parts.append(re.sub(r"[^\n]", " ", source[at:end]))
        before = standing_for or before
        at = end

    def blank_template() -> None:
        """Go on behind a template's text: to its end, or into the code of its next place."""
        match = _TEMPLATE.match(source, at)
        assert match is not None
        if source.startswith("${", match.end()):
            closes_template.append(True)
            blank(match.end() + 2, "{")
        else:
            blank(match.end() + 1, "0")

    while at < len(source):
        character = source[at]
        if match := _PLAIN.match(source, at):
            keep(match.end())
        elif match := _COMMENT.match(source, at):
            blank(match.end())
        elif match := _TEXT.match(source, at) or _pattern_at(source, at, before):
            blank(match.end(), "0")
        elif character == "`" or (character == "}" and closes_template and closes_template.pop()):
            blank(at + 1)
            blank_template()
        else:
            if character == "{":
                closes_template.append(False)
            keep(at + 1)
    return "".join(parts)


def _pattern_at(source: str, at: int, before: str) -> re.Match[str] | None:
    return _PATTERN.match(source, at) if _BEFORE_PATTERN.search(before) else None
