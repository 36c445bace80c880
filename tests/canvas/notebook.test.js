/** Notebooks: Python's tests read the same file, and run the cells. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { notebook } from "../../components/canvas/model/text/notebook.js";

const CASES = JSON.parse(readFileSync(new URL("notebook.json", import.meta.url), "utf-8"));

for (const { graph, form, lines, notebook: expected } of CASES) {
  test(`the script ${form} of the graph ${graph} is written as a notebook`, () => {
    assert.deepEqual(notebook(lines, "# Title\n\nWhat it needs."), expected);
  });
}

test("an empty script is a notebook without code", () => {
  assert.deepEqual(notebook([], "Nothing").cells.map((cell) => cell.cell_type), ["markdown"]);
  assert.deepEqual(notebook(["", ""], "Nothing").cells.length, 1);
});
