"""A lesson as a package for a course: what stands in it, as SCORM 1.2's schemas ask, and what is refused."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest

from components.command import main
from components.exports import course_package
from components.state import begin
from engine.errors import PlaygroundError
from engine.lessons import LESSONS, lesson_text

PACKAGED = "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}"
ADL = "{http://www.adlnet.org/xsd/adlcp_rootv1p2}"
DESCRIBED = "{http://www.imsglobal.org/xsd/imsmd_rootv1p2p1}"

# Of imscp_rootv1p1p2.xsd and imsmd_rootv1p2p1.xsd, as far as the package uses them: what stands in an element, in this
# order, and which attributes it needs; adlcp_rootv1p2.xsd adds scormtype.
SEQUENCES: dict[str, tuple[str, ...]] = {
    "manifest": ("metadata", "organizations", "resources"),
    "metadata": ("schema", "schemaversion", "lom"),
    "organizations": ("organization",),
    "organization": ("title", "item"),
    "item": ("title",),
    "resources": ("resource",),
    "resource": ("file",),
    "lom": ("general",),
    "general": ("title", "description"),
}
NEEDED = {
    "manifest": {"identifier"},
    "organization": {"identifier"},
    "item": {"identifier"},
    "resource": {"identifier", "type"},
    "file": {"href"},
}
KNOWN = {
    "manifest": {"identifier", "version"},
    "organizations": {"default"},
    "organization": {"identifier"},
    "item": {"identifier", "identifierref", "isvisible"},
    "resource": {"identifier", "type", "href", f"{ADL}scormtype"},
    "file": {"href"},
    "langstring": {"{http://www.w3.org/XML/1998/namespace}lang"},
}


def local(element: ElementTree.Element) -> str:
    return element.tag.partition("}")[2]


def check(element: ElementTree.Element) -> None:
    name, children = local(element), [local(child) for child in element]
    if name in SEQUENCES:
        order = [SEQUENCES[name].index(child) for child in children]
        assert order == sorted(order), name
        repeated = {"file", "item", "resource", "organization"}
        assert all(children.count(child) == 1 or child in repeated for child in children)
    assert NEEDED.get(name, set()) <= set(element.attrib) <= KNOWN.get(name, set()), name
    for child in element:
        check(child)


def files_of(package: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name).decode() for name in opened.namelist()}


class Frame(HTMLParser):
    """Collect what stands on the iframe, and which scripts the page asks for."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.attributes: dict[str, str | None] = {}
        self.scripts: list[str | None] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag == "iframe":
            self.attributes = dict(attrs)
        if tag == "script":
            self.scripts.append(dict(attrs).get("src"))


@pytest.mark.parametrize(("title", "question"), [("Two", "Why?"), ("<b>&\"'", ""), ("二" * 300, "x" * 3000)])
def test_the_manifest_holds_what_the_schemas_ask_for(title: str, question: str) -> None:
    files = files_of(course_package("https://school.example/a/", "abc", title=title, question=question))
    assert next(iter(files)) == "imsmanifest.xml"
    manifest = ElementTree.fromstring(files["imsmanifest.xml"])
    check(manifest)
    assert {element.tag.partition("}")[0] + "}" for element in manifest.iter()} == {PACKAGED, DESCRIBED}
    identifiers = [element.attrib["identifier"] for element in manifest.iter() if "identifier" in element.attrib]
    assert len(set(identifiers)) == len(identifiers)
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", each) for each in identifiers)  # xsd:ID
    assert [manifest.findtext(f".//{PACKAGED}{each}") for each in ("schema", "schemaversion")] == ["ADL SCORM", "1.2"]
    organizations = manifest.find(f"{PACKAGED}organizations")
    assert organizations is not None
    assert organizations.attrib["default"] in identifiers  # xsd:IDREF
    (item,), (resource,) = manifest.iter(f"{PACKAGED}item"), manifest.iter(f"{PACKAGED}resource")
    assert item.attrib["identifierref"] == resource.attrib["identifier"]
    assert resource.attrib[f"{ADL}scormtype"] == "sco"
    listed = {file.attrib["href"] for file in resource}
    assert resource.attrib["href"] in listed
    assert listed == set(files) - {"imsmanifest.xml"}
    titles = [element.text or "" for element in manifest.iter(f"{PACKAGED}title")]
    assert all(len(each) <= 200 and title.startswith(each.removesuffix("…")) for each in titles)


def test_the_page_holds_the_lesson_in_a_frame_and_the_same_lesson_makes_the_same_package() -> None:
    package = course_package("https://school.example/a/", "ab_-c", title='"><script>alert(1)</script>')
    files = files_of(package)
    frame = Frame(files["index.html"])
    address = urlsplit(frame.attributes["data-address"] or "")
    assert (address.scheme, address.netloc, address.path) == ("https", "school.example", "/a/")
    assert parse_qs(address.query) == {"graph": ["ab_-c"], "embed": ["1"]}
    assert (frame.attributes["sandbox"] or "").split() == ["allow-scripts", "allow-same-origin"]
    assert frame.scripts == ["course_page.js"]
    assert package == course_package("https://school.example/a", "ab_-c", title='"><script>alert(1)</script>')


@pytest.mark.parametrize("address", ["school.example", "ftp://a.b", "https://", "https://a.b/?x=1", "https://a:x", ""])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(PlaygroundError, match="no address of a playground"):
        course_package(address, "abc", title="A")


def test_the_command_packs_a_lesson_by_number_name_or_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lesson = LESSONS[4]
    file = tmp_path / "mine.toml"
    file.write_text(lesson_text(lesson, lesson.graph), "utf-8")
    asked: list[str] = []
    for place, meant in enumerate(("5", lesson.key, str(file))):
        output = tmp_path / f"{place}.zip"
        assert main(["scorm", meant, "--address", "https://a.b", "-o", str(output)]) == 0
        address = Frame(files_of(output.read_bytes())["index.html"]).attributes["data-address"] or ""
        (link,) = parse_qs(urlsplit(address).query)["graph"]
        student = begin(link).playground
        assert student.lesson is not None
        asked.append(student.lesson.question)
        assert student.graph.hidden == lesson.graph.hidden
    assert asked == [lesson.question] * 3
    output = tmp_path / "ja.zip"
    assert main(["scorm", "5", "--address", "https://a.b", "-o", str(output), "--language", "ja"]) == 0
    assert 'lang="ja"' in files_of(output.read_bytes())["index.html"]
    told = capsys.readouterr()
    assert (len(told.out.splitlines()), told.err) == (4, "")


def test_what_cannot_be_packed_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain = tmp_path / "plain.json"
    playground = begin().playground
    playground.open_new()
    plain.write_text(playground.document, "utf-8")
    folder = tmp_path / "no" / "folder.zip"
    for meant, address, output in (
        ("999", "https://a.b", tmp_path / "a.zip"),
        (str(tmp_path / "missing.toml"), "https://a.b", tmp_path / "a.zip"),
        (str(plain), "https://a.b", tmp_path / "a.zip"),
        ("1", "a.b", tmp_path / "a.zip"),
        ("1", "https://a.b", folder),
    ):
        assert main(["scorm", meant, "--address", address, "-o", str(output)]) == 2
        told = capsys.readouterr()
        assert (told.out, len(told.err.splitlines())) == ("", 1)
    assert not list(tmp_path.glob("*.zip"))
