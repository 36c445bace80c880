"""Make a release: `make release VERSION=0.2.0` checks everything, names the version, builds, commits and tags.

Nothing is sent anywhere. Where a check fails, the files are as they were, and nothing is tagged.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
UNRELEASED: Final = "## Unreleased"
_VERSION: Final = re.compile(r"\d+\.\d+\.\d+")
_IN_PROJECT: Final = re.compile(r'^version = "(\d+\.\d+\.\d+)"$', re.MULTILINE)


class ReleaseError(Exception):
    """Something keeps the release from being made."""


def main() -> int:
    """Make the release that the argument names; the exit code is 1 where something keeps it from being made."""
    try:
        make_release(sys.argv[1] if len(sys.argv) > 1 else "")
    except ReleaseError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def make_release(version: str) -> None:
    """Check, build, commit and tag; raises ReleaseError, and leaves the files as they were."""
    if _git("status", "--porcelain"):
        raise ReleaseError("There are changes that are not committed.")
    if _git("tag", "--list", f"v{version}"):
        raise ReleaseError(f"v{version} is tagged already.")
    project, changelog = ROOT / "pyproject.toml", ROOT / "CHANGELOG.md"
    before = {path: path.read_text("utf-8") for path in (project, changelog)}
    after = {
        project: with_version(before[project], version),
        changelog: with_release(before[changelog], version, date.today()),
    }
    _write(after)
    try:
        _run(".ci/run")
        _run(sys.executable, "-m", "tools.package", "--fresh")
    except (subprocess.CalledProcessError, KeyboardInterrupt):
        _write(before)
        raise ReleaseError("The checks failed: nothing is released.") from None
    _git("commit", "--all", "--message", f"Release {version}")
    _git("tag", "--annotate", f"v{version}", "--message", f"Backprop Playground {version}")
    print(f"v{version} is tagged; the wheel and the sdist are in dist.")


def with_version(project: str, version: str) -> str:
    """Return pyproject.toml with another version; raises ReleaseError where it is none, or not later."""
    found = _IN_PROJECT.search(project)
    if found is None:
        raise ReleaseError("pyproject.toml names no version.")
    if not _VERSION.fullmatch(version):
        raise ReleaseError("Name the version by three numbers: make release VERSION=0.2.0")
    if _numbers(version) <= _numbers(found[1]):
        raise ReleaseError(f"{version} is not later than {found[1]}.")
    return project[: found.start(1)] + version + project[found.end(1) :]


def with_release(changelog: str, version: str, day: date) -> str:
    """Return the changelog with what is unreleased under a version; raises ReleaseError where there is nothing."""
    before, heading, after = changelog.partition(f"{UNRELEASED}\n")
    if not heading or not after.partition("\n## ")[0].strip():
        raise ReleaseError("CHANGELOG.md tells of nothing that is unreleased.")
    return f"{before}{heading}\n## {version}, {day.isoformat()}\n{after}"


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _write(texts: Mapping[Path, str]) -> None:
    for path, text in texts.items():
        path.write_text(text, "utf-8")


def _git(*arguments: str) -> str:
    return subprocess.run(("git", *arguments), cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def _run(*command: str) -> None:
    subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main())
