"""Formulas with numbers plugged in, as LaTeX, and LaTeX as a tree of MathML that a browser draws by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert_to_element

from components.text.numbers import MINUS

MathTree = list[Any]
"""A MathML element: its name, then its text or its children, then its attributes if it has any."""

_TOKEN = re.compile(
    r"\\text\{[^}]*\}"  # text, left as it is
    r"|\\[A-Za-z]+|\\."  # a command
    r"|[A-Za-z](?:_(?:\d|\{\d+\}))?"  # a letter, with its index
    r"|\d+(?:\.\d+)?|\s+|."
)
_SPACES = {r"\,", r"\;", r"\ "}
_OPENS_OPERAND = re.compile(r"\\(?:frac|ln|exp|sin|cos|tan|tanh|sqrt|sigma|max|min|left)|[A-Za-z0-9(]")


def plug_in(formula: str, values: Mapping[str, str], times: str = r"\times") -> str:
    """Return a formula with values in place of its variables, and with the brackets and × that it then needs.

    `values` holds LaTeX for each port; x0 is the key of x_0 in the formula. 2x becomes 2 × 3, and x² becomes (−3)².
    For names, which may stand side by side, `times` is a space.
    """
    tokens = [token for token in _TOKEN.findall(formula) if not token.isspace()]
    written: list[str] = []
    after_value = False
    for place, token in enumerate(tokens):
        following = tokens[place + 1] if place + 1 < len(tokens) else ""
        value = values.get(re.sub(r"[_{}]", "", token))
        if token in _SPACES:
            continue
        before = written[-1] if written else ""
        if value is None:
            if after_value and _OPENS_OPERAND.match(token):
                written.append(times)
            written.append(token)
            after_value = False
            continue
        if _ends_operand(written):
            written.append(times)
        if before == "^":
            written.append(f"{{{value}}}")
        else:
            opens = before in ("", "{", "(", "=", ">", "<", ",") or before.startswith(r"\text")
            stands_free = opens and following != "^"
            bracketed = _needs_brackets(value) and not stands_free
            written.append(rf"\left({value}\right)" if bracketed else f"{{{value}}}")
        after_value = True
    return " ".join(written)


def _ends_operand(written: list[str]) -> bool:
    """Return whether the last piece ends a factor; the exponent of a function's name, as in tanh² x, does not."""
    if len(written) > 2 and written[-2] == "^" and re.fullmatch(r"\\[A-Za-z]+", written[-3]):
        return False
    return bool(written) and bool(re.fullmatch(r"[\d.]+|\)|\}|\{.+\}|\\left.*", written[-1]))


def _needs_brackets(value: str) -> bool:
    return value.startswith("-") or r"\times" in value


def in_product(formula: str) -> str:
    """Return a factor, in brackets if it is a sum, has a sign, or distinguishes cases."""
    depth = 0
    for token in _TOKEN.findall(formula):
        depth += {"{": 1, "(": 1, "}": -1, ")": -1}.get(token, 0)
        if depth == 0 and (token in ("+", "-") or token.startswith(r"\text")):
            return rf"\left({formula}\right)"
    return formula


def number_in_latex(text: str) -> str:
    """Return a number as the page writes it, as LaTeX: 1.2e−5 becomes 1.2 × 10⁻⁵."""
    ascii_text = text.replace(MINUS, "-")
    mantissa, _, exponent = ascii_text.partition("e")
    if exponent:
        return rf"{mantissa} \times 10^{{{exponent}}}"
    return {"inf": r"\infty", "-inf": r"-\infty", "nan": r"\text{nan}"}.get(ascii_text, ascii_text)


def name_in_latex(text: str) -> str:
    """Return a node's name as LaTeX: a letter slanted, as in the book, a longer name upright."""
    return text if len(text) == 1 and text.isascii() and text.isalpha() else upright(text)


def upright(text: str) -> str:
    """Return text as LaTeX that is set upright, as it stands."""
    return rf"\text{{{text}}}"


@lru_cache(maxsize=4096)
def math_tree(latex: str) -> MathTree:
    """Return LaTeX as a tree of MathML elements, which carries text and never markup."""
    return _tree(convert_to_element(latex))


def _tree(element: Element) -> MathTree:
    tag = element.tag.rpartition("}")[2]
    children = _with_spaces(_with_signs([_tree(child) for child in element]))
    attributes = {key: value for key, value in element.attrib.items() if key not in ("xmlns", "display")}
    # The converter writes signs as character references, for text that is to be markup.
    return [tag, children or unescape(element.text or ""), *([attributes] if attributes else [])]


def _with_signs(children: list[MathTree]) -> list[MathTree]:
    """Join a minus sign to its number; browsers would set it apart as if something were subtracted."""
    joined: list[MathTree] = []
    is_sign = False
    for child in children:
        if is_sign and child[0] == "mn":
            joined[-1] = ["mn", f"{MINUS}{child[1]}"]
            is_sign = False
            continue
        follows_operand = bool(joined) and (joined[-1][0] != "mo" or joined[-1][1] in (")", "|"))
        is_sign = child[0] == "mo" and child[1] in ("-", MINUS) and not follows_operand
        joined.append(child)
    return joined


def _with_spaces(children: list[MathTree]) -> list[MathTree]:
    """Put a space between the name of a function and its argument, as in cos x; before a bracket there is none."""
    spaced: list[MathTree] = []
    for child in children:
        before = spaced[-1] if spaced else ["", ""]
        after_function = before[0] == "mi" and len(before[1]) > 1
        if after_function and child[0] in ("mi", "mn", "msup", "msub", "mfrac"):
            spaced.append(["mspace", "", {"width": "0.17em"}])
        spaced.append(child)
    return spaced
