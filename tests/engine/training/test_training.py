"""Training beside the same in NumPy alone: rows and batches, three optimizers, gradients that are not cleared."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from engine.document import Graph, from_document, from_link, to_array, to_document, to_link
from engine.edits import (
    Choose,
    ResetTraining,
    SetRole,
    SetTable,
    SetTraining,
    SetValue,
    ShowRows,
    Train,
    apply,
    undo_label,
)
from engine.errors import DocumentError, EditError
from engine.evaluation import evaluate
from engine.formula import graph_of_formula
from engine.lessons import LESSONS
from engine.pieces import finish
from engine.training import next_updates, prediction_in_pieces, shown_rows
from tests.engine.edits.test_roles import id_of, with_roles
from tests.engine.training import by_hand

X, T = np.array([0.0, 1, 2, 3, 4]), np.array([1.0, 3, 5, 7, 10])
TABLE = "x\tt\n" + "\n".join(f"{x:g}\t{t:g}" for x, t in zip(X, T, strict=True))
OPTIMIZERS: dict[str, Callable] = {"SGD": by_hand.sgd, "Momentum": by_hand.momentum, "Adam": by_hand.adam}


@pytest.fixture
def line() -> Graph:
    graph = with_roles(
        graph_of_formula("L = mean((w*x+b-t)**2)", Graph()), x="data", t="target", w="weight", b="weight"
    )
    for name, value in {"w": 0.5, "b": -1}.items():
        graph = apply(graph, SetValue(node=id_of(graph, name), value=value))
    return apply(graph, SetTable(text=TABLE))


def lesson(name: str) -> Graph:
    return next(lesson.graph for lesson in LESSONS if lesson.name == name)


def weights(graph: Graph, *names: str) -> list[float]:
    return [float(graph.node(id_of(graph, name)).value) for name in names]  # type: ignore[arg-type]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("count", [1, 2, 5])
def test_it_is_what_numpy_computes(line: Graph, optimizer: str, count: int) -> None:
    graph = apply(line, SetTraining(optimizer=optimizer, rate=0.02))
    graph = apply(graph, ShowRows(first=0, count=count))
    expected, step = np.array([0.5, -1.0]), OPTIMIZERS[optimizer](0.02)
    losses, first = [by_hand.line_gradient(expected, X, T)[0]], 0
    for number in range(1, 13):
        rows = slice(first, first + count)
        expected = expected + step(by_hand.line_gradient(expected, X[rows], T[rows])[1], number)
        losses.append(by_hand.line_gradient(expected, X, T)[0])
        first = first + count if first + count < len(X) else 0
    after = apply(graph, Train(updates=12))
    assert weights(after, "w", "b") == pytest.approx(expected)
    assert after.training is not None
    assert [number for number, _ in after.training.losses] == list(range(13))
    assert [loss for _, loss in after.training.losses] == pytest.approx(losses, rel=1e-7)
    in_parts = graph
    for updates in (5, 1, 6):  # what the optimizer keeps of the weights is kept from one edit to the next
        in_parts = apply(in_parts, Train(updates=updates))
    assert in_parts == after


@pytest.mark.parametrize("optimizer", ["Momentum", "Adam", "SGD"])
def test_two_hidden_units_learn_xor(optimizer: str) -> None:
    graph = lesson("xor")
    names = ["u1", "u2", "u0", "v1", "v2", "v0", "w1", "w2", "w0"]
    x, t = np.array([[0, 0], [0, 1], [1, 0], [1, 1.0]]), np.array([0, 1, 1, 0.0])
    expected, step = np.array(weights(graph, *names)), OPTIMIZERS[optimizer](0.1)
    after = apply(apply(graph, SetTraining(optimizer=optimizer)), Train(updates=20))
    for number in range(1, 21):
        expected = expected + step(by_hand.xor_gradient(expected, x, t)[1], number)
    assert weights(after, *names) == pytest.approx(expected)
    if optimizer == "SGD":
        return
    after = apply(after, Train(updates=60))
    y = evaluate(after).nodes[id_of(after, "y")].data[0]  # type: ignore[index]
    assert y.round().tolist() == [0, 1, 1, 0]
    found = finish(prediction_in_pieces(after))
    assert found is not None
    assert found.name == "y"
    near = [found.heights[abs(found.grid[1] - b).argmin(), abs(found.grid[0] - a).argmin()] for a, b in x]
    assert [height > 0.5 for height in near] == [False, True, True, False]


def test_the_regression_finds_its_line() -> None:
    graph = lesson("linear_regression")
    for _ in range(2):
        graph = apply(graph, Train(updates=200))
    assert weights(graph, "w", "b") == pytest.approx([2, 1], abs=1e-5)
    found = finish(prediction_in_pieces(graph))
    assert found is not None
    assert (found.name, len(found.axes)) == ("y", 1)
    assert found.heights == pytest.approx(2 * found.grid[0] + 1, abs=1e-4)


def test_an_output_without_a_loss_is_what_is_predicted() -> None:
    graph = lesson("linear_regression")
    graph = apply(apply(graph, SetValue(node=id_of(graph, "w"), value=3)), SetValue(node=id_of(graph, "b"), value=-1))
    for name, bias in {"y": -1, "p": 0}.items():
        found = finish(prediction_in_pieces(apply(graph, Choose(node=id_of(graph, name)))))
        assert found is not None
        assert (found.name, *found.heights) == (name, *(3 * found.grid[0] + bias))


def test_gradients_that_are_not_cleared_add_up(line: Graph) -> None:
    graph = apply(apply(line, SetTraining(rate=0.02, clears=False)), ShowRows(first=0, count=5))
    expected, total = np.array([0.5, -1.0]), np.zeros(2)
    for _ in range(3):
        total = total + by_hand.line_gradient(expected, X, T)[1]
        expected = expected - 0.02 * total
    after = apply(graph, Train(updates=3))
    assert weights(after, "w", "b") == pytest.approx(expected)
    cleared = apply(apply(graph, SetTraining(clears=True)), Train(updates=3))
    assert weights(cleared, "w", "b") != pytest.approx(expected)


def test_another_rate_keeps_the_velocity_and_another_optimizer_does_not(line: Graph) -> None:
    start = apply(apply(line, SetTraining(optimizer="Momentum", rate=0.02)), ShowRows(first=0, count=5))
    second = apply(start, Train(updates=2))
    third = apply(second, Train())
    weights_now = np.array(weights(third, "w", "b"))
    velocity = weights_now - weights(second, "w", "b")
    slope = by_hand.line_gradient(weights_now, X, T)[1]
    slower = apply(apply(third, SetTraining(rate=0.01)), Train())
    assert weights(slower, "w", "b") == pytest.approx(weights_now + 0.9 * velocity - 0.01 * slope)
    for other in (SetTraining(optimizer="SGD"), SetTraining(clears=False)):
        back = apply(apply(third, other), SetTraining(optimizer="Momentum", clears=True))
        assert weights(apply(back, Train()), "w", "b") == pytest.approx(weights_now - 0.02 * slope)


def test_the_next_update_is_the_one_that_is_made(line: Graph) -> None:
    graph = apply(apply(line, SetTraining(optimizer="Adam")), Train(updates=3))
    told = next_updates(graph, evaluate(graph))
    after = apply(graph, Train())
    assert {node_id: float(update.after) for node_id, update in told.items()} == {
        id_of(graph, name): pytest.approx(value) for name, value in zip("wb", weights(after, "w", "b"), strict=True)
    }


def test_a_row_stands_on_the_nodes_until_somebody_types_another_value(line: Graph) -> None:
    x, t = id_of(line, "x"), id_of(line, "t")
    assert ((line.node(x).value, line.node(t).value), shown_rows(line)) == ((0, 1), range(1))
    third = apply(line, ShowRows(first=2))
    assert ((third.node(x).value, third.node(t).value), shown_rows(third)) == ((2, 5), range(2, 3))
    last = apply(line, ShowRows(first=4, count=2))
    assert (last.node(x).value, shown_rows(last)) == ((4,), range(4, 5))
    every = apply(line, ShowRows(first=0, count=5))
    np.testing.assert_array_equal(to_array(every.node(x).value), X)  # type: ignore[arg-type]
    assert list(shown_rows(apply(every, SetValue(node=x, value=7)))) == []
    with pytest.raises(EditError, match="The table has no row 6"):
        apply(line, ShowRows(first=5))


def test_reset_brings_the_first_weights_and_rows_back_and_targets_never_move(line: Graph) -> None:
    after = apply(line, Train(updates=7))
    assert after.training is not None
    assert (after.training.updates, after.training.first) == (7, 2)
    assert weights(apply(after, ResetTraining()), "w", "b") == [0.5, -1]
    assert apply(after, ResetTraining()) == line
    assert after.training.columns == line.training.columns  # type: ignore[union-attr]


def test_it_is_kept_in_documents_and_the_table_in_links(line: Graph) -> None:
    graph = apply(apply(line, SetTraining(optimizer="Adam")), Train(updates=3))
    assert from_document(to_document(graph)) == graph
    linked, _, _ = from_link(to_link(graph))
    assert linked.training is not None
    assert linked.training.rows == 5
    assert (linked.training.optimizer, linked.training.updates) == ("Adam", 0)
    assert weights(linked, "w", "b") == weights(graph, "w", "b")


def test_a_column_goes_with_its_input_and_its_role(line: Graph) -> None:
    without = apply(line, SetRole(nodes=[id_of(line, "x")]))
    assert without.training is not None
    assert list(without.training.columns) == [id_of(line, "t")]
    assert from_document(to_document(without)) == without


def test_what_cannot_be_trained_is_refused_in_a_sentence(line: Graph) -> None:
    bare = graph_of_formula("L = (w*x - t)**2", Graph())
    with pytest.raises(EditError, match="There is no weight to train: give an input the role weight"):
        apply(bare, Train())
    lone = with_roles(graph_of_formula("y = (w - t)**2", Graph()), w="weight", t="target")
    batch = apply(apply(lone, SetTable(text="1\n2\n3")), ShowRows(first=0, count=3))
    with pytest.raises(EditError, match=r"y has shape \(3,\): only a single number can go down"):
        apply(batch, Train())
    steep = apply(apply(bare, SetValue(node=id_of(bare, "x"), value=1e100)), SetTraining(optimizer="Adam"))
    steep = with_roles(steep, w="weight")
    with pytest.raises(
        EditError, match="The gradient of w is too large for Adam: its state after update 1 is infinite"
    ):
        apply(steep, Train())  # its square is, and the weight would stay where it is
    with pytest.raises(EditError, match=r"Update \d+ would leave w without a finite value: try a smaller"):
        apply(apply(line, SetTraining(rate=1000)), Train(updates=200))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x,t\n1,2\n3", "Row 2 has 1 cells, and there are 2 columns: x and t."),
        ("x,z\n1,2", "The column “z” feeds no input: data and targets are x and t."),
        ("1,2,3", "Row 1 has 3 cells, and there are 2 columns: x and t."),
        ("x,t\n1,two", "Row 1, t: “two” is not a number."),
        ("x,t\n1,", "Row 1 has no value for t."),
        ("x,t", "The table has names and no rows."),
        ("x,x\n1,2", "A name stands over two columns."),
        ("x,t\n1,nan", "Row 1, t: nan is not a finite number."),
        ('x,t\n1,"2', "Row 1"),
        ("x\tt\n1\t[1, 2]\n2\t3", "The cells of t have different shapes."),
        ("x,t\n" + "1,2\n" * 1001, "The table has 1001 rows; the limit is 1000."),
        ("1," * 100_001, "The table is longer than 200000 characters."),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_by_its_place(line: Graph, text: str, sentence: str) -> None:
    if text == 'x,t\n1,"2':
        assert apply(line, SetTable(text=text)).training.rows == 1  # type: ignore[union-attr]
        return
    with pytest.raises(EditError) as refusal:
        apply(line, SetTable(text=text))
    assert str(refusal.value).startswith(sentence)


@pytest.mark.parametrize(
    "text", ["1,2\n3,4", "1\t2\n3\t4\n", "x;t\n1,0;2\n3;4", "t,x\r\n2,1\r\n4,3\r\n\r\n", "\ufeffx, t\n1, 2\n3, 4"]
)
def test_cells_stand_between_tabs_semicolons_or_commas(line: Graph, text: str) -> None:
    training = apply(line, SetTable(text=text)).training
    assert training is not None
    assert training.columns == {id_of(line, "x"): (1, 3), id_of(line, "t"): (2, 4)}


def test_a_damaged_table_in_a_document_is_refused(line: Graph) -> None:
    for change, place in (
        ({"columns": {"n99": [1]}}, "training.columns.n99"),
        ({"columns": {id_of(line, "L"): [1]}}, f"training.columns.{id_of(line, 'L')}"),
        ({"first": 5}, "training.count"),
        ({"optimizer": "Adagrad"}, "training.optimizer"),
        ({"columns": {id_of(line, "x"): [1, 2], id_of(line, "t"): [1]}}, f"training.columns.{id_of(line, 't')}"),
    ):
        document = to_document(line)
        document["training"] |= change
        with pytest.raises(DocumentError) as refusal:
            from_document(document)
        assert refusal.value.place == place


def test_a_run_is_one_step_of_undo(line: Graph) -> None:
    assert undo_label(line, [Train(updates=10), Train(updates=10)]) == "20 updates of the weights"
    assert undo_label(line, [Train()]) == "one update of the weights"
