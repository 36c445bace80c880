"""A graph of up to 25 nodes can be read wherever it is drawn, no two nodes overlap, larger ones fill the viewport."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from engine.document import ARRAY_SIZE, NODE_HEIGHT, Edge, Graph, Node, Viewport, tidy
from engine.document.wrapping import legible_scale, plans_for
from engine.edits import MakeBlock, Replace, SetFormula, Tidy, apply
from engine.evaluation import fold
from engine.formula import graph_of_formula
from engine.lessons import LESSONS
from engine.pieces import finish

# The rooms that the stage leaves at 1280 × 800, at 1920 × 1080 and presented there, on a tablet and on a phone.
DESK, PROJECTOR, PRESENTED = Viewport(885, 604), Viewport(1525, 904), Viewport(1787, 842)
ASKED = Viewport(1500, 780)
"""The room at 1920 × 1080 below a question and what it is answered by; presented it is hardly lower than without."""
TABLET, PHONE = Viewport(502, 862), Viewport(308, 474)
TEXT = 22
"""The size of a node's text in the units of the graph; the canvas never shows it larger than 1.25 times."""

REAL = {
    "neuron": "a = sigmoid(x1*w1+x2*w2+b); L = (a-t)**2",
    "two layers": "y = tanh(x1*w11 + x2*w12 + b1)*v1 + tanh(x1*w21 + x2*w22 + b2)*v2 + b3",
    "cell": "f = sigmoid(wf*x + uf*h); i = sigmoid(wi*x + ui*h); g = tanh(wg*x + ug*h); c2 = f*c + i*g",
    "GRU": "z = sigmoid(wz*x + uz*h); r = sigmoid(wr*x + ur*h); g = tanh(w*x + u*(r*h)); k = g + z*(h - g)",
    "attention with scores": "s1 = q*k1; s2 = q*k2; e1 = exp(s1); e2 = exp(s2); n = e1+e2; o = e1/n*v1 + e2/n*v2",
    "attention": "e1 = exp(q*k1); e2 = exp(q*k2); n = e1 + e2; y = e1/n*v1 + e2/n*v2",
    "normalization": "m = (x1+x2+x3)/3; v = ((x1-m)**2+(x2-m)**2+(x3-m)**2)/3; y = g*(x1-m)/sqrt(v) + b",
    "physics": "E = 0.5*m*v**2 + m*9.81*h - G*M*m/r",
    "pendulum": "T = 2*3.14159*sqrt(l/g); E = m*g*l*(1-cos(q)) + 0.5*m*(l*w)**2",
    "chain": f"y = {'sin(cos(tanh(' * 8}x{')))' * 8}",
    "wide": "s = x1+x2+x3+x4+x5+x6+x7+x8+x9+x10+x11+x12",
    "polynomial": "y = a0 + a1*x + a2*x**2 + a3*x**3 + a4*x**4",
    "cross entropy": "L = -(t*log(sigmoid(w*x+b)) + (1-t)*log(1-sigmoid(w*x+b)))",
}
LARGE = {
    "LSTM": "f = sigmoid(wf*x+uf*h+bf); i = sigmoid(wi*x+ui*h+bi); o = sigmoid(wo*x+uo*h+bo);"
    "g = tanh(wg*x+ug*h+bg); c2 = f*c+i*g; h2 = o*tanh(c2)",
    "Goldstein–Price": "z = (1 + (x+y+1)**2 * (19 - 14*x + 3*x**2 - 14*y + 6*x*y + 3*y**2))"
    "* (30 + (2*x-3*y)**2 * (18 - 32*x + 12*x**2 + 48*y - 36*x*y + 27*y**2))",
    "115 nodes": "y = " + " + ".join(f"{number}*x**{number}" for number in range(2, 25)),
}


def formula(text: str) -> Graph:
    return graph_of_formula(text, Graph())


