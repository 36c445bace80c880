"""An op's own `forward` and `backward`, run once with symbols and kept as lines to be filled with names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from engine.autograd import Function, as_tuple, sum_to
from engine.errors import SymbolError
from engine.messages import say
from engine.replay.expressions import Arrays, Floats, Text, Words
from engine.replay.symbols import Symbol, as_symbol, named, zeros

Shape = tuple[int, ...]

FLOATS, ARRAYS = Floats(), Arrays()
_KEPT_RULES = 4096


@dataclass(frozen=True)
class Arrived:
    """Say what is known of an output's gradient when its Function's turn comes."""

    is_there: bool
    is_one: bool = False


@dataclass(frozen=True)
class Rule:
    """Hold the lines of one op. In a line, {0}, {1} … stand for its inputs, outputs, their gradients, and helpers.

    `forward` and `helpers` (what backward needs beyond that) assign to one of these. `sent` holds an expression for
    each input's gradient, or the number of the output whose gradient is passed on as it is.
    """

    forward: tuple[tuple[int, str], ...]
    helpers: tuple[tuple[int, str], ...]
    sent: tuple[Text | int, ...]
    n_named: int
    """How many inputs, outputs and gradients come before the first helper."""
    n_helpers: int


def rule_of(
    function: Function,
    shapes: Sequence[Shape],
    results: Sequence[Shape],
    arrived: tuple[Arrived, ...] | None,
    words: Floats | Arrays,
) -> Rule:
    """Return an op's lines for inputs and results of these shapes; without `arrived`, forward alone.

    Raises SymbolError where the rule cannot be written down.
    """
    parameters = tuple(getattr(function, each.name) for each in type(function).parameters)
    op: Any = type(function)
    return _rule(op, parameters, tuple(shapes), tuple(results), arrived, words)


@lru_cache(_KEPT_RULES)
def _rule(
    op: type[Function],
    parameters: tuple[Any, ...],
    shapes: tuple[Shape, ...],
    results: tuple[Shape, ...],
    arrived: tuple[Arrived, ...] | None,
    words: Words,
) -> Rule:
    function = op(*parameters)
    slots = [f"{{{number}}}" for number in range(len(shapes) + 2 * len(results))]
    xs = [named(slot, shape) for slot, shape in zip(slots, shapes, strict=False)]
    ys = _symbols(function.forward(*xs))
    gys = [
        named(slot, shape, is_one=each.is_one) if each.is_there else zeros(shape)
        for slot, shape, each in zip(slots[len(xs) + len(ys) :], results, arrived or (), strict=False)
    ]
    gxs: list[Symbol] = []
    if arrived is not None:
        given: Any = function
        given.inputs, given.outputs = tuple(xs), [partial(as_symbol, y) for y in ys]
        sent = as_tuple(function.backward(*gys))
        if len(sent) != len(xs):
            text = "backward of {op} returned {found} gradients for {expected} inputs"
            raise SymbolError(say(text, op=op.__name__, found=len(sent), expected=len(xs)))
        gxs = [zeros(x.shape) if gx is None else sum_to(as_symbol(gx), x.shape) for gx, x in zip(sent, xs, strict=True)]
    return _Writer(words, [*ys, *gxs], len(slots)).rule(len(xs), ys, gys, gxs)


class _Writer:
    """Write the expressions of one op; what is needed twice is computed once and gets a name."""

    def __init__(self, words: Words, roots: Sequence[Symbol], n_named: int) -> None:
        self._words = words
        self._n_named = n_named
        self._uses: Counter[str] = Counter()
        self._names: dict[str, Text] = {}
        self._lines: list[tuple[int, str]] = []
        self._n_helpers = 0
        met: set[str] = set()
        waiting = list(roots)
        self._uses.update(root.key for root in roots)
        while waiting:
            symbol = waiting.pop()
            if symbol.key not in met:
                met.add(symbol.key)
                waiting += symbol.operands
                for operand in symbol.operands:
                    self._uses[operand.key] += 2 if words.repeats(symbol) else 1

    def rule(self, n_inputs: int, ys: Sequence[Symbol], gys: Sequence[Symbol], gxs: Sequence[Symbol]) -> Rule:
        for slot, y in enumerate(ys, start=n_inputs):
            self._lines.append((slot, self._written(y).text))
            if y.head is not None:
                self._names[y.key] = Text(f"{{{slot}}}")
        forward, self._lines = tuple(self._lines), []
        sent = tuple(self._sent(gx, gys) for gx in gxs)
        return Rule(forward, tuple(self._lines), sent, self._n_named, self._n_helpers)

    def _sent(self, gx: Symbol, gys: Sequence[Symbol]) -> Text | int:
        for number, gy in enumerate(gys):
            if gx is gy or (gx.is_one and gy.is_one and gx.shape == gy.shape):
                return number
        return self._expression(gx)

    def _expression(self, symbol: Symbol) -> Text:
        """Return the text for a place that could hold any expression, by the name that it has or gets."""
        if symbol.key in self._names:
            return self._names[symbol.key]
        written = self._written(symbol)
        if symbol.head is None or self._uses[symbol.key] < 2 or self._words.is_quick(symbol):
            return written
        slot = self._n_named + self._n_helpers
        self._n_helpers += 1
        self._lines.append((slot, written.text))
        name = self._names[symbol.key] = Text(f"{{{slot}}}")
        return name

    def _written(self, symbol: Symbol) -> Text:
        if symbol.constant is not None:
            return self._words.constant(symbol.constant)
        if symbol.head is None:
            return Text(symbol.key)
        return self._words.write(symbol, [self._expression(each) for each in symbol.operands])


def _symbols(results: Any) -> tuple[Symbol, ...]:
    return tuple(map(as_symbol, as_tuple(results)))
