"""What a sweep still has to visit, and in which order: the correct list, the book's stack, and picks by hand."""

from __future__ import annotations

import numpy as np
import pytest

from engine import Variable, add, square
from engine.autograd import Constant, Function
from engine.autograd.core import WorkList
from engine.autograd.variants import MAX_VISITS, ByHand, Stack
from engine.errors import EngineError


def functions() -> list[Function]:
    """Return the Functions of a = x², b = a², c = a², y = b + c, in the order in which they were made."""
    x = Variable(np.array(2.0))
    a = square(x)
    b, c = square(a), square(a)
    y = add(b, c)
    made = [variable.creator for variable in (a, b, c, y)]
    assert all(made)
    return made  # type: ignore[return-value]


def test_the_latest_generation_comes_next_and_is_listed_last() -> None:
    a, b, c, y = functions()
    assert [function.generation for function in (a, b, c, y)] == [0, 1, 1, 2]
    found = WorkList()
    for function in (b, a, y, c, b):
        found.add(function)
    assert len(found) == 4  # one that has been there is not put on again
    assert found.waiting() == [a, c, b, y]
    assert [found.pop() for _ in range(len(found))] == [y, b, c, a]  # of one generation the one met first
    found.add(y)
    assert len(found) == 0


def test_an_op_without_inputs_is_of_generation_zero() -> None:
    constant = Constant(2.0)
    y = constant()
    assert (constant.generation, y.generation) == (0, 1)


def test_the_stack_takes_what_was_met_last_as_often_as_it_is_met() -> None:
    a, b, c, _ = functions()
    found = Stack()
    for function in (a, b, c, a):
        found.add(function)
    assert found.waiting() == [a, b, c, a]
    assert [found.pop() for _ in range(len(found))] == [a, c, b, a]
    assert not found.overwrites
    assert Stack(overwrites=True).overwrites


def test_the_stack_stops_after_the_visits_that_are_allowed_and_not_before() -> None:
    a, *_ = functions()
    found = Stack()
    for _ in range(MAX_VISITS):
        found.add(a)
        found.pop()
    found.add(a)
    with pytest.raises(EngineError, match=r"more than 100000 visits"):
        found.pop()


def test_picks_are_visited_once_each_in_the_order_that_somebody_picks() -> None:
    a, b, c, y = functions()
    found = ByHand([y, c, b, a])
    assert not found.overwrites
    assert len(found) == 0  # what is picked has not been met
    for function in (y, b, c):
        found.add(function)
    assert found.waiting() == [y, b, c]
    assert len(found) == 1
    assert [found.pop(), found.pop()] == [y, c]
    found.add(c)  # it had its turn
    assert found.waiting() == [b]
    assert found.pop() is b
    assert len(found) == 0  # a was never met
    found.add(a)
    assert len(found) == 1
    assert found.pop() is a
    assert len(found) == 0


def test_a_pick_that_does_not_wait_ends_it() -> None:
    a, b, *_ = functions()
    found = ByHand([a], overwrites=True)
    found.add(b)
    assert (len(found), found.overwrites) == (0, True)
    assert len(ByHand([])) == 0
