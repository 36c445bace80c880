"""The right panel by Streamlit's own test driver: nodes, blocks, wrong numbers, and what can be done with them."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from components.state import Playground
from engine.autograd import Variant
from engine.edits import AddNode, Connect, Event, MakeBlock, SetValue
from tests.browser.server import ROOT


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=20).run()


def playground(app: AppTest) -> Playground:
    found: Playground = app.session_state["playground"].playground
    return found


def after(app: AppTest, *events: Event, selected: str = "") -> AppTest:
    for event in events:
        playground(app).edit(event)
    playground(app).selected = selected
    app.run()
    assert not app.exception
    return app


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


HALF = MakeBlock(id="k1", nodes=["n3", "n4"], name="squares")


def test_a_block_says_what_is_in_it_and_can_be_opened_renamed_and_ungrouped(app: AppTest) -> None:
    after(app, HALF, selected="k1")
    assert any(text.value == "**Block** of 2 nodes: a, b. It computes what they compute." for text in app.markdown)
    app.button(key="turn-block").click().run()
    assert playground(app).graph.block("k1").is_open  # type: ignore[union-attr]
    assert "Close the block" in labels(app)
    app.button(key="turn-block").click().run()
    assert "Open the block" in labels(app)
    (name,) = [field for field in app.text_input if field.label == "Name"]
    name.set_value("x").run()
    assert any("Another node is named x already" in error.value for error in app.error)
    app.button(key="ungroup").click().run()
    assert playground(app).graph.block("k1") is None
    assert not app.exception


def test_of_a_large_block_the_first_twelve_nodes_are_named(app: AppTest) -> None:
    nodes = [AddNode(id=f"m{number}", op="Square", name=f"v{number}") for number in range(14)]
    after(app, *nodes, MakeBlock(id="k1", nodes=[node.id for node in nodes], name="many"), selected="k1")
    (text,) = [text.value for text in app.markdown if text.value.startswith("**Block**")]
    assert text == (
        "**Block** of 14 nodes: v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, …. It computes what they compute."
    )


def test_each_output_of_a_block_can_be_differentiated(app: AppTest) -> None:
    after(app, HALF, selected="k1")
    assert [label for label in labels(app) if label.startswith("Differentiate")] == [
        "Differentiate a",
        "Differentiate b",
    ]
    app.button(key="choose-1").click().run()
    assert playground(app).trace.output == ("n4", 0)
    assert [label for label in labels(app) if label.startswith("Differentiate")] == ["Differentiate a"]


def test_the_graph_of_a_gradient_is_offered_and_drawn(app: AppTest) -> None:
    after(app, selected="n1")
    (button,) = [button for button in app.button if button.label == "Show the graph of x.grad"]
    before = len(playground(app).graph)
    button.click().run()
    assert len(playground(app).graph) > before
    assert playground(app).drawn == 1


def test_a_gradient_that_cannot_be_drawn_is_explained(app: AppTest) -> None:
    after(app, AddNode(id="n9", op="Input", name="apart"), selected="n9")
    app.button(key="gradient-0").click().run()
    assert len(app.error) == 1
    assert "apart" in app.error[0].value


def test_numerical_trouble_is_a_whole_sentence(app: AppTest) -> None:
    after(
        app,
        AddNode(id="n9", op="Log", name="l"),
        Connect(source="n1", target="n9", port=0),
        SetValue(node="n1", value=-1),
        selected="n9",
    )
    assert [warning.value.replace("\\", "") for warning in app.warning] == ["Log of −1 is not a real number."]


def test_a_wrong_number_is_explained_with_its_node_or_with_none(app: AppTest) -> None:
    app.button(key="lesson-7").click().run()
    playground(app).computation.set_variant(Variant.STEP_14)
    for selected, explained in (("", 1), ("n1", 1), ("n2", 0)):
        after(app, selected=selected)
        assert len(app.error) == explained
    assert not app.exception


def test_a_parameter_is_called_as_in_code_and_edited(app: AppTest) -> None:
    after(app, AddNode(id="n9", op="Pow", name="cube"), Connect(source="n1", target="n9", port=0), selected="n9")
    (field,) = [field for field in app.text_input if field.label == "exponent"]
    field.set_value("3").run()
    assert playground(app).graph.node("n9").parameters["exponent"] == 3
    assert float(playground(app).trace.nodes["n9"].data[0]) == 8.0  # type: ignore[index]


def test_any_end_of_the_graph_can_be_differentiated(app: AppTest) -> None:
    after(app, AddNode(id="n9", op="Square", name="w"), Connect(source="n1", target="n9", port=0))
    app.button(key="output-n9-0").click().run()
    assert playground(app).trace.output == ("n9", 0)
    assert [float(grad) for grad in playground(app).trace.nodes["n1"].grad if grad is not None] == [4.0]
    app.button(key="output-n5-0").click().run()
    assert playground(app).trace.output == ("n5", 0)
