from __future__ import annotations

import pytest

from engine.document import check_name, fresh_block_name, fresh_name
from engine.errors import InvalidNameError


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" x ", "x"),
        ("λ", "λ"),
        ("変数_1", "変数_1"),
        ("\N{LATIN SMALL LIGATURE FI}x", "fix"),  # Python takes the two for one name
        ("a\N{COMBINING DIAERESIS}", "ä"),
        ("x" * 40, "x" * 40),
        ("x\N{MIDDLE DOT}1", "x_1"),  # a formula reads it as a product
        ("学習\N{KATAKANA MIDDLE DOT}率", "学習_率"),
    ],
)
def test_a_name_is_kept_as_python_reads_it(typed: str, kept: str) -> None:
    assert check_name(typed) == kept


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (" ", "A name is needed."),
        ("x" * 41, "The name has 41 characters; the limit is 40."),
        ("2x", "“2x” is not a name: use letters, digits and underscores, and begin with a letter or underscore."),
        ("lambda", "“lambda” is a word of the Python language, so it cannot be a name."),
    ],
)
def test_what_is_no_name_is_refused(typed: str, sentence: str) -> None:
    with pytest.raises(InvalidNameError) as refusal:
        check_name(typed)
    assert str(refusal.value) == sentence


def test_new_names_are_the_first_free_ones() -> None:
    taken: set[str] = set()
    for _ in range(17):
        taken.add(fresh_name(taken, is_input=False))
    assert taken == {*"abcdefghkmnpqrs", "a1", "a2"}
    assert fresh_name({*"xzwuvt"}, is_input=True) == "y"
    assert fresh_name({*"xyzwuvt", "x2"}, is_input=True) == "x1"
    assert [fresh_block_name(names) for names in ([], ["block"], ["block", "block1"])] == ["block", "block1", "block2"]
