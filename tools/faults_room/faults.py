"""What may go wrong in the midst of a vote, and what puts it right again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from tests.serving.stack import Stack
from tools.faults.line import Line

Fault = Callable[[Stack, Line, float], Awaitable[None]]
"""Lets it happen, and returns once all is as before; the number says for how many seconds things stay away."""


async def kill_a_server(stack: Stack, line: Line, seconds: float) -> None:
    """End a server by SIGKILL; after a while it is started anew, as compose.yaml says."""
    app = stack.apps["app-1"]
    app.kill()
    await asyncio.sleep(seconds)
    await asyncio.to_thread(app.start_again)


async def end_connections(stack: Stack, line: Line, seconds: float) -> None:
    """End all connections to the database, in the midst of what they do, and soon all of them again."""
    for _ in range(5):
        await asyncio.to_thread(stack.postgres.end_connections)
        await asyncio.sleep(seconds / 5)


async def restart_database(stack: Stack, line: Line, seconds: float) -> None:
    """End the database, and start it again after a while."""
    await asyncio.to_thread(stack.postgres.stop)
    await asyncio.sleep(seconds)
    await asyncio.to_thread(stack.postgres.start)


async def cut_network(stack: Stack, line: Line, seconds: float) -> None:
    """Cut the students off: what was under way is lost, and nobody gets through for a while."""
    line.cut()
    await asyncio.sleep(seconds)
    line.mend()


FAULTS: dict[str, Fault] = {
    "a server is killed": kill_a_server,
    "PostgreSQL's connections are ended": end_connections,
    "PostgreSQL is restarted": restart_database,
    "the network is cut": cut_network,
}
