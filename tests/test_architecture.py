"""Imports go one way down between packages, and through their faces; engine ← components ← the page."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# Each module of the engine's core may import only from those before it.
CORE = ["config", "description", "arraylike", "strong_zeros", "arrays", "rules", "core", "variants", "gradient_check"]

# Each package may import only from those before it; those of one row know nothing of each other.
FLOORS = [
    ["engine.errors", "engine.limits", "engine.messages", "engine.pieces"],
    ["engine.autograd", "engine.notation"],
    ["engine.document"],
    ["engine.formula", "engine.evaluation", "engine.lessons"],
    ["engine.replay", "engine.picture"],
    ["engine.training", "engine.explain"],
    ["engine.edits", "engine.diagnosis"],
    ["engine.tasks", "engine.display", "engine.command"],
    ["components.border", "components.server", "components.equations", "components.manifest"],
    ["components.text", "components.protection", "components.monitoring"],
    ["components.picture"],
    ["components.panels", "components.exports"],
    ["components.exchange"],
    ["components.state"],
    ["components.canvas", "components.channel", "components.rooms"],
    ["components.page", "components.site"],
    ["components.command", "components.notebook"],
]
PACKAGES = [package for floor in FLOORS for package in floor]
ENGINE_LIBRARIES = {"numpy", "networkx", "pydantic", "tomlkit"}


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Yield the full name of every module that a file imports, at any depth of it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module is not None
            yield node.module


@pytest.mark.parametrize("path", modules("engine"), ids=lambda path: str(path.relative_to(ROOT)))
def test_the_engine_knows_no_page(path: Path) -> None:
    foreign = {name.partition(".")[0] for name in imports(path)} - set(sys.stdlib_module_names)
    assert foreign <= ENGINE_LIBRARIES | {"engine"}


def package_of(module: str) -> str:
    return ".".join(module.split(".")[:2])


@pytest.mark.parametrize(
    "path", [*modules("engine"), *modules("components")], ids=lambda path: str(path.relative_to(ROOT))
)
def test_packages_import_one_way_down_and_through_faces(path: Path) -> None:
    own = package_of(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    if own in ("engine", "components", "engine.__main__"):  # the faces of the two houses hand on from everywhere
        return
    (floor,) = [place for place, packages in enumerate(FLOORS) if own in packages]
    below = {package for packages in FLOORS[:floor] for package in packages}
    for name in imports(path):
        if name.startswith(("engine.", "components.")) and package_of(name) != own:
            assert package_of(name) in below, f"{own} imports {name}"
            assert name == package_of(name), f"{own} reaches past the face of {package_of(name)}: {name}"


def test_the_engine_has_eight_floors() -> None:
    assert sum(packages[0].startswith("engine.") for packages in FLOORS) <= 8


def test_every_package_says_what_it_is_for() -> None:
    for package in PACKAGES:
        face = ROOT / package.replace(".", "/") / "__init__.py"
        assert not face.parent.is_dir() or ast.get_docstring(ast.parse(face.read_text("utf-8"))), package


@pytest.mark.parametrize("name", CORE)
def test_the_core_is_a_chain(name: str) -> None:
    tree = ast.parse((ROOT / "engine/autograd" / f"{name}.py").read_text("utf-8"))
    # At the top of the file: `backward` and the operators meet what is built on Variable only when they are called.
    top = [node.module for node in tree.body if isinstance(node, ast.ImportFrom) and node.module is not None]
    later = {f"engine.autograd.{other}" for other in CORE[CORE.index(name) :]}
    assert not later & set(top)


FAMILIES = [path for path in modules("engine/autograd/functions") if path.name != "__init__.py"]


@pytest.mark.parametrize("path", FAMILIES, ids=lambda path: path.name)
def test_an_op_needs_only_function(path: Path) -> None:
    own = {name for name in imports(path) if name.startswith("engine")}
    families = {f"engine.autograd.functions.{other.stem}" for other in FAMILIES}
    assert (
        own
        <= {
            "engine.autograd.core",
            "engine.autograd.arraylike",
            "engine.autograd.arrays",
            "engine.autograd.parameters",
            "engine.autograd.strong_zeros",
            "engine.errors",
            "engine.messages",
        }
        | families
    )


def test_only_edits_make_changed_graphs() -> None:
    makers = {
        "with_parameters",
        "with_nodes",
        "with_new_node",
        "with_edge",
        "without_edge",
        "without_nodes",
        "with_output",
    }
    for path in [*modules("engine"), *modules("components")]:
        called = {
            node.func.attr
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        }
        # What training comes to is a graph too, and so is what a nudge runs; only edits put one in another's place.
        makes_its_own = path.parent.name in ("edits", "training") or path.name in ("graph.py", "nudged_runs.py")
        assert not called & makers or makes_its_own, path


def test_only_the_host_uses_streamlits_state() -> None:
    for path in [*modules("components"), ROOT / "streamlit_app.py"]:
        assert "session_state" not in _code(path) or path.name == "host.py", path


def test_only_hosts_know_streamlit() -> None:
    hosts = {"page", "canvas", "server", "command"}
    for path in modules("components"):
        if path.relative_to(ROOT / "components").parts[0] not in hosts:
            assert not [name for name in imports(path) if name.partition(".")[0] == "streamlit"], path


def test_only_the_drawing_imports_pyvis_network() -> None:
    for path in modules("components"):
        assert "pyvis.network" not in set(imports(path)) or path.name == "drawing.py", path


def test_data_never_becomes_markup_in_the_browser() -> None:
    for path in (ROOT / "components/canvas").rglob("*.js"):
        source = path.read_text("utf-8")
        for sink in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"):
            assert sink not in source, f"{path.name}: {sink}"


def _code(path: Path) -> set[str]:
    """Return the names and attributes that a file uses; its texts do not count."""
    tree = ast.parse(path.read_text("utf-8"))
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
