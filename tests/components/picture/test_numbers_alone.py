"""Where a node's numbers alone are new, what is drawn is what would be drawn of the whole node."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from components.picture import draw
from engine.autograd import Variant
from engine.document import Graph
from engine.edits import Choose, SetValue, apply
from engine.evaluation import evaluate
from engine.messages import using_language
from tests.strategies import finite, graphs


@settings(max_examples=60)
@given(graphs(inputs=finite, max_nodes=8), finite, st.sampled_from(Variant), st.data())
def test_it_is_what_is_drawn_of_a_graph_that_nobody_has_drawn(
    graph: Graph, value: float, variant: Variant, data: st.DataObject
) -> None:
    draw(graph, evaluate(graph))
    changed = data.draw(st.sampled_from([node.id for node in graph.nodes() if node.is_input]))
    graph = apply(graph, SetValue(node=changed, value=value))
    if data.draw(st.booleans()):
        graph = apply(graph, Choose(node=data.draw(st.sampled_from(graph.topological_order()))))
    trace = evaluate(graph, variant=variant, sweeps=data.draw(st.sampled_from([(), (None,)])))
    marks = data.draw(st.dictionaries(st.sampled_from(graph.topological_order()), st.just("2"), max_size=1))
    anew = Graph.of(graph.nodes(), graph.edges(), graph.output)
    for language in ("zh", "en"):
        with using_language(language):
            assert draw(graph, trace, marks).nodes == draw(anew, trace, marks).nodes
