"""Carry out an edit or a command; whatever goes wrong with it, the page is as it was before."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec

from components.border import log_fault
from components.state.playground import Playground
from engine.errors import PlaygroundError, UnforeseenError
from engine.messages import say

_P = ParamSpec("_P")


def attempt(
    playground: Playground, action: Callable[_P, object], *args: _P.args, **kwargs: _P.kwargs
) -> PlaygroundError | None:
    """Carry out an edit or a command; return what refuses it, and then leave everything as it was before.

    A fault of the playground itself is logged, and refused in a sentence like anything else.
    """
    before = playground.kept()
    try:
        action(*args, **kwargs)
    except PlaygroundError as error:
        playground.put_back(before)
        return error
    except Exception:
        playground.put_back(before)
        log_fault("An edit or a command failed, and was taken back.")
        return UnforeseenError(say("The playground itself failed at this, so nothing was changed."))
    return None
