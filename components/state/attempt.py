"""Carry out an edit or a command; whatever goes wrong with it, the page is as it was before."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec

from components.border import log_fault
from components.state.playground import Playground
from engine.errors import PlaygroundError, UnforeseenError
from engine.messages import say
from engine.pieces import Pieces, finish

_P = ParamSpec("_P")


def attempt(
    playground: Playground, action: Callable[_P, object], *args: _P.args, **kwargs: _P.kwargs
) -> PlaygroundError | None:
    """Carry out an edit or a command; return what refuses it, and then leave everything as it was before.

    A fault of the playground itself is logged, and refused in a sentence like anything else.
    """

    def whole() -> Pieces[None]:
        action(*args, **kwargs)
        yield 1.0

    return finish(attempt_in_pieces(playground, whole()))


def attempt_in_pieces(playground: Playground, pieces: Pieces[None]) -> Pieces[PlaygroundError | None]:
    """Do the same as `attempt` in pieces; where they are left for good, everything is as it was before, too."""
    before = playground.kept()
    try:
        yield from pieces
    except PlaygroundError as error:
        playground.put_back(before)
        return error
    except GeneratorExit:
        playground.put_back(before)
        raise
    except Exception:
        playground.put_back(before)
        return fault()
    return None


def fault() -> UnforeseenError:
    """Log the fault that is being handled, and return what is said of it."""
    log_fault("An edit or a command failed, and was taken back.")
    return UnforeseenError(say("The playground itself failed at this, so nothing was changed."))
