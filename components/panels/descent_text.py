"""The sentences of the panel of descent: each step, where descent leads, and what the plot shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from components.equations import EXACT, ROUNDED, Negative, Number, Product, Sum, equation, named_value
from components.text import bracketed, enumerated, joined_sentences, short, short_array, shown_array, with_name
from engine.autograd import Array
from engine.messages import listed, said_pairs, say, say_count


@dataclass(frozen=True)
class Window:
    """Hold an input by its name, and the interval of its values that the plot shows."""

    name: str
    low: float
    high: float

    def at(self, place: int, n: int) -> str:
        """Write the value at one of n places from low to high."""
        return short(float(np.linspace(self.low, self.high, n)[place]))


def remark(*, is_other_variant: bool, others_move: bool) -> str:
    """Say what one might take the numbers for and they are not."""
    remarks = []
    if is_other_variant:
        remarks.append(say("Descent goes by the right gradients, those of Step 16."))
    if others_move:
        remarks.append(say("The map has the other inputs as they are now; on the way they move too."))
    return joined_sentences(remarks)


def row(step: int, inputs: Sequence[tuple[str, Array]], more: int, output: str, value: float) -> str:
    """Say where a step leads: the inputs that are named with their values, how many more there are, and the output."""
    named = enumerated([with_name(name, value) for name, value in inputs])
    result = with_name(output, np.asarray(value))
    if step == 0 and not more:
        return say("Now: {inputs}, {result}.", inputs=named, result=result)
    if step == 0:
        return say_count(
            "Now: {inputs}, {count} more input, {result}.",
            "Now: {inputs}, {count} more inputs, {result}.",
            more,
            inputs=named,
            result=result,
        )
    if not more:
        return say("Step {step}: {inputs}, {result}.", step=step, inputs=named, result=result)
    return say_count(
        "Step {step}: {inputs}, {count} more input, {result}.",
        "Step {step}: {inputs}, {count} more inputs, {result}.",
        more,
        step=step,
        inputs=named,
        result=result,
    )


def rule(name: str, value: Array, rate: float, grad: Array) -> str:
    """Return the rule of descent for one input, first as it stands and then with its numbers."""
    places = {
        "name": name,
        "value": short_array(value),
        "rate": short(rate),
        "grad": bracketed(short_array(grad)),
    }
    if all(named_value("", shown_array(each)).signs == (EXACT,) for each in (value, np.asarray(rate), grad)):
        return say("{name} − rate × {name}.grad = {value} − {rate} × {grad}", **places)
    return say("{name} − rate × {name}.grad ≈ {value} − {rate} × {grad}", **places)


def rule_asked(name: str, value: Array, rate: float, grad: Array) -> str:
    """Return the rule of descent for one input whose numbers are not all shown: what is hidden is a question mark."""
    return say(
        "{name} − rate × {name}.grad = {value} − {rate} × {grad}",
        name=name,
        value=short_array(value),
        rate=short(rate),
        grad=bracketed(short_array(grad)),
    )


def sign_of_step(value: Array, rate: float, grad: Array, result: Array) -> str:
    """Return the sign between the rule of descent in numbers and what comes of it: =, or ≈ where that is rounded."""
    step = Product((Number(rate), shown_array(grad)))
    found = equation([Sum((shown_array(value), Negative(step))), shown_array(result)], {})
    return found.signs[-1] if found.signs else ROUNDED


def way(output: str, heights: Sequence[float]) -> str:
    """Say whether the output becomes smaller, from the first to the last of its values; nothing without a step."""
    steps = len(heights) - 1
    if steps == 0:
        return ""
    places = {"output": output, "first": short(heights[0]), "last": short(heights[-1])}
    if heights[-1] < heights[0]:
        return say_count(
            "{count} step leads down: {output} goes from {first} to {last}.",
            "{count} steps lead down: {output} goes from {first} to {last}.",
            steps,
            **places,
        )
    if heights[-1] > heights[0]:
        return say_count(
            "{count} step leads up: {output} goes from {first} to {last}.",
            "{count} steps lead up: {output} goes from {first} to {last}.",
            steps,
            **places,
        )
    return say_count(
        "{count} step leads nowhere: {output} goes from {first} to {last}.",
        "{count} steps lead nowhere: {output} goes from {first} to {last}.",
        steps,
        **places,
    )


def surface(output: str, windows: Sequence[Window], heights: Array) -> str:
    """Say what a contour plot shows; `heights` holds the output, the second input by rows and the first by columns."""
    window = listed(
        [
            say("{name} from {low} to {high}", name=each.name, low=short(each.low), high=short(each.high))
            for each in windows
        ]
    )
    if not np.isfinite(heights).any():
        return say("Contour plot over {window}: {output} is not finite anywhere here.", window=window, output=output)
    lowest, highest = int(np.nanargmin(heights)), int(np.nanargmax(heights))
    return say(
        "Contour plot over {window}. {output} is lowest, {lowest}, near {lowest_place}, and highest, {highest}, "
        "near {highest_place}.",
        window=window,
        output=output,
        lowest=short(heights.flat[lowest]),
        lowest_place=_place(windows, lowest, len(heights)),
        highest=short(heights.flat[highest]),
        highest_place=_place(windows, highest, len(heights)),
    )


def _place(windows: Sequence[Window], entry: int, n: int) -> str:
    """Say where one entry of an n × n surface lies."""
    row, column = divmod(entry, n)
    return said_pairs(
        [(window.name, window.at(place, n)) for window, place in zip(windows, (column, row), strict=True)]
    )


def curve(output: str, window: Window, xs: Array, heights: Array) -> str:
    """Say what a curve shows."""
    places = {"name": window.name, "low": short(window.low), "high": short(window.high)}
    if not np.isfinite(heights).any():
        return say("Curve over {name} from {low} to {high}.", **places)
    lowest = int(np.nanargmin(heights))
    return say(
        "Curve over {name} from {low} to {high}. {output} is lowest, {lowest}, near {name} = {place}.",
        **places,
        output=output,
        lowest=short(heights[lowest]),
        place=short(xs[lowest]),
    )
