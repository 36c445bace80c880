"""An independent result to check every engine against: a Wengert list over Python's floats, swept without recursion."""

from __future__ import annotations

from typing import Any


class Number:
    """Hold a float and its place on a tape; each operator writes its local derivatives down."""

    __slots__ = ("place", "tape", "value")

    def __init__(self, value: float, tape: Tape, *parents: tuple[int, float]) -> None:
        self.value = value
        self.tape = tape
        self.place = len(tape.parents)
        tape.parents.append(parents)

    def __add__(self, other: Any) -> Number:
        other = self.tape.number(other)
        return Number(self.value + other.value, self.tape, (self.place, 1.0), (other.place, 1.0))

    def __mul__(self, other: Any) -> Number:
        other = self.tape.number(other)
        return Number(self.value * other.value, self.tape, (self.place, other.value), (other.place, self.value))

    def __pow__(self, power: int) -> Number:
        return Number(self.value**power, self.tape, (self.place, power * self.value ** (power - 1)))

    def __sub__(self, other: Any) -> Number:
        return self + self.tape.number(other) * -1.0

    def __rsub__(self, other: Any) -> Number:
        return self.tape.number(other) - self

    __radd__ = __add__
    __rmul__ = __mul__


class Tape:
    """Hold, for every number in the order they were made, its parents with the derivatives by them."""

    def __init__(self) -> None:
        self.parents: list[tuple[tuple[int, float], ...]] = []

    def number(self, value: Any) -> Number:
        """Return a number of this tape: itself, or a new one with no parents."""
        return value if isinstance(value, Number) else Number(float(value), self)

    def relu(self, x: Number) -> Number:
        """Return the number where it is positive, and 0 elsewhere."""
        return Number(max(x.value, 0.0), self, (x.place, float(x.value > 0)))

    def gradients(self, output: Number) -> list[float]:
        """Return the derivative of a number by every number on the tape."""
        grads = [0.0] * len(self.parents)
        grads[output.place] = 1.0
        for place in range(output.place, -1, -1):
            for parent, local in self.parents[place]:
                grads[parent] += local * grads[place]
        return grads
