"""Pictures by revision: the next is a difference from the one that the browser has, if that is still kept."""

from __future__ import annotations

from components.exchange import PictureRevisions
from tests.components.state.host import applied


def numbered(pictures: PictureRevisions, count: int, have: int) -> list[dict[str, object]]:
    return [pictures.put({"number": number}, have) for number in range(1, count + 1)]


def test_the_same_picture_keeps_its_revision() -> None:
    pictures = PictureRevisions()
    assert pictures.put({"a": 1}, have=0) == {"revision": 1, "base": 0, "picture": {"a": 1}}
    assert pictures.put({"a": 1}, have=1) == {"revision": 1, "base": 1, "picture": {}}
    assert pictures.latest == {"a": 1}


def test_a_browser_that_lags_behind_gets_the_difference_from_what_it_has() -> None:
    pictures = PictureRevisions()
    pictures.put({"a": 1, "b": 1}, have=0)
    pictures.put({"a": 2, "b": 1}, have=1)
    assert pictures.put({"a": 2, "b": 3}, have=1) == {"revision": 3, "base": 1, "picture": {"a": 2, "b": 3}}


def test_a_revision_that_is_not_kept_gets_the_whole_picture() -> None:
    pictures = PictureRevisions()
    for have in (7, 99):
        assert pictures.put({"a": 1}, have) == {"revision": 1, "base": 0, "picture": {"a": 1}}


def test_the_latest_twelve_are_kept_and_the_one_that_the_browser_has() -> None:
    pictures = PictureRevisions()
    numbered(pictures, 30, have=3)
    assert set(pictures.pictures) == {0, 3, *range(19, 31)}
    last = pictures.put({"number": 31}, have=3)
    assert (last["revision"], last["base"]) == (31, 3)
    assert applied({"number": 3}, last["picture"]) == {"number": 31}
    pictures.put({"number": 32}, have=31)
    assert set(pictures.pictures) == {0, *range(21, 33)}
