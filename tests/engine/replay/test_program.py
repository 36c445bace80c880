from __future__ import annotations

import gc
import weakref

from engine.autograd import Variant
from engine.document import Edge, Graph, Node
from engine.edits import AddNode, Connect, Rename, SetValue, apply
from engine.evaluation import carry_over, evaluate
from engine.replay import Program, compile_graph
from tests.engine.built import FORK, SEED, built
from tests.engine.replay.wired import assert_replays, values_of


def text(program: Program) -> list[str]:
    return [line.text for line in (*program.lines.forward, *program.lines.backward)]


def test_the_program_of_the_seed_graph_is_what_a_person_would_write() -> None:
    assert text(compile_graph(SEED)) == [
        "a = x * x",
        "b = y * y",
        "z = a + b",
        "gz = 1.0",
        "# ga = gz",
        "# gb = gz",
        "gx = 2.0 * x",
        "gy = 2.0 * y",
    ]


def test_at_a_fork_gradients_are_added_one_after_the_other() -> None:
    assert text(compile_graph(FORK)) == [
        "a = x * x",
        "b = a * a",
        "c = a * a",
        "y = b + c",
        "gy = 1.0",
        "# gb = gy",
        "# gc = gy",
        "ga = 2.0 * a",
        "ga = ga + 2.0 * a",
        "gx = 2.0 * x * ga",
    ]
    assert text(compile_graph(built("x=3 y=Add(x,x)")))[1:] == ["gy = 1.0", "gx = gy + gy"]


def test_backward_uses_what_forward_computed() -> None:
    assert text(compile_graph(built("x=1 y=Tanh(x) z=Exp(y)"))) == [
        "y = tanh(x)",
        "z = exp(y)",
        "gz = 1.0",
        "gy = z",
        "gx = gy * (1.0 - y * y)",
    ]
    assert text(compile_graph(built("x=1 y=Sigmoid(x) z=Neg(y)")))[:2] == [
        "t1 = exp(-abs(x))",
        "y = (1.0 if x >= 0 else t1) / (1.0 + t1)",
    ]


def test_every_line_knows_its_node() -> None:
    program = compile_graph(SEED)
    nodes = [line.node for line in (*program.lines.forward, *program.lines.backward)]
    assert nodes == ["a", "b", "z", "z", "z", "z", "a", "b"]


def test_other_values_run_through_the_same_program() -> None:
    program = compile_graph(SEED)
    moved = apply(SEED, SetValue(node="x", value=-1.5))
    assert compile_graph(moved) is program
    assert program.inputs == ("x", "y")
    numbers = program.run([-1.5, 3.0])
    assert numbers is not None
    assert [program.data_in(numbers, node) for node in "abz"] == [2.25, 9.0, 11.25]
    assert [program.grad_in(numbers, node) for node in "xyabz"] == [-3.0, 6.0, 1.0, 1.0, 1.0]


def test_a_gradient_that_is_passed_on_is_returned_once() -> None:
    program = compile_graph(SEED)
    names = [node.name for node in SEED.nodes()]
    places = {name: program.places[node.id, 0] for name, node in zip(names, SEED.nodes(), strict=True)}
    assert places["a"][1] == places["b"][1] == places["z"][1]  # z = a + b passes its gradient on
    numbers = program.run((2.0, 3.0))
    assert numbers is not None
    assert sorted(numbers) == sorted([2.0, 3.0, 4.0, 9.0, 13.0, 4.0, 6.0, 1.0])  # five data; 2x, 2y, and one 1


def test_another_name_shape_parameter_or_output_is_another_program() -> None:
    program = compile_graph(SEED)
    renamed = compile_graph(apply(SEED, Rename(node="a", name="exp")))
    assert text(renamed)[0] == "exp_ = x * x"
    reshaped = compile_graph(apply(SEED, SetValue(node="x", value=[1, 2])))
    assert text(reshaped)[3:] == [
        "gz = np.ones((2,))",
        "# ga = gz",
        "gb = np.sum(gz)",
        "gx = 2.0 * x",
        "gy = 2.0 * y * gb",
    ]
    assert compile_graph(SEED.with_output(("a", 0))) is not program
    assert compile_graph(SEED) is program


def test_programs_are_kept_no_longer_than_their_graphs() -> None:
    graph = built("x=2 y=Square(x)")
    wiring = weakref.ref(graph.wiring)
    compile_graph(graph)
    for number in range(20):
        compile_graph(apply(graph, Rename(node="x", name=f"x{number}")))
    del graph
    gc.collect()
    assert wiring() is None


