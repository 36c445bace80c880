r"""The derivation of a graph's numbers as a LaTeX document: what each step computes, in names and in numbers.

The mathematics is amsmath's. Letters beyond Latin need a typesetter of Unicode, and the first line says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from components.exports.told_steps import ToldStep, tell_steps_in_pieces
from engine.document import Graph
from engine.evaluation import Trace
from engine.messages import say
from engine.pieces import Pieces

_GREEK: Final = "αβγδεζηθικλμνξπρστυφχψω"
_GREEK_NAMES: Final = (
    "alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon "
    "varphi chi psi omega"
)
_SIGNS: Final = {
    "\N{MINUS SIGN}": "-",
    "…": r"\ldots",
    "×": r"\times",
    "·": r"\cdot",
    "≈": r"\approx",
    "≠": r"\neq",
    "∞": r"\infty",
    "∂": r"\partial",
    "√": r"\surd",
    "⊤": r"\top",
    "Σ": r"\Sigma",
    "Π": r"\Pi",
    "Δ": r"\Delta",
    "Ω": r"\Omega",
    **{letter: rf"\{name}" for letter, name in zip(_GREEK, _GREEK_NAMES.split(), strict=True)},
}
"""Signs that a typesetter of single bytes has in mathematics alone."""
_SIGN: Final = re.compile("|".join(map(re.escape, _SIGNS)))
_ASIAN: Final = re.compile("[\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]")
_SPECIAL: Final = re.compile(r"[\\{}$&#_^~%]")
_SPECIALS: Final = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}


def derivation_in_pieces(graph: Graph, trace: Trace, title: str) -> Pieces[str]:
    """Return the LaTeX document of a trace's steps: forward values, then what Backward sends and adds."""
    told = yield from tell_steps_in_pieces(graph, trace)
    forward = [step for step in told if step.is_forward]
    backward = [step for step in told if not step.is_forward]
    body = [rf"\section*{{{_text(title)}}}"]
    body += _section(say("Forward"), forward, first=1)
    body += _section(say("Backward"), backward, first=len(forward) + 1)
    written = "\n".join(body)
    return "\n".join([*_preamble(written), r"\begin{document}", r"\raggedright", written, r"\end{document}", ""])


def _section(title: str, steps: Sequence[ToldStep], first: int) -> list[str]:
    steps_with_equations = [step for step in steps if step.equations]
    if not steps_with_equations:
        return []
    items = []
    for step in steps_with_equations:
        # In the line and not displayed: there a long equation goes on in the next line.
        lines = [rf"${_signs(equation.latex())}$" for equation in step.equations]
        items.append(r"  \item " + "\\\\\n    ".join(lines))
    begin = [rf"\subsection*{{{_text(title)}}}", r"\begin{enumerate}", rf"  \setcounter{{enumi}}{{{first - 1}}}"]
    return [*begin, *items, r"\end{enumerate}"]


def _preamble(body: str) -> list[str]:
    lines = [r"\documentclass[11pt]{article}", r"\usepackage{amsmath}"]
    if body.isascii():
        return lines
    lines = ["% " + say("Typeset this with lualatex or xelatex: it holds letters that pdflatex does not know."), *lines]
    if not _ASIAN.search(body):
        return [*lines, r"\usepackage{fontspec}"]
    asian = [r"\usepackage{iftex}", r"\ifluatex\usepackage{luatexja}\else\usepackage{xeCJK}\fi"]
    return [*lines, *asian]


def _text(text: str) -> str:
    return _signs(_SPECIAL.sub(lambda found: _SPECIALS.get(found[0], f"\\{found[0]}"), text))


def _signs(text: str) -> str:
    return _SIGN.sub(lambda found: rf"\ensuremath{{{_SIGNS[found[0]]}}}", text)
