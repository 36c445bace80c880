"""The graph with and without its block, opened in the page, and what is seen of it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from engine.document import Graph, to_link
from engine.edits import MakeBlock, Tidy, apply
from tests.browser.playground import Playground
from tests.browser.server import Server
from tests.engine.built import built

FLAT = apply(built("x=0.5 one=1 a=Neg(x) b=Exp(a) c=Add(one,b) y=Div(one,c) z=Square(y)"), Tidy())
SIGMOID = apply(FLAT, MakeBlock(id="s", nodes=["a", "b", "c", "y"], name="sigmoid"))
MEMBERS = ("a", "b", "c", "y")


def opened(page: Page, server: Server, graph: Graph) -> Playground:
    return Playground(page, f"{server.url}/?graph={to_link(graph)}").open()


def expect_folded(playground: Playground, name: str = "sigmoid") -> None:
    expect(playground.node(name)).to_be_visible()
    expect(playground.node("b")).to_have_count(0)
    expect(playground.cell(name, "data")).to_have_text("0.6225")
    expect(playground.cell(name, "grad")).to_have_text("1.245")
    expect(playground.cell(name, "inputs")).to_have_text("x, one")


def expect_unfolded(playground: Playground, name: str = "sigmoid") -> None:
    expect(playground.frame(name)).to_be_visible()
    expect(playground.node(name)).to_have_count(0)
    for member in MEMBERS:
        expect(playground.node(member)).to_be_visible()