def any_graph(seed: int) -> Graph:
    """Wire 25 nodes at random: from one input to twenty, to neighbours or to any."""
    picks = random.Random(seed)
    inputs, reach = picks.choice([1, 2, 4, 8, 12, 16, 20]), picks.choice([2, 4, 8, 25])
    nodes, edges = [Node(f"n{number}", None, f"x{number}", 1.0) for number in range(inputs)], []
    for number in range(inputs, 25):
        op, ports = picks.choice([("Add", 2), ("Mul", 2), ("Sin", 1)])
        nodes.append(Node(f"n{number}", op, f"a{number}"))
        sources = [f"n{picks.randrange(max(0, number - reach), number)}" for _ in range(ports)]
        edges += [Edge(source, 0, f"n{number}", port) for port, source in enumerate(sources)]
    return Graph.of(nodes, edges)


def text_px(graph: Graph, places: dict[str, tuple[float, float]], viewport: Viewport) -> float:
    """How large text is when all of the nodes' boxes just fit into a viewport."""
    nodes = [(graph.node(node_id).size, place) for node_id, place in places.items()]
    width = max(x + size[0] / 2 for size, (x, _) in nodes) - min(x - size[0] / 2 for size, (x, _) in nodes)
    height = max(y + size[1] / 2 for size, (_, y) in nodes) - min(y - size[1] / 2 for size, (_, y) in nodes)
    return TEXT * min(viewport.width / width, viewport.height / height, 1.25)


def overlaps(graph: Graph, places: dict[str, tuple[float, float]]) -> list[tuple[str, str]]:
    """Which nodes overlap, should all of them come to show arrays."""
    width = {each: max(graph.node(each).size[0], ARRAY_SIZE[0]) for each in places}
    return [
        (a, b)
        for a, b in combinations(places, 2)
        if abs(places[a][0] - places[b][0]) < (width[a] + width[b]) / 2
        and abs(places[a][1] - places[b][1]) < NODE_HEIGHT
    ]


GRAPHS = [
    *(pytest.param(formula(text), id=name) for name, text in REAL.items()),
    *(pytest.param(each.graph, id=each.name) for each in LESSONS if len(each.graph) <= 26),
    *(pytest.param(any_graph(seed), id=f"random {seed}") for seed in range(6)),
]


@pytest.mark.parametrize("graph", GRAPHS)
def test_up_to_25_nodes_are_read_at_a_desk_and_when_they_are_presented(graph: Graph) -> None:
    assert len(graph) <= 26
    assert text_px(graph, tidy(graph, DESK), DESK) >= 16
    assert text_px(graph, tidy(graph, PROJECTOR), PRESENTED) >= 24
    assert text_px(graph, tidy(graph, ASKED), PRESENTED) >= 24


@pytest.mark.parametrize("viewport", [DESK, PROJECTOR, TABLET, PHONE], ids=["desk", "projector", "tablet", "phone"])
@pytest.mark.parametrize("graph", [*GRAPHS[:6], *(pytest.param(formula(t), id=n) for n, t in LARGE.items())])
def test_no_two_nodes_overlap_in_any_viewport(graph: Graph, viewport: Viewport) -> None:
    assert overlaps(graph, tidy(graph, viewport)) == []


def test_the_same_graph_is_laid_out_the_same_in_the_same_room() -> None:
    graph = formula(LARGE["LSTM"])
    assert tidy(graph, DESK) == tidy(formula(LARGE["LSTM"]), DESK) != tidy(graph, PHONE)


def test_without_a_room_no_two_overlap_either() -> None:
    for text in (*REAL.values(), *LARGE.values()):
        assert overlaps(formula(text), tidy(formula(text))) == []


def test_wires_lead_to_the_right_within_a_line_and_down_to_the_next_ones() -> None:
    for text in (REAL["two layers"], REAL["chain"], LARGE["LSTM"]):
        graph = formula(text)
        for plan in finish(plans_for(graph, finish_depths(graph), DESK)):
            for edge in graph.edges():
                assert plan.depth[edge.source] < plan.depth[edge.target]
            assert [layer for line in plan.lines for layer in line] == list(range(max(plan.depth.values()) + 1))


def finish_depths(graph: Graph) -> dict[str, int]:
    depth: dict[str, int] = {}
    for node_id in graph.topological_order():
        depth[node_id] = 1 + max((depth[wire.source] for wire in graph.wires_into(node_id).values()), default=-1)
    return depth


def test_what_can_be_read_as_a_strip_stays_one() -> None:
    graph = formula("z = x**2 + y**2")
    assert tidy(graph, DESK) == tidy(graph)
    assert text_px(graph, tidy(graph), DESK) > 20


def test_a_neuron_of_two_inputs_is_drawn_from_left_to_right_on_a_desk() -> None:
    for text in ("y = sigmoid(w*x + b)", "y = tanh(w1*x1 + w2*x2 + b)", "L = (w*x + b - t)**2"):
        assert tidy(formula(text), DESK) == tidy(formula(text))
    seed = formula("z = x**2 + y**2")
    assert tidy(seed, TABLET) == tidy(seed)


def test_the_larger_the_screen_the_larger_the_text_that_is_asked_for() -> None:
    assert legible_scale(TABLET) == pytest.approx(legible_scale(DESK), rel=0.06)
    assert 15 < TEXT * legible_scale(PHONE) < 16 < TEXT * legible_scale(DESK) < 17.5
    assert legible_scale(PRESENTED) * TEXT > 24


def test_a_chain_is_written_in_lines_of_columns_that_stand_below_each_other() -> None:
    graph = formula(REAL["chain"])
    places = tidy(graph, DESK)
    columns, rows = sorted({x for x, _ in places.values()}), sorted({y for _, y in places.values()})
    assert (len(columns), len(rows)) == (5, 5)
    order = sorted(places, key=lambda each: (places[each][1], places[each][0]))
    assert order == list(graph.topological_order())


def test_blocks_with_long_names_overlap_nothing() -> None:
    flat = formula("y = sin(cos(tanh(exp(x))))")
    names = {node.op: node.id for node in flat.nodes()}
    graph = apply(flat, MakeBlock(id="s", nodes=[names["Cos"], names["Sin"]], name="f" * 30))
    folded = fold(apply(graph, Tidy(viewport=DESK)))
    assert folded.node("s").size[0] == 440
    assert overlaps(folded, {node.id: (node.x, node.y) for node in folded.nodes()}) == []


def places_of(graph: Graph) -> dict[str, tuple[float, float]]:
    return {node.id: (node.x, node.y) for node in graph.nodes()}


def test_tidy_a_formula_and_what_is_opened_know_the_room() -> None:
    strip = formula(REAL["two layers"])
    assert text_px(strip, places_of(strip), DESK) < 11
    by_edit = [
        apply(strip, Tidy(viewport=DESK)),
        apply(Graph(), SetFormula(text=REAL["two layers"], viewport=DESK)),
        apply(Graph(), Replace(document=strip, viewport=DESK)),
    ]
    for graph in by_edit:
        assert text_px(graph, places_of(graph), DESK) >= 16
    assert apply(Graph(), Replace(document=strip)) == strip  # as the document has it, where nobody knows the viewport


def test_what_can_be_read_stays_where_it_was_put() -> None:
    lesson = LESSONS[0].graph
    assert apply(Graph(), Replace(document=lesson, viewport=DESK)) == lesson
    longer = apply(lesson, SetFormula(text="z = x ** 2 + y ** 2 + 1", viewport=DESK))
    assert {node.name: (node.x, node.y) for node in longer.nodes()}.items() >= {
        (node.name, (node.x, node.y)) for node in lesson.nodes() if node.name in ("x", "y", "a", "b")
    }
