"""What a release writes into pyproject.toml and the changelog."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest

from tools.release import ROOT, ReleaseError, with_release, with_version


def test_a_release_names_its_version_and_keeps_all_else() -> None:
    before = (ROOT / "pyproject.toml").read_text("utf-8")
    after = with_version(before, "9.0.0")
    changed = [pair for pair in zip(before.splitlines(), after.splitlines(), strict=True) if pair[0] != pair[1]]
    assert [new for _, new in changed] == ['version = "9.0.0"']
    assert tomllib.loads(after)["project"]["version"] == "9.0.0"


@pytest.mark.parametrize("version", ["", "9", "9.0", "9.0.0rc1", "v9.0.0", "0.0.1", "0.1.0"])
def test_a_version_is_three_numbers_and_later(version: str) -> None:
    with pytest.raises(ReleaseError):
        with_version('[project]\nversion = "0.1.0"\n', version)


def test_what_was_unreleased_stands_under_the_version() -> None:
    before = "# Changelog\n\n## Unreleased\n\n- Something.\n\n## 0.1.0, 2026-01-01\n\n- The beginning.\n"
    after = with_release(before, "0.2.0", date(2026, 11, 27))
    assert after == (
        "# Changelog\n\n## Unreleased\n\n## 0.2.0, 2026-11-27\n\n- Something.\n\n"
        "## 0.1.0, 2026-01-01\n\n- The beginning.\n"
    )
    with pytest.raises(ReleaseError):
        with_release(after, "0.3.0", date(2026, 11, 28))
