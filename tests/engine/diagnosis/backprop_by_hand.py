"""Backprop on single numbers, written out once more and without the engine, with one rule broken at every op."""

from __future__ import annotations

import math
from dataclasses import dataclass

from hypothesis import strategies as st

OPS = {"Add": 2, "Sub": 2, "Mul": 2, "Div": 2, "Square": 1, "Neg": 1, "Exp": 1}


@dataclass(frozen=True)
class Line:
    """One node: an input with its number, or an op with the places of its inputs."""

    name: str
    op: str | None
    number: float = 0.0
    inputs: tuple[int, ...] = ()


def forward(lines: list[Line]) -> list[float]:
    values: list[float] = []
    for line in lines:
        x = [values[place] for place in line.inputs]
        match line.op:
            case None:
                values.append(line.number)
            case "Add":
                values.append(x[0] + x[1])
            case "Sub":
                values.append(x[0] - x[1])
            case "Mul":
                values.append(x[0] * x[1])
            case "Div":
                values.append(x[0] / x[1])
            case "Square":
                values.append(x[0] ** 2)
            case "Neg":
                values.append(-x[0])
            case "Exp":
                values.append(math.exp(x[0]))
    return values


def locals_of(op: str, x: list[float], rule: str) -> list[float]:
    """The derivatives by each input, with a rule broken."""
    match op:
        case "Add":
            return [1.0, 1.0]
        case "Sub":
            return [1.0, 1.0] if rule == "sign" else [1.0, -1.0]
        case "Neg":
            return [1.0] if rule == "sign" else [-1.0]
        case "Mul":
            return [x[0], x[1]] if rule == "swapped" else [x[1], x[0]]
        case "Div":
            right = [1 / x[1], -x[0] / x[1] ** 2]
            if rule == "swapped":
                return right[::-1]
            return [right[0], -right[1]] if rule == "sign" else right
        case "Square":
            return [x[0]] if rule == "exponent" else [2 * x[0]]
        case _:
            return [math.exp(x[0])]


def backward(lines: list[Line], rule: str = "") -> list[float | None]:
    """All gradients of the last line, in reverse order of the lines; each rule is broken at every op."""
    values = forward(lines)
    grads: list[float | None] = [None] * len(lines)
    grads[-1] = 1.0
    for place in reversed(range(len(lines))):
        line, gy = lines[place], grads[place]
        if line.op is None or gy is None:
            continue
        slopes = locals_of(line.op, [values[each] for each in line.inputs], rule)
        for source, slope in zip(line.inputs, slopes, strict=True):
            sent = gy if rule == "no local" else slope if rule == "no upstream" else gy * slope
            before = grads[source]
            grads[source] = sent if before is None else before + sent
    return grads


def written(lines: list[Line]) -> str:
    """The graph in the words of `tests.engine.built`."""
    return " ".join(
        f"{line.name}={line.number}"
        if line.op is None
        else f"{line.name}={line.op}({','.join(lines[each].name for each in line.inputs)})"
        for line in lines
    )


@st.composite
def programs(draw: st.DrawFn) -> list[Line]:
    """Draw two to three inputs and up to six ops, the last of which is the output."""
    sizes = st.floats(0.3, 3.0).map(lambda number: round(number, 2))
    lines = [Line(f"x{place}", None, draw(sizes)) for place in range(draw(st.integers(1, 3)))]
    for place in range(draw(st.integers(1, 6))):
        op = draw(st.sampled_from(sorted(OPS)))
        inputs = tuple(draw(st.integers(0, len(lines) - 1)) for _ in range(OPS[op]))
        lines.append(Line(f"a{place}", op, 0.0, inputs))
    return lines
