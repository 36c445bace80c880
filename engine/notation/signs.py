"""The signs that people write, and what each is in plain text."""

from __future__ import annotations

import unicodedata
from typing import Final

_SAME: Final = {
    "-": "\N{MINUS SIGN}\N{EN DASH}\N{EM DASH}\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}"
    "\N{HORIZONTAL BAR}\N{SMALL HYPHEN-MINUS}",
    "*": "×·⋅∙•∗✕✖⨯⊙\N{KATAKANA MIDDLE DOT}",
    "/": "÷∕⁄➗",
    "=": "≔≝",
    "|": "∣❘⏐",
    "||": "‖∥",
    "^": "\N{MODIFIER LETTER CIRCUMFLEX ACCENT}\N{UP ARROWHEAD}",
    " ": "\t\f\v\N{IDEOGRAPHIC SPACE}",
    "(": "❨⟮⦅",
    ")": "❩⟯⦆",
    "...": "…⋯",
    "'": "′’‘`´",
    "pi": "ϖ",
}
SIGNS: Final = {sign: plain for plain, signs in _SAME.items() for sign in signs}
"""What stands for a plain sign; NFKC knows the full-width ones and those of the mathematical alphabets."""
RAISED: Final = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱˣʸᵃᵇᶜᵈᵉᵏᵐᵖᵗᵀ", "0123456789+-=()nixyabcdekmptT", strict=True))
"""What is written as a power, in small above the line."""
LOWERED: Final = frozenset("₀₁₂₃₄₅₆₇₈₉ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥ")
"""What is written as a part of a name, in small below the line."""
ROOTS: Final = {"√": 2, "∛": 3, "∜": 4}
INVISIBLE: Final = frozenset(
    "\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}"
    "\N{FUNCTION APPLICATION}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\N{SOFT HYPHEN}"
)
TIMES: Final = "\N{INVISIBLE TIMES}"
COMMANDS: Final = {
    **dict.fromkeys(("cdot", "times", "ast", "star", "odot", "bullet"), "*"),
    **dict.fromkeys(("div", "over"), "/"),
    **dict.fromkeys(("left", "right", "big", "Big", "bigl", "bigr", "Bigl", "Bigr", "displaystyle", "limits"), ""),
    **dict.fromkeys((",", ";", ":", "!", " ", "quad", "qquad", "thinspace", "~", "$"), " "),
    **dict.fromkeys(("lvert", "rvert", "vert", "mid"), "|"),
    **dict.fromkeys(("lVert", "rVert", "Vert", "|"), "||"),
    **dict.fromkeys(("lparen", "{", "lbrace", "lbrack"), "("),
    **dict.fromkeys(("rparen", "}", "rbrace", "rbrack"), ")"),
    **dict.fromkeys(("ldots", "dots", "cdots"), "..."),
    **dict.fromkeys(("coloneqq", "triangleq", "coloneq"), "="),
    "%": "%", "_": "_", "top": "T", "intercal": "T", "pi": "pi", "operatorname*": "",
}  # fmt: skip
"""What a LaTeX command stands for; those that are left out are names, such as \\sin and \\alpha, or refused."""
WRAPPERS: Final = frozenset(
    {"mathrm", "mathbf", "mathit", "mathsf", "mathtt", "mathcal", "boldsymbol", "bm", "text", "textbf"}
    | {"operatorname", "rm", "bf", "vec"}
)
"""LaTeX commands that change the look of what they are given."""
ACCENTS: Final = frozenset({"hat", "bar", "tilde", "dot", "ddot", "widehat", "widetilde", "overline"})
"""LaTeX commands that make another name of the name that they are given."""
_GREEK: Final = (
    "alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ rho ρ "
    "sigma σ tau τ upsilon υ phi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Sigma Σ Upsilon Υ Phi Φ "
    "Psi Ψ Omega Ω varepsilon ε vartheta θ varphi φ varrho ρ varsigma ς"
)
GREEK: Final = dict(zip(_GREEK.split()[::2], _GREEK.split()[1::2], strict=True))
"""The letters that LaTeX has commands for."""
FUNCTIONS: Final = frozenset(
    {"sin", "cos", "tan", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan", "cot", "sec", "csc"}
    | {"exp", "ln", "log", "lg", "sqrt", "max", "min", "softmax", "sigmoid", "relu"}
)
"""What LaTeX and people write as functions, whether an op means them or not."""


def plain_sign(sign: str) -> str:
    """Return what a character is in plain text, such as "-" for a minus sign and "x" for a full-width one."""
    if sign in SIGNS:
        return SIGNS[sign]
    if sign.isspace():
        return " "
    plain = unicodedata.normalize("NFKC", sign)
    return SIGNS.get(plain, plain)
