"""The pages of worksheets and keys as HTML, black on white: question, picture, table, and room to work."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from components.exports.exported import Paper
from components.exports.markup import Markup, document, joined, tag
from components.exports.told_steps import ToldStep
from engine.autograd import Array
from engine.document import Graph, Node, Quantity
from engine.evaluation import NodeTrace, Trace
from engine.messages import current_language, enumerated, is_hidden_array, say
from engine.picture import NONE, short_array, symbol_of

_SIZES: Final[dict[Paper, tuple[str, str]]] = {"A4": ("210mm", "297mm"), "Letter": ("8.5in", "11in")}
_MARGIN: Final = "12mm"
_ROWS: Final = 10
"""Rows of a table before another one stands beside it."""
_TABLES: Final = 3
_TABLES_OF_ARRAYS: Final = 2
"""How many stand beside each other at most."""
_ANSWERS: Final = 6
"""In a table with everybody's answers, beside the names; more stand in a table below."""
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_LARGEST_SCALE: Final = 0.75
"""At which a node's text is as large as that around it."""
_STEPS_IN_ONE_COLUMN: Final = 12


@dataclass(frozen=True)
class Sheet:
    """Hold what one page is about: whose it is, the graph with its numbers, and its picture as SVG."""

    name: str
    graph: Graph
    trace: Trace
    picture: str


def worksheet_page(sheet: Sheet, title: str, question: str) -> Markup:
    """Return the page of a worksheet; a graph whose tables fill it has the room to work on a page behind."""
    work = tag("div", {"class": "work"}, tag("p", None, say("Room to work")))
    asked = [
        _heading(title, tag("p", {"class": "name"}, *_name_line(sheet.name))),
        *_question(question),
        _figure(sheet.picture),
        _tables(sheet.graph, sheet.trace, frozenset()),
    ]
    if _rows(sheet.graph, sheet.trace) > _ROWS:
        return joined([_page(*asked), _page(work)])
    return _page(*asked, work)


def key_page(
    sheet: Sheet, blanks: Collection[Quantity], steps: Sequence[ToldStep], title: str, question: str
) -> Markup:
    """Return the page of a key: every number, those that were asked for in bold, and every step's sentence."""
    columns = "steps two" if len(steps) > _STEPS_IN_ONE_COLUMN else "steps"
    return _page(
        _heading(say("Key: {title}", title=title), *([tag("p", {"class": "name"}, sheet.name)] if sheet.name else [])),
        *_question(question),
        _figure(sheet.picture, "of-key"),  # lower, so that the sentences have more of the page
        _tables(sheet.graph, sheet.trace, blanks),
        tag("h2", None, say("Step by step")),
        tag("ol", {"class": columns}, *(tag("li", None, step.sentence) for step in steps)),
    )


def overview_page(sheets: Sequence[Sheet], blanks: Collection[Quantity], title: str) -> Markup:
    """Return the page with everybody's answers at a glance."""
    graph = sheets[0].graph
    asked = [each for each in _in_order(graph, blanks) if _number(sheets[0].trace, each) is not None]
    parts = [asked[start : start + _ANSWERS] for start in range(0, len(asked), _ANSWERS)] or [[]]
    return _page(_heading(say("Key: {title}", title=title)), *(_answers(sheets, part) for part in parts))


def _answers(sheets: Sequence[Sheet], asked: Sequence[Quantity]) -> Markup:
    heads = ("", *(each.name_in(sheets[0].graph) for each in asked))
    rows = [
        tag(
            "tr",
            None,
            tag("th", {"scope": "row"}, sheet.name),
            *(tag("td", None, short_array(_number(sheet.trace, each))) for each in asked),
        )
        for sheet in sheets
    ]
    head = tag("tr", None, *(tag("th", {"scope": "col"}, text) for text in heads))
    return tag("table", {"class": "answers"}, tag("thead", None, head), tag("tbody", None, *rows))


def pages(found: Sequence[Markup], title: str, paper: Paper) -> str:
    """Return pages as one document for a browser to print; it asks nobody for anything, and holds no script."""
    head = [
        tag("meta", {"http-equiv": "Content-Security-Policy", "content": _POLICY}),
        tag("title", None, title),
        tag("style", None, Markup(_style(paper))),
    ]
    return document(current_language(), head, found)


def _page(*children: Markup) -> Markup:
    return tag("section", {"class": "sheet"}, *children)


def _heading(title: str, *beside: Markup) -> Markup:
    return tag("header", None, tag("h1", None, title), *beside)


def _name_line(name: str) -> list[str]:
    return [say("Name:"), " ", tag("b", None, name) if name else tag("span", {"class": "line"})]


def _question(question: str) -> list[Markup]:
    return [tag("p", {"class": "question"}, question)] if question else []


def _figure(picture: str, kind: str = "of-sheet") -> Markup:
    width = float(picture.partition('width="')[2].partition('"')[0])
    return tag("figure", {"class": kind, "style": f"max-width: {_LARGEST_SCALE * width:.0f}px"}, Markup(picture))


def _tables(graph: Graph, trace: Trace, blanks: Collection[Quantity]) -> Markup:
    nodes = [graph.node(node_id) for node_id in graph.topological_order()]
    rows = _rows(graph, trace)
    parts = [nodes[start : start + rows] for start in range(0, len(nodes), rows)]
    return tag("div", {"class": f"tables of{len(parts)}"}, *(_table(part, trace, blanks) for part in parts))


