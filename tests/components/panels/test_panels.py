"""A panel is one file: it is found by itself, offered as a tab, told while it is open, and set by the browser."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import components.panels
from components.panels import Look, Panel, View, find_panels, tabs
from components.panels.panel import LOOK_FIELDS
from components.state import Computation
from engine.autograd import Variant
from engine.document import Graph
from engine.edits import Rename, SetParameter, SetValue, apply
from engine.evaluation import carry_over, evaluate
from tests.components.panels.shown import explanations
from tests.contributing import example_of
from tests.engine.built import FORK, SEED, built


@pytest.fixture(autouse=True)
def registry(monkeypatch: pytest.MonkeyPatch) -> dict[str, type[Panel]]:
    """A copy, so that no panel of a test stays."""
    copied = dict(Panel.registry)
    monkeypatch.setattr(Panel, "registry", copied)
    return copied


@pytest.fixture
def size_panel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The panel of CONTRIBUTING, as the first tab, for which the trace records all."""
    source = example_of("Adding a panel").replace(
        "    order = 6  # tabs stand in this order\n", "    order = 0\n    watched = True\n"
    )
    (tmp_path / "size.py").write_text(source, "utf-8")
    monkeypatch.setattr(components.panels, "__path__", [*components.panels.__path__, str(tmp_path)])
    find_panels()
    yield
    del sys.modules["components.panels.size"]


def told(look: Look) -> dict[str, Any]:
    run = Computation(SEED, watched=look.watched)
    return explanations(SEED, run.trace, None, look, "", None)


@pytest.mark.usefixtures("size_panel")
def test_a_panel_in_a_file_of_its_own_is_found_and_told() -> None:
    assert told(Look(panel="size"))["size"] == "5 nodes"
    assert told(Look(panel="size", more=2))["size"] == "7 nodes"
    assert told(Look())["panels"][0] == {"name": "size", "title": "Size", "hint": "Count the nodes"}
    assert Look(panel="size").watched
    assert "size" not in told(Look(panel="code", more=2))


def test_the_tabs_stand_in_their_order_with_name_title_and_hint() -> None:
    assert tabs() == told(Look())["panels"]
    hints = {tab["name"]: (tab["title"], tab["hint"]) for tab in tabs()}
    in_order = ["steps", "paths", "check", "descent", "code"]  # others may stand among them
    assert [name for name in hints if name in in_order] == in_order
    assert hints["steps"] == ("Steps", "Go through forward and backward one step at a time (S)")
    assert hints["descent"] == ("Descent", "Gradient descent, on a map of the output")


@pytest.mark.parametrize(
    "look",
    [
        {"panel": "weather"},
        {"panel": "Steps"},
        {"weather": 1},
        {"panel": "steps", "exponent": 2},
        {"panel": "code", "descent": {"steps": 0}},
        {"bars": "often"},
        [],
    ],
    ids=str,
)
def test_a_look_at_something_that_there_is_not_is_refused(look: Any) -> None:
    with pytest.raises(ValidationError):
        Look.model_validate(look)


def test_only_the_open_panel_is_told_and_only_it_decides_what_is_watched() -> None:
    parts = {"steps", "paths", "nudge", "descent", "code"}
    for panel, part in {"": None, "steps": "steps", "paths": "paths", "check": "nudge", "descent": "descent",
                        "code": "code"}.items():  # fmt: skip
        look = Look(panel=panel)
        assert parts & set(told(look)) == ({part} if part else set())
        assert look.watched == (panel == "steps")


def test_settings_come_from_the_browser_and_have_defaults() -> None:
    assert told(Look(panel="check"))["nudge"]["h"] == "0.1"
    assert told(Look(panel="check", exponent=-3.0))["nudge"]["h"] == "0.001"
    steps = told(Look.model_validate({"panel": "descent", "descent": {"steps": 2, "rate": 0.1}}))["descent"]["rows"]
    assert len(steps) == 3


def test_a_setting_is_called_like_nothing_else() -> None:
    assert set(Look.model_fields) == LOOK_FIELDS


def described(**parts: Any) -> dict[str, Any]:
    def tell(self: Panel, view: View) -> dict[str, Any]:
        return {}

    return {"__module__": __name__, "name": "new", "title": "New", "hint": "Try", "order": 9, "tell": tell, **parts}


@pytest.mark.parametrize("missing", ["name", "title", "hint", "order", "tell"])
def test_a_panel_that_is_described_by_halves_is_refused(missing: str, registry: dict[str, type[Panel]]) -> None:
    parts = described()
    del parts[missing]
    with pytest.raises(TypeError, match=f"NewPanel does not say its {missing}"):
        type(Panel)("NewPanel", (Panel,), parts)
    assert "new" not in registry


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"name": "code"}, "There is a panel named code already"),
        ({"__annotations__": {"exponent": float}, "exponent": 1.0}, "exponent of NewPanel has a name that is in use"),
        ({"__annotations__": {"local": bool}, "local": True}, "local of NewPanel has a name that is in use"),
        ({"__annotations__": {"depth": int}}, "depth of NewPanel has no default"),
    ],
)
def test_no_two_panels_share_a_name_or_a_setting(
    parts: dict[str, Any], sentence: str, registry: dict[str, type[Panel]]
) -> None:
    before = dict(registry)
    with pytest.raises(TypeError, match=sentence):
        type(Panel)("NewPanel", (Panel,), described(**parts))
    assert registry == before


def test_why_a_number_is_wrong_is_told_beside_every_panel() -> None:
    run = Computation(FORK, variant=Variant.STEP_13, watched=True)
    for panel in ("", "code"):
        faults = explanations(FORK, run.trace, None, Look(panel=panel), "", None)["faults"]
        # x = 2, a = x², b = c = a²: a.grad is 8 + 8, x.grad 16 · 4. The stack gives c, then a, and only then b.
        assert faults["a"]["why"] == (
            "a.grad is 8, and 16 is right. At step 9, the Square that computes b overwrites a.grad: "
            "what had arrived before is lost (x.grad = gx)."
        )
        assert faults["x"]["right"] == "64"
    assert "faults" not in told(Look())


def test_who_picks_a_wrong_order_is_told_so_with_the_right_variant_too() -> None:
    picks = ("y", "b", "a", "c")
    trace = evaluate(FORK, picks=picks, watched=True)
    found = explanations(FORK, trace, picks, Look(), "", None)
    # a sent x 8 · 4 before c had sent its half.
    assert found["faults"]["x"]["why"] == (
        "x.grad is 32, and 64 is right. "
        "At step 8, the Square that computes a has its turn too early: 1 of 2 contributions had arrived at a.grad."
    )


def test_no_fault_is_found_in_numbers_that_are_out_of_date() -> None:
    trace = evaluate(FORK, variant=Variant.STEP_13)
    changed = apply(FORK, SetValue(node="x", value=3.0))
    assert "faults" in explanations(FORK, trace, None, Look(), "", None)
    assert "faults" not in explanations(changed, carry_over(trace, FORK, changed), None, Look(), "", None)


def test_the_formula_follows_names_and_parameters() -> None:
    def formula(graph: Graph) -> str:
        return str(explanations(graph, evaluate(graph), None, Look(), "", None)["formula"])

    before = formula(SEED)
    assert "w" not in before
    assert "w" in formula(apply(SEED, Rename(node="x", name="w")))
    cube = built("x=2 y=Pow(x)")
    assert "3" in formula(cube)
    assert "5" in formula(apply(cube, SetParameter(node="y", name="exponent", value="5")))
    assert formula(SEED) == before
