"""What is left with the server is bounded in number and in all."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from components.protection import BoundedUploads, ClosedPaths, Held
from components.protection.uploads import MOST_BYTES, MOST_FILES
from tests.components.protection.asking import asked
from tests.components.server.coroutines import run

MEGABYTE = 1024 * 1024


def put(held: Held, path: str = "/_stcore/upload_file/me/file", method: str = "PUT") -> int:
    return asked(
        lambda app: BoundedUploads(app, held=lambda session: held, largest=MEGABYTE), path, method=method
    ).status


@pytest.mark.parametrize("prefix", ["", "/class/of-30"])
def test_a_session_holds_few_files_and_all_sessions_so_many_bytes(prefix: str) -> None:
    path = f"{prefix}/_stcore/upload_file/me/file"
    assert put(Held(MOST_FILES - 1, MOST_BYTES - 1), path) == 200
    assert put(Held(MOST_FILES, 0), path) == 429
    assert put(Held(0, MOST_BYTES), path) == 429


def test_taking_a_file_away_and_all_else_passes() -> None:
    full = Held(MOST_FILES, MOST_BYTES)
    assert put(full, method="DELETE") == 200
    assert put(full, "/_stcore/health") == 200


def test_sixty_at_once_are_counted_while_they_arrive() -> None:
    statuses: list[int] = []

    async def scenario() -> None:
        arrived = asyncio.Event()

        async def slow(scope: Any, receive: Any, send: Any) -> None:
            await arrived.wait()
            await send({"type": "http.response.start", "status": 204, "headers": []})

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        guard = BoundedUploads(slow, held=lambda session: Held(0, 0), largest=MEGABYTE)

        async def upload(session: str) -> None:
            path = f"/_stcore/upload_file/{session}/file"
            await guard({"type": "http", "path": path, "method": "PUT", "headers": []}, None, send)  # type: ignore[arg-type]

        sent = [asyncio.create_task(upload("me")) for _ in range(60)] + [asyncio.create_task(upload("you"))]
        await asyncio.sleep(0)
        arrived.set()
        await asyncio.gather(*sent)
        await upload("me")  # all have arrived, and this app keeps none

    run(scenario())
    assert statuses.count(429) == 60 - MOST_FILES
    assert statuses.count(204) == MOST_FILES + 2


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/class/_stcore/metrics", "/_stcore/metrics/"])
def test_streamlits_own_metrics_are_nobodys(path: str) -> None:
    assert asked(ClosedPaths, path).status == 404
    assert asked(ClosedPaths, path, method="OPTIONS").status == 404
    assert asked(ClosedPaths, "/_stcore/health").text == "here"
