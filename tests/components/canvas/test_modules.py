"""The canvas as one script: the forms of import and export that are known, and the refusal of all others."""

from __future__ import annotations

import subprocess

import pytest

from components.canvas import canvas_script, widget_module
from components.canvas.files import HERE, SERVICE_WORKER, SITE, WORKER, canvas_module, canvas_modules
from components.canvas.javascript import code_only
from components.canvas.modules import ModuleError, as_one_script, read_modules
from tests.browser.server import ROOT

FILES = {
    "index.js": """
        import { double, Named as Renamed } from "./parts/tools.js";
        import * as tools from './parts/tools.js';
        import {
          DEPTH,
        } from "./parts/deep/deepest.js";
        import { again } from "./parts/passed_on.js";
        export const text = `import ${double(`${DEPTH}`)} from "nowhere"`; // export * from "nowhere.js"
        const pattern = /import "[^/]/g, divided = 8 / 2 / 1;
        export const told = [text, new Renamed().name, tools.hidden, pattern.source, divided, again(1), "export {"];
    """,
    "parts/tools.js": """
        import { DEPTH } from "./deep/deepest.js";
        /* import "./comment.js"; */
        export function double(value) { return value + value; }
        export class Named { get name() { return "named at " + DEPTH; } }
        const secret = "kept";
        export { secret as hidden };
    """,
    "parts/deep/deepest.js": "export const DEPTH = 2;",
    "parts/passed_on.js": """
        export { double as again } from "./tools.js";
        export async function later() { return 1; }
    """,
    "unused.js": "export const unused = 1;",
}


def test_a_module_stands_behind_those_that_it_imports_from_and_others_are_left_out() -> None:
    paths = [module.path for module in read_modules("index.js", FILES.__getitem__)]
    assert paths == ["parts/deep/deepest.js", "parts/tools.js", "parts/passed_on.js", "index.js"]


def test_the_one_script_runs_as_the_modules_do() -> None:
    told = "process.stdout.write(JSON.stringify(modules['index.js'].told));"
    script = as_one_script(read_modules("index.js", FILES.__getitem__)) + "\n" + told
    assert run(script) == ('["import 22 from \\"nowhere\\"","named at 2","kept","import \\"[^/]",4,2,"export {"]')


@pytest.mark.parametrize(
    "source",
    [
        'import parts from "./parts.js";',
        'import "./parts.js";',
        'import { a } from "parts";',
        'import { a } from "./parts.css";',
        'import { "a b" as c } from "./parts.js";',
        'const parts = await import("./parts.js");',
        "const here = import.meta.url;",
        'export * from "./parts.js";',
        "export default 1;",
        "export let counted = 0;",
        "export var counted = 0;",
        "export function* each() {}",
        "export const { a, b } = { a: 1, b: 2 };",
        '{ import { a } from "./parts.js"; }',
    ],
)
def test_a_form_that_is_not_known_is_refused(source: str) -> None:
    files = {"entry.js": f"// first\n{source}\n", "parts.js": "export const a = 1;"}
    with pytest.raises(ModuleError, match=r"^entry\.js"):
        as_one_script(read_modules("entry.js", files.__getitem__))


def test_a_circle_is_refused_and_shown() -> None:
    files = {
        "a.js": 'import { b } from "./b.js";\nexport const a = 1;',
        "b.js": 'import { a } from "./a.js";\nexport const b = 1;',
    }
    with pytest.raises(ModuleError, match=r"a\.js → b\.js → a\.js"):
        read_modules("a.js", files.__getitem__)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("a // b\nc", "a     \nc"),
        ("a /* b\n */ c", "a     \n    c"),
        ("'it\\'s' + \"x\"", "        +    "),
        ("a / b / c", "a / b / c"),
        ("f(/[/`]/g)", "f(       )"),
        ("return /x/.test(a)", "return    .test(a)"),
        ("(a) / b / (c)", "(a) / b / (c)"),
        ("`a${b + `c${d}`}e` + f", "    b +     d      + f"),
        ("`a` / b / c", "    / b / c"),
        ("{ `${{ a: 1 }.a}` }", "{    { a: 1 }.a   }"),
    ],
)
def test_code_is_told_from_comments_texts_and_patterns(source: str, code: str) -> None:
    assert code_only(source) == code


def test_every_module_is_needed_and_every_style_sheet_stands_beside_its_module() -> None:
    apart = {"mount.js", "mount_lessons.js", "loader.js", "reconnection.js"}  # what Streamlit carries itself
    apart |= {"loading.js", "away_loading.js"}  # what takes the others in
    apart |= {*WORKER, SERVICE_WORKER, "away_worker.js"}  # what a browser loads by itself
    files = [path for path in HERE.rglob("*.js") if code_only(path.read_text("utf-8")).split() != ["export", "{};"]]
    paths = {path.relative_to(HERE).as_posix() for path in files}  # a file of types alone is read by tsc only
    needed = {module.path for entry in ("index.js", "widget.js", SITE) for module in canvas_modules(entry)}
    assert paths - apart == needed
    for sheet in HERE.rglob("*.css"):
        assert sheet.with_suffix(".js").is_file(), sheet


def test_the_canvas_is_one_script_that_can_be_read() -> None:
    run(canvas_script(), "--check")


def test_the_widget_is_a_module_that_exports_how_it_is_drawn() -> None:
    assert (
        run(widget_module().replace("export default", "const made =") + "\nprocess.stdout.write(typeof made.render);")
        == "function"
    )


def test_the_served_canvas_is_a_module_that_exports_its_start() -> None:
    assert run(canvas_module() + "\nprocess.stdout.write(typeof start);") == "function"


def run(script: str, *options: str) -> str:
    command = ["sh", str(ROOT / "tools/node.sh"), "--input-type=module", *options, "-"]
    done = subprocess.run(command, input=script, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout
