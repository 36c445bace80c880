"""What stands in the way of a block moves aside: how far, where to, and up to how many."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.document import BLOCK_SIZE, FUNCTION_SIZE, INPUT_SIZE, Block, Graph, Node
from engine.edits import MakeBlock, SetOpen, apply
from engine.edits.move_aside import Area, _way_out, positions_aside
from tests.engine.built import built

OP_HALF = FUNCTION_SIZE[0] / 2, FUNCTION_SIZE[1] / 2
INPUT_HALF = INPUT_SIZE[0] / 2, INPUT_SIZE[1] / 2
BLOCK_HALF = BLOCK_SIZE[0] / 2, BLOCK_SIZE[1] / 2


def placed(text: str, **positions: tuple[float, float]) -> Graph:
    graph = built(text)
    nodes = [replace(node, x=positions[node.id][0], y=positions[node.id][1]) for node in graph.nodes()]
    return Graph.of(nodes, graph.edges())


def aside(graph: Graph, *, is_open: bool = False) -> dict[str, tuple[float, float]]:
    """Where things go that stand in the way of a block of the node a."""
    block = Block("s", "s", ("a",), is_open)
    return positions_aside(graph.with_blocks((block,)), block)


def test_it_goes_the_shortest_way_and_leaves_a_gap() -> None:
    graph = placed("a=Neg(_) n=Neg(_)", a=(0, 0), n=(0, 60))
    assert aside(graph) == {"n": (0, BLOCK_HALF[1] + 24 + OP_HALF[1])}
    graph = placed("a=Neg(_) n=Neg(_)", a=(0, 0), n=(0, -60))
    assert aside(graph) == {"n": (0, -BLOCK_HALF[1] - 24 - OP_HALF[1])}
    graph = placed("a=Neg(_) n=Neg(_)", a=(0, 0), n=(200, 0))
    assert aside(graph) == {"n": (BLOCK_HALF[0] + 72 + OP_HALF[0], 0)}
    graph = placed("a=Neg(_) n=1", a=(0, 0), n=(-200, 0))
    assert aside(graph) == {"n": (-BLOCK_HALF[0] - 72 - INPUT_HALF[0], 0)}


def test_what_only_touches_stays() -> None:
    touching = placed("a=Neg(_) n=Neg(_)", a=(0, 0), n=(0, BLOCK_HALF[1] + OP_HALF[1]))
    assert aside(touching) == {}


def test_it_does_not_go_where_another_stands() -> None:
    graph = placed("a=Neg(_) n=Neg(_) other=Neg(_)", a=(0, 0), n=(0, 60), other=(0, 200))
    # Below the block it would meet the other, and below that one it is further than above the block.
    assert aside(graph) == {"n": (0, -BLOCK_HALF[1] - 24 - OP_HALF[1])}
    graph = placed("a=Neg(_) n=Neg(_) o=Neg(_) p=Neg(_)", a=(0, 0), n=(0, 60), o=(0, 200), p=(0, -130))
    # Now another stands above, too; below the lower one is nearer than above the upper one, or to either side.
    assert aside(graph) == {"n": (0, 200 + OP_HALF[1] + 24 + OP_HALF[1])}


@pytest.mark.parametrize(("across", "down", "gap"), [(1, 0, 72), (-1, 0, 72), (0, 1, 24), (0, -1, 24)])
def test_it_passes_all_that_stands_on_its_way_the_nearest_first(across: int, down: int, gap: int) -> None:
    def at(distance: float) -> Area:
        return Area.around(across * distance, down * distance, (20, 20))

    # Past the one at 10 it would come to 30 + gap, where it meets the next; it is named before, and the last is far.
    second = 35 + gap
    way = second + 20 + gap
    assert _way_out(at(0), [at(second), at(10), at(600)], (across, down)) == (across * way, down * way)


def test_what_feeds_a_closed_block_stays_on_its_left_and_what_it_feeds_on_its_right() -> None:
    graph = placed("n=1 a=Neg(n) m=Neg(a)", n=(10, 90), a=(0, 0), m=(10, -80))
    assert aside(graph) == {
        "n": (-BLOCK_HALF[0] - 72 - INPUT_HALF[0], 90),
        "m": (BLOCK_HALF[0] + 72 + OP_HALF[0], -80),
    }


@pytest.mark.parametrize(
    ("n", "moved"),
    [
        ((0, 100), (0, OP_HALF[1] + 34 + 24 + OP_HALF[1])),
        ((0, -150), (0, -OP_HALF[1] - 82 - 24 - OP_HALF[1])),
        ((200, 0), (OP_HALF[0] + 34 + 72 + OP_HALF[0], 0)),
        ((-200, 0), (-OP_HALF[0] - 34 - 72 - OP_HALF[0], 0)),
        ((0, OP_HALF[1] + 34 + OP_HALF[1]), None),
        ((0, -OP_HALF[1] - 82 - OP_HALF[1]), None),
        ((OP_HALF[0] + 34 + OP_HALF[0], 0), None),
        ((-OP_HALF[0] - 34 - OP_HALF[0], 0), None),
    ],
)
def test_an_open_block_has_a_frame(n: tuple[float, float], moved: tuple[float, float] | None) -> None:
    graph = placed("a=Neg(_) n=Neg(_)", a=(0, 0), n=n)
    assert aside(graph, is_open=True) == ({} if moved is None else {"n": moved})


def test_up_to_fifty_are_moved_and_of_more_none() -> None:
    def crowded(count: int) -> Graph:
        nodes = [Node("a", "Neg", "a"), *(Node(f"n{i}", "Neg", f"n{i}", x=i, y=i) for i in range(count))]
        return Graph.of(nodes, [])

    positions = aside(crowded(50))
    assert len(positions) == 50
    areas = [(0.0, 0.0, *BLOCK_HALF), *((x, y, *OP_HALF) for x, y in positions.values())]
    for index, (x, y, width, height) in enumerate(areas):
        for other_x, other_y, other_width, other_height in areas[:index]:
            assert abs(x - other_x) >= width + other_width or abs(y - other_y) >= height + other_height
    assert aside(crowded(51)) == {}


def test_another_block_moves_as_a_whole() -> None:
    start = placed("a=Neg(_) p=Neg(_) q=Neg(p)", a=(0, 0), p=(900, 0), q=(1160, 0))
    graph = apply(start, MakeBlock(id="s", nodes=["a"], name="s"))
    graph = apply(graph, MakeBlock(id="t", nodes=["p", "q"], name="t", open=True))
    assert graph.node("p").x == 900
    near = graph.with_nodes(replace(graph.node("p"), x=100.0), replace(graph.node("q"), x=360.0))
    opened = apply(near, SetOpen(block="s", open=True))
    # The frame of s reaches to 90 + 34, and that of t begins 90 + 34 before p.
    p_x = 124 + 72 + 124
    assert [(opened.node(each).x, opened.node(each).y) for each in "pq"] == [(p_x, 0), (p_x + 260, 0)]


def test_of_blocks_in_each_other_the_outermost_moves() -> None:
    graph = placed("a=Neg(_) p=Neg(_) q=Neg(p)", a=(0, 0), p=(0, 40), q=(0, 60))
    block, inner, outer = Block("s", "s", ("a",)), Block("i", "i", ("p",)), Block("o", "o", ("p", "q"))
    positions = positions_aside(graph.with_blocks((block, inner, outer)), block)
    assert positions == {"o": (0, BLOCK_HALF[1] + 24 + BLOCK_HALF[1])}