def _rows(graph: Graph, trace: Trace) -> int:
    """Return how many rows a table has: as few tables as do, and of the same length."""
    has_arrays = any(array.ndim for node in graph.nodes() for array in trace.nodes[node.id].data or ())
    tables = min(-(-len(graph) // _ROWS), _TABLES_OF_ARRAYS if has_arrays else _TABLES)
    return -(-len(graph) // max(tables, 1)) or 1


def _table(nodes: Sequence[Node], trace: Trace, blanks: Collection[Quantity]) -> Markup:
    head = tag("tr", None, *(tag("th", {"scope": "col"}, text) for text in ("", "data", "grad")))
    rows = [
        tag("tr", None, tag("th", {"scope": "row"}, _called(node)), *_cells(node, trace.nodes[node.id], blanks))
        for node in nodes
    ]
    return tag("table", None, tag("thead", None, head), tag("tbody", None, *rows))


def _called(node: Node) -> str:
    symbol = "" if node.is_input else symbol_of(node)
    return say("{name}: {op}", name=node.name, op=symbol) if symbol else node.name


def _cells(node: Node, found: NodeTrace, blanks: Collection[Quantity]) -> list[Markup]:
    asked = {each.kind for each in blanks if each.node == node.id}
    numbers: list[tuple[str, Sequence[Array | None]]] = [("data", found.data or ()), ("grad", found.grad)]
    return [
        tag("td", {"class": "blank"})
        if any(map(is_hidden_array, arrays))
        else tag(
            "td",
            {"class": "asked"} if kind in asked else None,
            enumerated([short_array(array) for array in arrays]) or NONE,
        )
        for kind, arrays in numbers
    ]


def _in_order(graph: Graph, blanks: Collection[Quantity]) -> list[Quantity]:
    places = {node_id: place for place, node_id in enumerate(graph.topological_order())}
    return sorted(blanks, key=lambda each: (each.kind, places[each.node], each.output))


def _number(trace: Trace, asked: Quantity) -> Array | None:
    found = trace.nodes[asked.node]
    arrays = found.data if asked.kind == "data" else found.grad
    return None if arrays is None else arrays[asked.output]


def _style(paper: Paper) -> str:
    width, height = _SIZES[paper]
    return f"""
@page {{ size: {paper} portrait; margin: {_MARGIN}; }}
* {{ box-sizing: border-box; }}
body {{ margin: 0; padding: 0 0.5mm; background: #fff; color: #000; font: 11pt/1.4 system-ui, sans-serif; }}
:lang(ja) {{ word-break: auto-phrase; }}
.sheet {{ display: flex; flex-direction: column; gap: 4mm; min-height: calc({height} - 2 * {_MARGIN} - 1mm); }}
.sheet + .sheet {{ break-before: page; }}
header {{ display: flex; flex-wrap: wrap; gap: 2mm 8mm; align-items: baseline; justify-content: space-between; }}
h1 {{ margin: 0; font-size: 15pt; }}
h2 {{ margin: 0; font-size: 12pt; break-after: avoid; }}
p {{ margin: 0; }}
.name {{ flex: 0 1 auto; font-size: 12pt; }}
.line {{ display: inline-block; width: 62mm; border-bottom: 0.3mm solid #000; }}
.question {{ font-size: 12pt; white-space: pre-wrap; overflow-wrap: anywhere; }}
figure {{ width: 100%; margin: 0 auto; break-inside: avoid; }}
figure svg {{ display: block; width: 100%; height: auto; max-height: 122mm; }}
.of-key svg {{ max-height: 84mm; }}
.tables {{ display: flex; flex-wrap: wrap; gap: 3mm; align-items: flex-start; }}
.tables table {{ flex: 1 1 0; }}
table {{ border-collapse: collapse; font-size: 10pt; }}
tr {{ break-inside: avoid; }}
th, td {{ border: 0.25mm solid #000; padding: 0.8mm 2mm; text-align: start; font-weight: normal; }}
th[scope="row"] {{ white-space: nowrap; }}
.tables.of3 {{ gap: 2mm; }}
.tables.of3 table {{ font-size: 9pt; }}
.tables.of3 :is(th, td) {{ padding-inline: 1.2mm; }}
.answers {{ width: 100%; table-layout: fixed; }}
.answers :is(th, td) {{ white-space: normal; overflow-wrap: anywhere; }}
td.blank {{ min-width: 16mm; }}
td.asked {{ font-weight: bold; }}
.work {{ flex: 1 1 auto; min-height: 42mm; border: 0.25mm solid #000; padding: 1.5mm 2.5mm; font-size: 9pt;
  break-inside: avoid; }}
.steps {{ margin: 0; padding-inline-start: 10mm; font-size: 9.5pt; }}
.steps.two {{ columns: 2; column-gap: 8mm; }}
.steps li {{ break-inside: avoid; margin-bottom: 1mm; overflow-wrap: anywhere; }}
@media screen {{
  body {{ background: #d8dce4; padding: 1px; }}
  .sheet {{ width: min({width}, 100%); min-height: {height}; margin: 6mm auto; padding: {_MARGIN}; background: #fff; }}
}}
"""
