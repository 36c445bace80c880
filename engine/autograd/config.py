"""What the engine is doing: whether calls are recorded for backward (Saito, step 18), and whether a rule is running."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar

from engine.errors import EngineError

# A context's own, not the process's: one session under `no_grad` leaves the graphs of all others alone.
_SETTINGS = {name: ContextVar(name, default=True) for name in ("enable_backprop", "train")}
in_scalars: ContextVar[bool] = ContextVar("in_scalars", default=False)
"""Whether the rule of a registered op is running: to it, the data of a single number is NumPy's scalar."""

is_recording = _SETTINGS["enable_backprop"].get
"""Return whether a called Function remembers its inputs."""

is_training = _SETTINGS["train"].get
"""Return whether what differs between learning and use, such as `dropout`, does what it does in learning."""


@contextmanager
def using_config(name: str, value: bool) -> Iterator[None]:
    """Hold a setting at a value inside a `with`: "enable_backprop" or "train" (step 18). Raises EngineError."""
    if name not in _SETTINGS:
        raise EngineError(f"there is no setting named “{name}”; there are “enable_backprop” and “train”")
    before = _SETTINGS[name].set(value)
    try:
        yield
    finally:
        _SETTINGS[name].reset(before)


@contextmanager
def running_rules() -> Iterator[None]:
    """Give the data of single numbers as NumPy's scalars inside a `with`, as to the rule of a registered op."""
    before = in_scalars.set(True)
    try:
        yield
    finally:
        in_scalars.reset(before)


def no_grad() -> AbstractContextManager[None]:
    """Compute without remembering, inside a `with`: nothing can be differentiated, and memory is freed at once."""
    return using_config("enable_backprop", False)


def test_mode() -> AbstractContextManager[None]:
    """Compute as in use and not as in learning, inside a `with`: `dropout` drops nothing (step 54)."""
    return using_config("train", False)


test_mode.__test__ = False  # type: ignore[attr-defined]  # or pytest would take it for a test
