"""A message is looked up in the language that is spoken, and its places are filled."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from components.picture import make_picture
from engine.evaluation import evaluate
from engine.lessons import LESSONS
from engine.messages import (
    best_language,
    browser_messages,
    catalogues,
    current_language,
    languages,
    listed,
    mark,
    said_pairs,
    say,
    say_count,
    using_language,
)
from tests.pseudo import forget
from tools.messages.files import compiled

# Polish tells one from a few and from many, by a rule that no other language of this test has.
FORMS = ("{count} węzeł w {name}", "{count} węzły w {name}", "{count} węzłów w {name}")
ONE, MANY = "{count} node in {name}", "{count} nodes in {name}"


@pytest.fixture(autouse=True)
def _pseudo_languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let two languages be there: "pl", and "de", in which the order of the places is another."""
    made = {
        "pl": {(ONE, MANY): FORMS, "Delete": "Usuń", "{most} and {last}": "{most} i {last}"},
        "de": {"{a} before {b}": "vor {b} steht {a}", "Delete": "Löschen", "{name} = {value}": "{name} ist {value}"},
    }
    for code, texts in made.items():
        catalogue = Catalog(locale=code)
        for message, text in texts.items():
            catalogue.add(message, text)
        folder = tmp_path / code / "LC_MESSAGES"
        folder.mkdir(parents=True)
        for domain in (catalogues.DOMAIN, catalogues.CANVAS_DOMAIN):
            (folder / f"{domain}.mo").write_bytes(compiled(catalogue))
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    forget()
    yield
    forget()


def test_english_is_the_language_of_the_code() -> None:
    assert current_language() == "en"
    assert languages() == ("en", "de", "pl")
    assert say("{a} before {b}", a=1, b="x") == "1 before x"
    assert say_count(ONE, MANY, 1, name="f") == "1 node in f"
    assert say_count(ONE, MANY, 0, name="f") == "0 nodes in f"


def test_a_message_is_looked_up_and_its_places_filled_in_the_order_of_the_language() -> None:
    with using_language("de"):
        assert say("Delete") == "Löschen"
        assert say("{a} before {b}", a="x", b="y") == "vor y steht x"
        assert say(mark("Delete")) == "Löschen"
        assert said_pairs([("x", 2)]) == "x ist 2"


def test_a_message_that_is_not_translated_is_said_in_english() -> None:
    with using_language("de"):
        assert say("Undo {what}", what="it") == "Undo it"
        assert say_count(ONE, MANY, 2, name="f") == "2 nodes in f"
    with using_language("zz"):
        assert say("Delete") == "Delete"


@pytest.mark.parametrize(("count", "form"), [(1, 0), (2, 1), (4, 1), (5, 2), (12, 2), (22, 1), (0, 2)])
def test_a_count_takes_its_own_plural_form(count: int, form: int) -> None:
    with using_language("pl"):
        assert say_count(ONE, MANY, count, name="f") == FORMS[form].format(count=count, name="f")


def test_lists_are_joined_as_the_language_does() -> None:
    with using_language("pl"):
        assert listed(["a", "b", "c"]) == "a, b i c"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert (listed(["a"]), listed([])) == ("a", "")


def test_braces_without_places_stay_and_a_place_that_is_not_filled_is_an_error() -> None:
    assert say('{"a": 1}') == '{"a": 1}'
    with pytest.raises(KeyError, match="b"):
        say("{a} before {b}", a=1)


def test_each_context_speaks_its_own_language() -> None:
    said: dict[str, str] = {}
    both = threading.Barrier(2)

    def speak(code: str) -> None:
        with using_language(code):
            both.wait(30)  # both have chosen before either speaks
            said[code] = say("Delete")
            both.wait(30)

    threads = [threading.Thread(target=contextvars.Context().run, args=(speak, code)) for code in ("de", "pl")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == {"de": "Löschen", "pl": "Usuń"}
    assert say("Delete") == "Delete"


def test_a_language_ends_with_its_block_also_by_an_error() -> None:
    def fail() -> None:
        with using_language("de"), using_language("pl"):
            raise ValueError(current_language())

    with pytest.raises(ValueError, match="pl"):
        fail()
    assert current_language() == "en"


def test_the_browser_gets_texts_and_plural_forms_and_nothing_for_english() -> None:
    assert browser_messages("en") == {}
    assert browser_messages("zz") == {}
    assert browser_messages("pl") == {ONE: list(FORMS), "Delete": "Usuń", "{most} and {last}": "{most} i {last}"}


@pytest.mark.parametrize(
    ("tags", "code"),
    [
        (["pl-PL"], "pl"),
        (["fr-FR", "de-Latn-CH", "en"], "de"),
        (["", "EN-gb", "de"], "en"),
        (["pl_PL"], "pl"),
        (["plk", "*"], "en"),
        ([], "en"),
    ],
)
def test_the_first_language_is_taken_that_there_is(tags: list[str], code: str) -> None:
    assert best_language(tags) == code


def test_a_picture_carries_what_the_canvas_says() -> None:
    graph = LESSONS[0].graph
    trace = evaluate(graph)
    with using_language("pl"):
        picture = make_picture(graph, trace)
    assert (picture["language"], picture["messages"]["Delete"]) == ("pl", "Usuń")
    picture = make_picture(graph, trace)
    assert (picture["language"], picture["messages"]) == ("en", {})
