"""Turn the rule of an op into lines of code: its `forward` and `backward` are run once, with symbols for arrays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from engine.autograd import Function, as_tuple, no_gradient, sum_to
from engine.errors import SymbolError
from engine.messages import say
from engine.replay.expressions import Arrays, Floats, Notation, Text
from engine.replay.guarded import Guarded, guarded, mark_named
from engine.replay.symbols import Symbol, as_symbol, named, zeros

Shape = tuple[int, ...]

FLOATS, ARRAYS = Floats(), Arrays()
_KEPT_RULES = 4096


@dataclass(frozen=True)
class Arrived:
    """Say what is known of the gradient of an output when `backward` of its Function is called."""

    is_there: bool
    is_one: bool = False
    is_marked: bool = False
    """Whether a mark tells where nothing comes back."""


@dataclass(frozen=True)
class WrittenRule:
    """Hold the rule of an op as lines of code with numbered places: {0}, {1} … stand for names.

    The places are, in this order, the inputs, the outputs, the gradients of the outputs, their marks where the program
    is guarded, and the helpers. Each entry of
    `forward`, and of `helpers` (what backward computes first), is the number of the place that is assigned to, and an
    expression. `sent` holds an expression for the gradient of each input, or the number of an output: then the gradient
    of that output is passed on unchanged. `marks` holds an expression for the mark of each, None where it has none.
    """

    forward: tuple[tuple[int, str], ...]
    helpers: tuple[tuple[int, str], ...]
    sent: tuple[Text | int, ...]
    n_named: int
    """The number of places before the first helper."""
    n_helpers: int
    marks: tuple[Text | None, ...] = ()


def written_rule(
    function: Function,
    shapes: Sequence[Shape],
    results: Sequence[Shape],
    arrived: tuple[Arrived, ...] | None,
    notation: Floats | Arrays,
    *,
    is_guarded: bool = False,
) -> WrittenRule:
    """Return the rule of an op as lines, for inputs and outputs of these shapes; if `arrived` is None, forward alone.

    Raises SymbolError if the rule cannot be written as lines.
    """
    parameters = tuple(getattr(function, each.name) for each in type(function).parameters)
    op: Any = type(function)
    return _rule(op, parameters, tuple(shapes), tuple(results), arrived, notation, is_guarded)


@lru_cache(_KEPT_RULES)
def _rule(
    op: type[Function],
    parameters: tuple[Any, ...],
    shapes: tuple[Shape, ...],
    results: tuple[Shape, ...],
    arrived: tuple[Arrived, ...] | None,
    notation: Notation,
    is_guarded: bool,
) -> WrittenRule:
    function = op(*parameters)
    slots = [f"{{{number}}}" for number in range(len(shapes) + (3 if is_guarded else 2) * len(results))]
    xs = [named(slot, shape) for slot, shape in zip(slots, shapes, strict=False)]
    ys = _symbols(function.forward(*xs))
    gys: list[Any] = [
        named(slot, shape, is_one=each.is_one) if each.is_there else zeros(shape)
        for slot, shape, each in zip(slots[len(xs) + len(ys) :], results, arrived or (), strict=False)
    ]
    if is_guarded and arrived is not None:
        slots_of_marks = slots[len(xs) + 2 * len(ys) :]
        gys = [
            Guarded(gy, mark_named(slot, shape) if each.is_marked else not each.is_there)
            for slot, gy, shape, each in zip(slots_of_marks, gys, results, arrived, strict=True)
        ]
    gxs: list[Symbol] = []
    marks: list[Any] = []
    if arrived is not None:
        given: Any = function
        given.inputs, given.outputs = tuple(xs), [partial(as_symbol, y) for y in ys]
        sent = as_tuple(function.backward(*gys))
        if len(sent) != len(xs):
            raise SymbolError(
                say(
                    "backward of {op} returned {found} gradients for {expected} inputs",
                    op=op.__name__,
                    found=len(sent),
                    expected=len(xs),
                )
            )
        if is_guarded:
            sent = tuple(guarded(no_gradient(x.shape) if gx is None else gx) for gx, x in zip(sent, xs, strict=True))
            summed = [sum_to(gx, x.shape) for gx, x in zip(sent, xs, strict=True)]
            gxs, marks = [gx.value for gx in summed], [gx.whole_mark for gx in summed]
            gys = [gy.value for gy in gys]
        else:
            gxs = [
                zeros(x.shape) if gx is None else sum_to(as_symbol(gx), x.shape) for gx, x in zip(sent, xs, strict=True)
            ]
    roots = [*ys, *gxs, *[mark for mark in marks if mark is not None]]
    return _RuleWriter(notation, roots, len(slots)).rule(len(xs), ys, gys, gxs, marks)


class _RuleWriter:
    """Write the expressions of one op; a value that is needed twice is computed once and gets a name."""

    def __init__(self, notation: Notation, roots: Sequence[Symbol], n_named: int) -> None:
        self._notation = notation
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
                    self._uses[operand.key] += 2 if notation.repeats(symbol) else 1

    def rule(
        self, n_inputs: int, ys: Sequence[Symbol], gys: Sequence[Symbol], gxs: Sequence[Symbol], marks: Sequence[Any]
    ) -> WrittenRule:
        for slot, y in enumerate(ys, start=n_inputs):
            self._lines.append((slot, self._written(y).text))
            if y.head is not None:
                self._names[y.key] = Text(f"{{{slot}}}")
        forward, self._lines = tuple(self._lines), []
        sent = tuple(self._sent(gx, gys) for gx in gxs)
        marked = tuple(None if mark is None else self._expression(mark) for mark in marks)
        return WrittenRule(forward, tuple(self._lines), sent, self._n_named, self._n_helpers, marked)

    def _sent(self, gx: Symbol, gys: Sequence[Symbol]) -> Text | int:
        for number, gy in enumerate(gys):
            if gx is gy or (gx.is_one and gy.is_one and gx.shape == gy.shape):
                return number
        return self._expression(gx)

    def _expression(self, symbol: Symbol) -> Text:
        """Return the text of a symbol: its name if it has one or needs one, else its expression."""
        if symbol.key in self._names:
            return self._names[symbol.key]
        written = self._written(symbol)
        if symbol.head is None or self._uses[symbol.key] < 2 or self._notation.is_quick(symbol):
            return written
        slot = self._n_named + self._n_helpers
        self._n_helpers += 1
        self._lines.append((slot, written.text))
        name = self._names[symbol.key] = Text(f"{{{slot}}}")
        return name

    def _written(self, symbol: Symbol) -> Text:
        if symbol.constant is not None:
            return self._notation.constant(symbol.constant)
        if symbol.head is None:
            return Text(symbol.key)
        return self._notation.write(symbol, [self._expression(each) for each in symbol.operands])


def _symbols(results: Any) -> tuple[Symbol, ...]:
    return tuple(map(as_symbol, as_tuple(results)))
