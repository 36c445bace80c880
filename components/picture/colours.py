"""The colours as properties of style sheets."""

from __future__ import annotations

from typing import Final

from engine.picture import COLOURS

# What the page's own theme decides reaches a style sheet by Streamlit's variables.
_FOR_STYLE_SHEETS: Final = ("data", "grad", "guess", "frame", "strong", "strong-wrong", "on-strong")


def colour_properties(selector: str) -> str:
    """Return the style sheet that gives an element the colours: `var(--data)`, `var(--grad)` and so on.

    The element's `data-theme` says which; light without it.
    """
    rules = ((selector, COLOURS["light"]), (f'{selector}[data-theme="dark"]', COLOURS["dark"]))
    return "\n".join(
        f"{chosen} {{ {' '.join(f'--{name}: {colours[name]};' for name in _FOR_STYLE_SHEETS)} }}"
        for chosen, colours in rules
    )
