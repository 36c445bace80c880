"""Work out an equation from its text alone, as a reader would: independent of the trees that it was written from."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_TOKEN = re.compile(
    r"Σ\[[^\]]*\]|\[[\d:, ]*:[\d:, ]*\]|\(repeated [^()]*(?:\([^()]*\))?[^()]*\)|"
    r"\[(?:inf|nan|[^:a-df-z])*\](?: \([\d, ]*\))?|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+|ᵀ|"
    r"\d+(?:\.\d+)?(?:e−?\d+)?|[A-Za-zσπ_][A-Za-z0-9_.]*|\S"
)
_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "tanh": np.tanh, "sin": np.sin, "cos": np.cos, "tan": np.tan, "ln": np.log, "exp": np.exp, "max": np.maximum,
    "min": np.minimum, "σ": lambda x: 1 / (1 + np.exp(-x)), "sigmoid": lambda x: 1 / (1 + np.exp(-x)), "sign": np.sign,
}  # fmt: skip
_SIGNS = {">": np.greater, "<": np.less, "=": np.equal, "≠": np.not_equal, "≥": np.greater_equal, "≤": np.less_equal}


class Cut:
    """Stand for an array of which only the first entries are written."""

    def __init__(self, entries: list[float], shape: tuple[int, ...]) -> None:
        self.entries, self.shape = np.array(entries, np.longdouble), shape

    def __add__(self, other: Cut) -> Cut:
        return Cut((self.entries + other.entries).tolist(), self.shape)


class Reader:
    """Read one side of an equation; `names` are arrays, and `matrices` tells that factors are matrices."""

    def __init__(self, text: str, names: Mapping[str, Any], *, matrices: bool = False) -> None:
        self.tokens = _TOKEN.findall(text)
        self.names = {name: np.asarray(value, np.longdouble) for name, value in names.items()}
        self.matrices = matrices
        self.place = 0

    def value(self) -> Any:
        text_of_letter = [place for place, token in enumerate(self.tokens) if token == "where"]
        if text_of_letter:
            letter, definition = self.tokens[text_of_letter[0] + 1], self.tokens[text_of_letter[0] + 3 :]
            inner = Reader("", self.names)
            inner.tokens = definition
            self.names[letter] = inner.value()
            self.tokens = self.tokens[: text_of_letter[0] - 1]
        with np.errstate(all="ignore"):
            found = self.cases()
        assert self.place == len(self.tokens), (self.tokens, self.place)
        return found

    def peek(self) -> str:
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def take(self, expected: str | None = None) -> str:
        token = self.peek()
        assert token, self.tokens
        assert expected in (None, token), (self.tokens, self.place)
        self.place += 1
        return token

    def cases(self) -> Any:
        cases, value = [], self.sum()
        while self.peek() == "if":
            self.take()
            left, sign = self.sum(), self.take()
            cases.append((_SIGNS[sign](left, self.sum()), value))
            self.take(",")
            if self.peek() == "else":
                self.take()
            value = self.sum()
        for holds, other in reversed(cases):
            value = np.where(holds, other, value)
        return value

    def sum(self) -> Any:
        found = self.signed()
        while self.peek() in ("+", "−"):
            sign, term = self.take(), self.product()
            found = found + term if sign == "+" else found - term
        return found

    def signed(self) -> Any:
        if self.peek() != "−":
            return self.product()
        self.take()
        return -self.product()

    def product(self) -> Any:
        found = self.power()
        while self.peek() not in ("", "+", "−", ")", ",", "if", "else", ">", "<", "=", "≠", "≥", "≤", "|"):
            sign = self.take() if self.peek() in ("×", "·", "/") else "×"
            factor = self.power()
            found = found / factor if sign == "/" else self.times(found, factor)
        return found

    def times(self, left: Any, right: Any) -> Any:
        if not self.matrices or not np.ndim(left) or not np.ndim(right):
            return left * right
        if getattr(left, "column", False):
            return np.multiply.outer(np.asarray(left), right)
        if getattr(right, "row", False):
            return np.multiply.outer(left, np.asarray(right))
        return left @ right

    def power(self) -> Any:
        if self.peek() == "e" and self.tokens[self.place + 1 : self.place + 2] and "e" not in self.names:
            self.take()
            if self.peek() == "^":
                self.take()
                return np.exp(self.atom())
            return np.exp(np.longdouble(self.take().translate(_SUPERSCRIPTS)))
        return self.raised(self.atom())

    def raised(self, base: Any) -> Any:
        while self.peek() == "^" or ((self.peek() and self.peek() in "ᵀ") or self.peek().translate(_SUPERSCRIPTS) != self.peek()):  # fmt: skip # noqa: E501
            token = self.take()
            if token == "ᵀ":
                base = _transposed(base)
            else:
                exponent = self.atom() if token == "^" else np.longdouble(token.translate(_SUPERSCRIPTS))
                base = np.power(base, exponent)
        return base

    def atom(self) -> Any:
        token = self.take()
        found: Any
        if token in self.names:
            found = self.names[token]
        elif token == "(":
            found = self.cases()
            self.take(")")
        elif token == "|":
            found = np.abs(self.sum())
            self.take("|")
        elif token == "√":
            found = np.sqrt(self.atom())
        elif token == "π":
            found = np.longdouble("3.14159265358979323846")
        elif token.startswith("Σ"):
            return self.total(token)
        elif token.startswith("["):
            return _array(token)
        elif token in ("inf", "nan"):
            return np.longdouble(token)
        elif token[0].isdigit():
            found = np.longdouble(token.replace("−", "-"))
        else:
            return self.call(token)
        return self.rearranged(found)

    def rearranged(self, found: Any) -> Any:
        while self.peek().startswith(("[", "(repeated")):
            note = self.take()
            if note.startswith("["):
                cut = [
                    slice(*(int(each) if each else None for each in part.split(":"))) for part in note[1:-1].split(", ")
                ]
                found = found[tuple(cut)]
            elif "shape" in note:
                found = np.broadcast_to(found, _numbers(note.partition("shape")[2]))
            else:
                for axis in _numbers(note):
                    was_kept = found.ndim >= (-axis if axis < 0 else axis + 1) and found.shape[axis] == 1
                    found = found if was_kept else np.expand_dims(found, axis)
        return found

    def total(self, token: str) -> Any:
        body = self.product()
        return np.sum(body) if "all" in token else np.sum(body, axis=_numbers(token), keepdims=True)

    def call(self, name: str) -> Any:
        exponent = 1
        if self.peek().translate(_SUPERSCRIPTS) != self.peek():
            exponent = int(self.take().translate(_SUPERSCRIPTS))
        if self.peek() != "(":
            return np.power(_FUNCTIONS[name](self.power()), exponent)
        self.take("(")
        arguments = [self.cases()]
        while self.peek() == ",":
            self.take()
            if name in ("largest", "smallest"):
                arguments += self.axes()
            else:
                arguments.append(self.places() if name in ("reshape", "transpose") else self.cases())
        self.take(")")
        if name == "softmax":
            e = np.exp(arguments[0] - np.max(arguments[0], axis=-1, keepdims=True))
            return e / np.sum(e, axis=-1, keepdims=True)
        if name in ("largest", "smallest"):
            x, *axes = arguments
            extreme = np.max if name == "largest" else np.min
            return extreme(x, axis=tuple(int(axis) for axis in axes) or None, keepdims=True)
        if name in ("reshape", "transpose"):
            return getattr(np, name)(*arguments)
        return np.power(_FUNCTIONS[name](*arguments), exponent)

    def axes(self) -> tuple[int, ...]:
        """Read "axis −1" or "axes 0 and 1" up to the bracket."""
        taken: list[str] = []
        while self.peek() != ")":
            taken.append(self.take())
        assert taken[0] in ("axis", "axes"), taken
        return _numbers("".join(taken))

    def places(self) -> tuple[int, ...]:
        taken = [self.take("(")]
        while taken[-1] != ")":
            taken.append(self.take())
        return _numbers(" ".join(taken))


class _Vector(np.ndarray):  # type: ignore[type-arg]
    """A transposed vector: a row behind a factor, a column before one."""

    column = row = True


def _transposed(found: Any) -> Any:
    return np.asarray(found).view(_Vector) if np.ndim(found) == 1 else np.swapaxes(found, -1, -2)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number.replace("−", "-")) for number in re.findall(r"−?\d+", text))


def _array(token: str) -> Cut:
    entries, _, shape = token.rpartition(" (")
    numbers = [
        float(each.replace("−", "-")) for each in re.findall(r"inf|nan|−?\d+(?:\.\d+)?(?:e−?\d+)?|−inf", entries)
    ]
    return Cut(numbers, _numbers(shape))