def test_names_that_the_program_needs_itself_step_aside() -> None:
    graph = built("x=2 gx=Square(x) exp=Exp(gx) ggx=Add(exp,gx) np=Mul(ggx,x)")
    assert_replays(graph, compile_graph(graph), evaluate(graph))
    names = compile_graph(graph).lines.data.values()
    assert set(names) == {"x", "gx", "exp_", "ggx", "np_"}


def test_a_name_that_is_none_never_reaches_the_code() -> None:
    graph = Graph.of(
        [Node("x", None, "x);import os;(", 2.0), Node("y", "Square", "__debug__"), Node("z", "Square", "a b\n")],
        [Edge("x", 0, "y", 0), Edge("y", 0, "z", 0)],
    )
    program = compile_graph(graph)
    assert list(program.lines.data.values()) == ["v", "__debug___", "v_"]
    assert_replays(graph, program, evaluate(graph))


def test_a_program_reaches_nothing_of_pythons_own() -> None:
    program = compile_graph(SEED)
    assert set(program.function.__globals__["__builtins__"]) == {"abs", "float"}


def test_what_waits_or_cannot_be_computed_is_left_out() -> None:
    graph = built("x=2 y=Square(x) z=Mul(y,_) w=Exp(z)")
    program = compile_graph(graph)
    assert [node for node, _ in program.places] == ["x", "y"]
    assert_replays(graph, program, evaluate(graph))


def test_trouble_is_told_by_none() -> None:
    for graph in (
        built("x=0 y=Log(x)"),
        built("x=0 y=1 z=Div(y,x)"),
        built("x=1000 y=Exp(x)"),
        built("x=1e200 y=Square(x) z=Tanh(y)"),
        built("x=0 y=Sqrt(x)"),
    ):
        program = compile_graph(graph)
        assert program.run(values_of(graph, program)) is None


def test_without_backward_the_data_alone_are_computed() -> None:
    program = compile_graph(SEED)
    assert program.run([2.0, 3.0], backward=False) == (2.0, 3.0, 4.0, 9.0, 13.0)


def test_only_the_last_programs_are_kept() -> None:
    graph = built("x=2 y=Square(x)")
    program = compile_graph(graph)
    for number in range(20):
        compile_graph(apply(graph, Rename(node="x", name=f"x{number}")))
    assert compile_graph(graph) is not program


def test_of_a_trace_that_does_not_serve_the_program_is_the_same() -> None:
    def fork() -> Graph:
        return built("x=2 a=Square(x) b=Square(a) c=Square(a) y=Add(b,c)")

    right = text(compile_graph(fork()))
    for trace in (
        evaluate(fork(), variant=Variant.STEP_13),
        evaluate(fork(), variant=Variant.STEP_14),
        evaluate(fork(), sweeps=()),
        evaluate(fork(), sweeps=(None, None)),
        carry_over(evaluate(fork()), fork(), apply(fork(), SetValue(node="x", value=3))),
    ):
        assert text(compile_graph(fork(), trace)) == right


def test_a_program_of_a_changed_graph_is_not_that_of_its_old_trace() -> None:
    before = built("x=2 y=Square(x)")
    after = apply(before, AddNode(id="z", op="Neg"))
    after = apply(after, Connect(source="y", target="z", port=0))
    program = compile_graph(after, carry_over(evaluate(before), before, after))
    assert ("z", 0) in program.places


def test_gradients_that_two_functions_pass_on_are_added() -> None:
    graph = built("x=2 k=1 a=Neg(x) p=Add(a,k) q=Add(a,k) y=Add(p,q)")
    program = compile_graph(graph)
    numbers = program.run([2.0, 1.0])
    assert numbers is not None
    assert [program.grad_in(numbers, node) for node in "axk"] == [2.0, -2.0, 2.0]


def test_one_run_and_many_at_once_have_a_program_each() -> None:
    graph = built("x=2 y=Exp(x)")
    assert compile_graph(graph).is_in_floats
    assert not compile_graph(graph, columns=True).is_in_floats
    assert compile_graph(graph).is_in_floats


def test_what_somebody_picked_by_hand_is_not_compiled_as_the_gradient() -> None:
    graph = built("x=3 y=Square(x)")
    assert text(compile_graph(graph, evaluate(graph, picks=()))) == ["y = x * x", "gy = 1.0", "gx = 2.0 * x"]
