"""What the engine is doing: whether calls are recorded for backward (Saito, step 18), and whether a rule is running."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar

from engine.errors import EngineError

# A context's own, not the process's: one session under `no_grad` leaves the graphs of all others alone.
_RECORDING: ContextVar[bool] = ContextVar("enable_backprop", default=True)
in_scalars: ContextVar[bool] = ContextVar("in_scalars", default=False)
"""Whether the rule of a registered op is running: to it, the data of a single number is NumPy's scalar."""

is_recording = _RECORDING.get
"""Return whether a called Function remembers its inputs."""


@contextmanager
def using_config(name: str, value: bool) -> Iterator[None]:
    """Hold a setting at a value inside a `with`; the one setting is "enable_backprop". Raises EngineError."""
    if name != "enable_backprop":
        raise EngineError(f"there is no setting named “{name}”; the one there is is “enable_backprop”")
    before = _RECORDING.set(value)
    try:
        yield
    finally:
        _RECORDING.reset(before)


def no_grad() -> AbstractContextManager[None]:
    """Compute without remembering, inside a `with`: nothing can be differentiated, and memory is freed at once."""
    return using_config("enable_backprop", False)
