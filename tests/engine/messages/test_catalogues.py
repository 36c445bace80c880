"""The catalogues hold what the code says: nothing is missing, nothing is left over, no place is lost."""

from __future__ import annotations

import ast
import gettext
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from engine.autograd import Function
from engine.lessons import LESSONS
from engine.messages import ENGLISH, best_language, catalogues, languages, name_of_language
from engine.messages.catalogues import DOMAIN, FOLDER, OWN_NAME
from tools.messages import files
from tools.messages.extract import ROOT, messages_of_sources, template
from tools.messages.files import TEMPLATE, compiled, of_canvas, read_translation, template_text

_SAID_IN_JAVASCRIPT = re.compile(r'\b(?:say|sayCount|mark)\(\s*("(?:[^"\\]|\\.)+")')
_PLACE = re.compile(r"\{(\w*)\}")


def test_the_template_is_current() -> None:
    assert TEMPLATE.read_text("utf-8") == template_text(), "a message was written or changed: run `make messages`"


def test_the_template_holds_messages_of_python_ops_and_lessons() -> None:
    for text in ("{most} and {last}", Function.registry["Add"].description, LESSONS[0].question):
        assert text in template(), text


def test_messages_are_found_in_both_languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.messages.extract.ROOT", tmp_path)
    (tmp_path / "engine").mkdir()
    (tmp_path / "components/canvas").mkdir(parents=True)
    (tmp_path / "engine/one.py").write_text(
        'A = mark("marked")\nsay(A)\nsay("a {b} "\n    "and more", b=1)\nsay_count("one", "many", 2)\nother("not")\n',
        "utf-8",
    )
    (tmp_path / "components/canvas/two.js").write_text(
        "export function say(message) {}\n"
        "const a = mark('marked in JavaScript'); // say('a comment')\n"
        'say("long " +\n  "sentence", { b });\nsayCount("1 node", "{count} nodes", count);\n'
        "element('b', { text: say(`a template`) });\n",
        "utf-8",
    )
    assert set(messages_of_sources()) == {
        ("engine/one.py", "marked"),
        ("engine/one.py", "a {b} and more"),
        ("engine/one.py", ("one", "many")),
        ("components/canvas/two.js", "marked in JavaScript"),
        ("components/canvas/two.js", "long sentence"),
        ("components/canvas/two.js", ("1 node", "{count} nodes")),
        ("components/canvas/two.js", "a template"),
    }


def test_translations_are_current_and_keep_every_place() -> None:
    for path in FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.po"):
        catalogue = read_translation(path)
        assert {message.id for message in catalogue} == {message.id for message in template()}, path
        assert path.with_suffix(".mo").read_bytes() == compiled(catalogue), path
        assert path.with_name("canvas.mo").read_bytes() == compiled(of_canvas(catalogue)), path
        assert list(lost_places(catalogue)) == [], path


def test_every_message_is_translated_into_each_language_and_none_is_a_guess() -> None:
    assert {"ja", "zh"} <= {*languages()}
    for code in languages():
        if code != ENGLISH:
            assert list(untranslated(read_translation(FOLDER / code / "LC_MESSAGES" / f"{DOMAIN}.po"))) == [], code


def untranslated(catalogue: Catalog) -> Iterator[object]:
    """Yield each message without a translation in one of its forms, and each of which somebody only guessed it."""
    for message in catalogue:
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and (message.fuzzy or not all(texts)):
            yield message.id


def test_a_message_without_a_translation_is_noticed() -> None:
    catalogue = Catalog(locale="de", fuzzy=False)
    catalogue.add("a", "ä")
    catalogue.add("b", "")
    catalogue.add(("one", "many"), ("eins", ""))
    catalogue.add("c", "vielleicht", flags=["fuzzy"])
    assert [*untranslated(catalogue)] == ["b", ("one", "many"), "c"]


def test_a_new_language_is_merged_and_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "de/LC_MESSAGES" / f"{DOMAIN}.po"
    path.parent.mkdir(parents=True)
    text = (
        f'{TEMPLATE.read_text("utf-8")}\nmsgid "Gone"\nmsgstr "Weg"\n'  # as CONTRIBUTING says, a copy of the template
    )
    for message, translated in (("Add two values.", "Zwei addieren."), (OWN_NAME, "Deutsch")):
        assert text.count(f'msgid "{message}"\nmsgstr ""\n') == 1
        text = text.replace(f'msgid "{message}"\nmsgstr ""\n', f'msgid "{message}"\nmsgstr "{translated}"\n')
    path.write_text(text, "utf-8")
    monkeypatch.setattr(files, "FOLDER", tmp_path)
    monkeypatch.setattr(files, "TEMPLATE", tmp_path / "playground.pot")
    assert {file.name for file in files.renew()} == {"playground.pot", "playground.po", "playground.mo", "canvas.mo"}
    assert files.renew() == []
    catalogue = read_translation(path)
    assert {message.id for message in catalogue} == {message.id for message in template()}
    with path.with_suffix(".mo").open("rb") as file:
        translations = gettext.GNUTranslations(file)
    assert translations.gettext("Add two values.") == "Zwei addieren."
    assert translations.gettext("Arithmetic") == "Arithmetic"
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    assert languages() == (ENGLISH, "de")  # its file alone makes it a language
    assert name_of_language("de") == "Deutsch"
    assert best_language(["fr", "de-AT", "en"]) == "de"


