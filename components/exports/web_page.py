"""The graph as a web page that opens offline: pyvis's drawing, vis-network in the page, and nothing that is fetched.

pyvis would write a page of its own, but that asks other servers for its style, and lets a heading, a node's title or a
setting become script. Here whatever comes from a graph is data: JSON for the drawing, text for all else; and the page's
policy allows the two scripts that stand here by their hashes, and no request.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from components.exports.markup import Markup, document, tag
from components.picture import draw, options, vis_network
from engine.document import Graph
from engine.evaluation import Trace, fold, fold_trace
from engine.messages import current_language, say
from engine.picture import COLOURS, numbers_of, symbol_of

_DRAWN: Final = ("id", "label", "shape", "group", "borderWidth", "x", "y")
"""What vis-network reads of a node; all else that pyvis describes is for the playground."""
_WIRE: Final = ("id", "from", "to", "arrows", "smooth", "label")
_START: Final = """
const told = JSON.parse(document.getElementById("drawing").textContent);
const dark = matchMedia("(prefers-color-scheme: dark)");
const options = () => told.options[dark.matches ? "dark" : "light"];
// The reader's fonts may be wider than the page's own: what is written keeps to its node.
const pen = document.createElement("canvas").getContext("2d");
const { face, size, boldital } = told.options.light.nodes.font;
for (const node of told.nodes) {
  const needed = node.label.split("\\n").map((line) => {
    pen.font = `${line.includes("<b>") ? "bold " : ""}${line.includes("<b><i>") ? boldital.size : size}px ${face}`;
    return pen.measureText(new DOMParser().parseFromString(line, "text/html").body.textContent).width;
  });
  const share = Math.min(1, node.widthConstraint.minimum / Math.max(1, ...needed));
  const held = { size: size * share };
  if (share < 1) node.font = { ...held, bold: held, ital: held, mono: held, boldital: { size: boldital.size * share } };
}
const nodes = new vis.DataSet(told.nodes);
const edges = new vis.DataSet(told.edges);
const network = new vis.Network(document.getElementById("graph"), { nodes, edges }, options());
dark.addEventListener("change", () => {
  network.setOptions(options());
  nodes.update(told.nodes);
  edges.update(told.edges);
});
network.fit();
"""
_INTERACTION: Final = {"dragNodes": True, "dragView": True, "zoomView": True, "selectable": True, "hover": False}


def web_page(
    graph: Graph, trace: Trace, marks: Mapping[str, str], *, title: str, question: str = "", formula: str = ""
) -> str:
    """Return the page; `trace` holds the numbers that may be shown, `marks` the right gradients beside wrong ones."""
    folded, shown = fold(graph), fold_trace(graph, trace)
    library, start = _script(vis_network()), _script(_START)
    data = tag("script", {"type": "application/json", "id": "drawing"}, Markup(_data(folded, shown, marks)))
    head = [
        tag("meta", {"http-equiv": "Content-Security-Policy", "content": _policy(library, start)}),
        tag("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        tag("title", None, title),
        tag("style", None, Markup(_style())),
    ]
    body = [
        tag("h1", None, title),
        *([tag("p", None, question)] if question else []),
        *([tag("pre", None, formula)] if formula else []),
        tag("div", {"id": "graph", "role": "img", "aria-label": title}),
        _table(folded, shown),
        tag("p", {"class": "made"}, say("Made with Backprop Playground.")),
        data,
        tag("script", None, Markup(library)),
        tag("script", None, Markup(start)),
    ]
    return document(current_language(), head, body)


def _data(folded: Graph, trace: Trace, marks: Mapping[str, str]) -> str:
    network = draw(folded, trace, marks)
    nodes = [
        {**_fields(drawn, _DRAWN), "widthConstraint": {"minimum": drawn["widthConstraint"]}} for drawn in network.nodes
    ]
    edges = [_fields(drawn, _WIRE) for drawn in network.edges]
    looks = {theme: {**options(theme), "interaction": _INTERACTION} for theme in ("light", "dark")}
    told = json.dumps({"nodes": nodes, "edges": edges, "options": looks}, ensure_ascii=False)
    # Inside a script element nothing is escaped but what would end it or open a comment.
    return told.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _fields(drawn: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: drawn[name] for name in names if name in drawn}


def _table(graph: Graph, trace: Trace) -> Markup:
    heads = (say("name"), say("op"), "data", "grad")
    rows = [
        tag(
            "tr",
            None,
            tag("th", {"scope": "row"}, node.name),
            tag("td", None, " ".join(filter(None, (node.op or say("input"), symbol_of(node))))),
            tag("td", {"class": "data"}, numbers_of(trace.nodes[node.id].data)),
            tag("td", {"class": "grad"}, numbers_of(trace.nodes[node.id].grad)),
        )
        for node in map(graph.node, graph.topological_order())
    ]
    head = tag("tr", None, *(tag("th", {"scope": "col"}, each) for each in heads))
    return tag("table", None, tag("thead", None, head), tag("tbody", None, *rows))


def _script(text: str) -> str:
    if "</script" in text.lower():
        raise ValueError("A script that would end its own element cannot stand in a page.")
    return text


def _policy(*scripts: str) -> str:
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in scripts
    )
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _style() -> str:
    light, dark = COLOURS["light"], COLOURS["dark"]

    def colours(chosen: Mapping[str, str]) -> str:
        return " ".join(f"--{name}: {chosen[name]};" for name in ("ground", "text", "quiet", "edge", "data", "grad"))

    return f"""
:root {{ color-scheme: light dark; {colours(light)} }}
@media (prefers-color-scheme: dark) {{ :root {{ {colours(dark)} }} }}
body {{ margin: 0 auto; max-width: 1200px; padding: 16px; background: var(--ground); color: var(--text);
  font: 16px/1.5 system-ui, sans-serif; }}
h1 {{ font-size: 24px; margin: 0 0 8px; }}
pre {{ overflow: auto; font-size: 15px; }}
#graph {{ height: 68vh; min-height: 320px; border: 1px solid var(--edge); border-radius: 8px; margin: 12px 0; }}
table {{ border-collapse: collapse; }}
th, td {{ border: 1px solid var(--edge); padding: 4px 12px; text-align: start; font-weight: normal; }}
th[scope="row"] {{ font-weight: bold; }}
.data {{ color: var(--data); }}
.grad {{ color: var(--grad); }}
.made {{ color: var(--quiet); font-size: 14px; }}
"""
