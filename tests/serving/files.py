"""What stands in the files for servers, read as the tools read it that they are for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
COMPOSE = (ROOT / "compose.yaml").read_text("utf-8")
NGINX = (ROOT / "deploy/nginx.conf").read_text("utf-8")
_VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?P<kind>:-|:\?)?(?P<rest>[^}]*)\}")


def dockerfile() -> list[tuple[str, str]]:
    """Return the Dockerfile's instructions, each by its name and what stands behind it."""
    text = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text("utf-8"))
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return [(name, rest.strip()) for name, _, rest in (line.partition(" ") for line in lines)]


def last_instruction(name: str) -> str:
    """Return what stands behind the last instruction of a name, which is the one that counts."""
    return [rest for each, rest in dockerfile() if each == name][-1]


def services(settings: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Return compose.yaml's services, with the settings of its file .env put in."""

    def value(found: re.Match[str]) -> str:
        given = settings.get(found["name"], "")
        if not given and found["kind"] == ":?":
            raise KeyError(f"{found['name']} {found['rest']}")
        return given or (found["rest"] if found["kind"] == ":-" else "")

    def put_in(told: Any) -> Any:
        if isinstance(told, dict):
            return {key: put_in(each) for key, each in told.items()}
        if isinstance(told, list):
            return [put_in(each) for each in told]
        return _VARIABLE.sub(value, told) if isinstance(told, str) else told

    found: dict[str, dict[str, Any]] = put_in(yaml.safe_load(COMPOSE)["services"])
    return found


def in_order(services: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield the services' names, each behind all that it depends on."""
    started: set[str] = set()
    while len(started) < len(services):
        ready = [name for name, each in services.items() if name not in started and started >= set(_needed(each))]
        assert ready, "services depend on each other in a circle"
        yield from ready
        started |= set(ready)


def _needed(service: Mapping[str, Any]) -> Iterator[str]:
    for name, how in service.get("depends_on", {}).items():
        assert how == {"condition": "service_healthy"}, name
        yield name
