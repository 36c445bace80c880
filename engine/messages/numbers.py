"""Write numbers for people: with four digits where there is little room, in full where somebody asks."""

from __future__ import annotations

import math
from typing import Final

from engine.messages.hidden import HIDDEN_SIGN, is_hidden

MINUS: Final = "\N{MINUS SIGN}"
SIGNIFICANT_DIGITS: Final = 4
SCIENTIFIC_BELOW: Final = 1e-3
SCIENTIFIC_FROM: Final = 1e6


def short_number(number: float, digits: int = SIGNIFICANT_DIGITS) -> str:
    """Write a number with a true minus sign: integers bare, else with so many significant digits."""
    number = float(number)
    if SCIENTIFIC_BELOW <= abs(number) < SCIENTIFIC_FROM:
        if number.is_integer():
            return str(int(number)).replace("-", MINUS)
        text = f"{number:.{digits}g}"
        if "e" not in text:
            return text.replace("-", MINUS)
        # Rounding may carry into the next power of ten (999999.9), where the scientific form begins.
        rounded = float(text)
        if abs(rounded) < SCIENTIFIC_FROM:
            return repr(rounded).removesuffix(".0").replace("-", MINUS)  # positional between 1e-4 and 1e16
    if math.isnan(number):
        return HIDDEN_SIGN if is_hidden(number) else "nan"
    if math.isinf(number):
        return "inf" if number > 0 else f"{MINUS}inf"
    if number == 0:
        return "0"
    mantissa, exponent = f"{number:.{digits - 1}e}".split("e")
    mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}e{int(exponent)}".replace("-", MINUS)


def full_number(number: float) -> str:
    """Write a number so that reading it back gives the same double; integers bare, an ASCII minus."""
    text = repr(float(number))
    if "e" in text:
        mantissa, _, exponent = text.partition("e")
        return f"{mantissa}e{int(exponent)}"
    return HIDDEN_SIGN if text == "nan" and is_hidden(number) else text.removesuffix(".0")
