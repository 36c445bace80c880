"""The derivation as LaTeX: its equations are those of the steps, and what it holds is LaTeX that compiles."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from components.exports import derivation_in_pieces
from engine.document import Quantity
from engine.evaluation import evaluate, masked_trace
from engine.lessons import LESSONS
from engine.messages import languages, say, using_language
from engine.pieces import finish
from tests.engine.built import SEED, built


def written(text: str, title: str = "Sum") -> str:
    graph = built(text)
    return finish(derivation_in_pieces(graph, evaluate(graph), title))


def test_each_step_has_its_equation_forward_then_backward() -> None:
    lines = finish(derivation_in_pieces(SEED, evaluate(SEED), "Sum")).splitlines()
    items = [line.removeprefix("  \\item ") for line in lines if line.startswith("  \\item")]
    assert items[0] == "$a=x^{2}=2^{2}=4$"
    assert items[2] == "$z=a+b=4+9=13$"
    assert items[3] == r"$\text{z.grad}=1$"
    assert items[-1] == r"$\text{y.grad}=\text{b.grad}\cdot2y=1\times2\times3=6$"
    assert lines[0] == r"\documentclass[11pt]{article}"
    assert r"\setcounter{enumi}{3}" in "\n".join(lines)


def test_hidden_numbers_are_not_in_it() -> None:
    graph = built("x=7 a=Square(x) z=Exp(a)").with_hidden([Quantity("a", "data", 0)])
    text = finish(derivation_in_pieces(graph, masked_trace(graph, evaluate(graph), graph.hidden), "Sum"))
    assert "49" not in text
    assert "?" in text


def test_titles_are_text_and_greek_names_are_mathematics() -> None:
    text = written("α=2 β=Square(α)", title=r"50% \input{x} #1 & {^~}")
    assert r"50\% \textbackslash{}input\{x\} \#1 \& \{\textasciicircum{}\textasciitilde{}\}" in text
    assert r"\ensuremath{\alpha}" in text
    assert text.isascii()


@pytest.mark.parametrize("language", languages())
def test_braces_and_dollars_are_balanced_in_every_lesson(language: str) -> None:
    with using_language(language):
        for lesson in LESSONS:
            text = finish(derivation_in_pieces(lesson.graph, evaluate(lesson.graph), say(lesson.title)))
            plain = re.sub(r"\\[\\{}$]", "", text)
            assert plain.count("{") == plain.count("}")
            assert all(line.count("$") % 2 == 0 for line in plain.splitlines())
            assert text.isascii() or text.startswith("% ")


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="there is no LaTeX here")
def test_it_compiles(tmp_path: Path) -> None:
    title = r"50% \ {^~} #1 & _"
    lessons = [each for each in LESSONS if each.title in ("Two paths", "Broadcasting", "Softmax with cross-entropy")]
    for lesson in lessons:
        text = finish(derivation_in_pieces(lesson.graph, evaluate(lesson.graph), title))
        (tmp_path / "graph.tex").write_text(text, "utf-8")
        command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "graph.tex"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-2000:]
    assert len(lessons) == 3