def lost_places(catalogue: Catalog) -> Iterator[tuple[str, str]]:
    """Yield each translation whose places are not those of its message; a plural form may leave the count out."""
    for message in catalogue:
        originals = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = {place for original in originals for place in _PLACE.findall(original)}
        for text in texts:
            missing = wanted ^ set(_PLACE.findall(text))
            if text and missing - ({"count"} if len(originals) > 1 else set()):
                yield originals[0], text


def test_a_lost_or_invented_place_is_noticed() -> None:
    catalogue = Catalog(locale="de")
    catalogue.add("{a} before {b}", "{b} nach {a}")
    catalogue.add(("{count} node of {f}", "{count} nodes of {f}"), ("ein Knoten von {f}", "{count} Knoten von {f}"))
    catalogue.add("Delete {a}", "")
    assert list(lost_places(catalogue)) == []
    catalogue.add("{a} = {b}", "{a} = {c}")
    catalogue.add(("{count} wire of {f}", "{count} wires of {f}"), ("ein Draht", "{count} Drähte von {f}"))
    assert [message for message, _ in lost_places(catalogue)] == ["{a} = {b}", "{count} wire of {f}"]


SOURCES = [path for folder in ("engine", "components") for path in sorted((ROOT / folder).rglob("*.py"))]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_said_is_a_literal_or_was_marked(path: Path) -> None:
    if path.name != "say.py":
        assert list(unknown_messages(path.read_text("utf-8"))) == []


def unknown_messages(source: str) -> Iterator[str]:
    """Yield what no catalogue can know: a message that is put together where it is said, or that nobody marked."""
    tree = ast.parse(source)
    names = set()
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            said = {"say": call.args[:1], "say_count": call.args[:2], "mark": call.args[:1]}.get(call.func.id, [])
            named = (ast.Name, ast.Attribute, ast.Subscript) if call.func.id != "mark" else ()
            yield from (ast.unparse(call) for message in said if not isinstance(message, (ast.Constant, *named)))
            names |= {message.id for message in said if isinstance(message, ast.Name)}
    for bound in ast.walk(tree):
        targets = [bound.target] if isinstance(bound, ast.AnnAssign) else getattr(bound, "targets", [])
        if any(isinstance(each, ast.Name) and each.id in names for each in targets) and _is_unmarked_text(bound.value):
            yield ast.unparse(bound)


def _is_unmarked_text(value: ast.expr | None) -> bool:
    match value:
        case ast.Constant(value=str()) | ast.JoinedStr() | ast.BinOp():
            return True
        case ast.IfExp(body=one, orelse=other):
            return _is_unmarked_text(one) or _is_unmarked_text(other)
    return False


def test_every_message_that_is_said_is_in_the_template() -> None:
    # Babel reads no f-string: what is said inside of one would be English for ever.
    known = {part for message in template() for part in ((message.id,) if isinstance(message.id, str) else message.id)}
    said = {
        (path.name, call.args[0].value)
        for folder in ("engine", "components")
        for path in (ROOT / folder).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in ("say", "mark", "say_count")
        if call.args and isinstance(call.args[0], ast.Constant)
    }
    # Nor does it find, in JavaScript, what is said within the places of another message.
    said |= {
        (path.name, json.loads(text))
        for path in (ROOT / "components/canvas").rglob("*.js")
        for text in _SAID_IN_JAVASCRIPT.findall(path.read_text("utf-8"))
    }
    assert {(file, text) for file, text in said if text not in known} == set()


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('say("a {b}", b=1)', 0),
        ('A = mark("a")\nsay(A)', 0),
        ('text = mark("a") if b else mark("c")\nsay(text)', 0),
        ("say(lesson.title)", 0),
        ('say_count("one", "many", 2)', 0),
        ('say(f"a {b}")', 1),
        ('say("a " + b)', 1),
        ('say("a %s" % b)', 1),
        ('say("a {}".format(b))', 1),
        ("mark(text)", 1),
        ('say_count("one", f"{many}", 2)', 1),
        ('A = "a"\nsay(A)', 1),
        ('text = f"a {b}"\nsay(text)', 1),
        ('say("a" if b else "c")', 1),
        ('text = "a" if b else mark("c")\nsay(text)', 1),
    ],
)
def test_a_message_that_no_catalogue_knows_is_noticed(source: str, count: int) -> None:
    assert len(list(unknown_messages(source))) == count


TERMS = {
    r"\bVariables?\b": {"zh": "变量", "ja": "変数"},
    r"\bFunctions?\b": {"zh": "函数", "ja": "関数"},
    r"\bgenerations?\b": {"zh": "辈分", "ja": "世代"},
    r"\b[Cc]omputational graph": {"zh": "计算图", "ja": "計算グラフ"},
}
"""One word for one matter, in every language."""


@pytest.mark.parametrize("code", ["zh", "ja"])
def test_what_has_a_name_is_called_by_it(code: str) -> None:
    other = []
    for message in read_translation(FOLDER / code / "LC_MESSAGES" / f"{DOMAIN}.po"):
        said, text = (" ".join([each] if isinstance(each, str) else each) for each in (message.id, message.string))
        other += [text for term, words in TERMS.items() if re.search(term, said) and words[code] not in text]
    assert other == []
