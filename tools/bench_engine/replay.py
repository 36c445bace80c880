"""Replay: a document compiled once and run with other values, against building its graph anew each time."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from functools import partial

from engine.document import Graph
from engine.evaluation import evaluate
from engine.replay import compile_graph
from tools.bench_engine import by_hand
from tools.bench_engine.define_by_run import AGREEMENT
from tools.bench_engine.frameworks import disagreement, expected, peers
from tools.bench_engine.sketch import as_document
from tools.bench_engine.timing import digits, geometric_mean, interleaved
from tools.bench_engine.verdict import Measured
from tools.bench_engine.workloads import Workload, dag, goldstein_price, mlp, seed_graph, wide

_COMPILATIONS = 7


def measure() -> list[Measured]:
    """Measure replay on the workloads that fit into a document."""
    found: list[Measured] = []
    rebuilds = []
    hands = {"seed graph": by_hand.seed_graph, "Goldstein–Price": by_hand.goldstein_price}
    for workload in (seed_graph(), goldstein_price(), mlp(), wide(1_000), dag(1_000)):
        graph = as_document(workload)
        program = compile_graph(graph)
        _check(workload, graph)
        ways: dict[str, Callable[[], object]] = {
            "replay": partial(program.run, workload.values),
            "code": partial(program.function, *workload.values),
            "evaluate": partial(evaluate, graph),
            **{each.name: partial(each.run, workload) for each in peers() if each.name == "micrograd"},
        }
        if workload.name in hands:
            ways["hand"] = partial(hands[workload.name], *workload.values)
        times = interleaved(ways, workload.rounds)
        if "micrograd" in times:
            ratio = times["micrograd"].ratio_to(times["replay"])
            rebuilds.append(ratio.least)
            found.append(Measured(f"{workload.name}: micrograd's rebuild to replay", ratio.least, 20, "×", True))
        if "hand" in times:
            ratio = times["code"].ratio_to(times["hand"])
            looked = times["replay"].ratio_to(times["hand"])
            spread = f"(looked through for inf and nan: {digits(looked.least)})"
            what = f"{workload.name}: compiled code to straight-line floats by hand"
            found.append(Measured(what, ratio.least, 1.3, "×", spread=spread))
        saved = times["evaluate"].least - times["replay"].least
        what = f"{workload.name}: compiling pays, in place of evaluating the document, after"
        found.append(Measured(what, _compile(graph) / saved, 30, "replays"))
    if rebuilds:
        mean = geometric_mean(rebuilds)
        found.insert(0, Measured("geometric mean: micrograd's rebuild to replay", mean, 20, "×", True))
    return found


def _check(workload: Workload, graph: Graph) -> None:
    program = compile_graph(graph)
    numbers = program.run(workload.values)
    assert numbers is not None
    grads = [float(program.grad_in(numbers, node)) for node in program.inputs]
    off = disagreement(grads, expected(workload))
    assert off <= AGREEMENT, f"{workload.name}: replay is off by {digits(off)}"


def _compile(graph: Graph) -> float:
    """Return the seconds it takes to compile a new graph, of ops whose rules have been written down before."""
    seconds = []
    for _ in range(_COMPILATIONS):
        fresh = Graph.of(graph.nodes(), graph.edges(), graph.output)
        trace = evaluate(fresh)  # what the page has when it compiles
        gc.collect()
        start = time.process_time()
        _ = compile_graph(fresh, trace).function
        seconds.append(time.process_time() - start)
    return min(seconds)
