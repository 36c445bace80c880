"""Worksheets leave blank what is asked for, for everybody with numbers of his own; keys hold every number and step."""

from __future__ import annotations

import re
from html import unescape

import pytest

from components.exports import Worksheet, blanks_of, worksheet_in_pieces
from engine.document import Graph, Quantity, Range
from engine.evaluation import evaluate
from engine.lessons import LESSONS
from engine.pieces import finish
from engine.tasks import with_own_numbers
from tests.components.exports.reading import Read
from tests.engine.built import SEED, built


def sheets(graph: Graph, **wanted: object) -> list[str]:
    """Return the pages of a worksheet, each as HTML."""
    text = finish(worksheet_in_pieces(graph, Worksheet("Sum of squares", **wanted)))  # type: ignore[arg-type]
    return re.findall(r'<section class="sheet">(.*?)</section>', text, re.DOTALL)


def cells(page: str) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    return [[unescape(each) for each in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


def test_grads_are_blank_on_the_sheet_and_bold_in_the_key() -> None:
    sheet, key = sheets(SEED, blanks="grads", with_key=True, question="Why?")
    rows = [["x", "2", ""], ["y", "3", ""], ["a: x²", "4", ""], ["b: x²", "9", ""], ["z: +", "13", ""]]
    assert cells(sheet)[1:] == rows
    # By hand: z = x² + y², so x.grad = 2x and y.grad = 2y.
    assert [row[2] for row in cells(key)[1:]] == ["4", "6", "1", "1", "1"]
    assert key.count('class="asked"') == 5
    assert "Square sends y.grad = 1 × 6 = 6." in unescape(key)
    assert key.count("<li>") == 7
    for page in (sheet, key):
        assert "Why?" in page
        assert page.count("<svg") == 1
    assert "grad\xa0______" in sheet
    assert "sends" not in sheet


def test_what_the_graph_hides_is_blank_whatever_else_is() -> None:
    graph = SEED.with_hidden([Quantity("x", "data", 0)])
    for blanks in ("hidden", "grads", "all"):
        (sheet,) = sheets(graph, blanks=blanks)
        assert cells(sheet)[1][:2] == ["x", ""]
    assert {each.name_in(SEED) for each in blanks_of(SEED, "all")} >= {"z.data", "a.grad"}
    assert "x.data" not in {each.name_in(SEED) for each in blanks_of(SEED, "all")}


def test_a_class_has_a_sheet_each_then_everybodys_answers_then_the_keys() -> None:
    graph = SEED.with_hidden([Quantity("x", "grad", 0)]).with_ranges({"x": Range(2, 9), "y": Range(2, 9)})
    names = ("Ada", "Émile", "花子")
    found = sheets(graph, names=names, with_key=True)
    assert len(found) == 7
    for name, sheet, key in zip(names, found, found[4:], strict=False):
        own = finish(with_own_numbers(graph, name))
        x = own.node("x").value
        assert f"<b>{name}</b>" in sheet
        assert cells(sheet)[1] == ["x", f"{x:g}", ""]
        assert cells(key)[1] == ["x", f"{x:g}", f"{2 * x:g}"]  # type: ignore[operator]
        assert [name, f"{2 * x:g}"] in cells(found[3])  # type: ignore[operator]


def test_without_ranges_a_class_shares_one_key() -> None:
    found = sheets(SEED, blanks="grads", names=("Ada", "Bo"), with_key=True)
    assert ["Ada" in page for page in found] == [True, False, False]
    assert "Key: Sum of squares" in found[2]


def test_tables_are_of_one_length_and_a_large_graph_has_its_room_to_work_behind() -> None:
    for count, tables, pages in ((10, [10], 1), (13, [7, 6], 1), (30, [10, 10, 10], 1), (35, [12, 12, 11], 2)):
        graph = built(" ".join(["a0=0.5", *(f"a{n}=Square(a{n - 1})" for n in range(1, count))]))
        found = sheets(graph, blanks="grads")
        lengths = [page.count("<tr>") for page in re.findall(r"<tbody>(.*?)</tbody>", found[0], re.DOTALL)]
        assert (lengths, len(found)) == (tables, pages)
        assert "Room to work" in found[-1]


def test_many_answers_of_a_class_stand_in_several_tables() -> None:
    graph = built("a0=2 " + " ".join(f"a{n}=Square(a{n - 1})" for n in range(1, 8))).with_ranges({"a0": Range(1, 1.2)})
    found = sheets(graph, blanks="grads", names=("Ada", "Bo"), with_key=True)
    heads = [row for row in cells(found[2]) if row[0] == ""]
    assert [len(row) for row in heads] == [7, 3]
    assert [row[0] for row in cells(found[2])].count("Ada") == 2


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_pages_say_their_paper_and_hold_no_script(paper: str) -> None:
    hostile = '</section><script>alert(1)</script><img src="x" onerror="alert(1)">'
    text = finish(worksheet_in_pieces(SEED, Worksheet("Sum", hostile, paper, "grads", (hostile,), True)))  # type: ignore[arg-type]
    read = Read(text)
    assert f"size: {paper} portrait" in text
    assert not {"script", "img", "link", "iframe"} & set(read.tags)
    assert not any(name.startswith("on") or name in ("href", "src") for name, _ in read.attributes)
    assert dict(read.attributes)["content"].startswith("default-src 'none'; style-src")


def test_a_long_graph_is_wrapped_for_the_sheet_and_a_small_one_left_as_it_is() -> None:
    small, long = LESSONS[0].graph, built(" ".join(["a0=2", *(f"a{n}=Square(a{n - 1})" for n in range(1, 9))]))
    (sheet,) = sheets(small)
    assert 'viewBox="-' in sheet
    width, height = map(float, re.findall(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"', sheets(long)[0])[0])
    assert 690 / width > 0.5
    assert evaluate(long).nodes["a8"].data is not None
    assert height > 200
