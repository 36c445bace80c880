/** What CONTRIBUTING says of the canvas is done in a copy of it: a panel's script, a menu's entry, and the events they send. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { after } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const TSC = path.join(ROOT, "node_modules/typescript/bin/tsc");
const CONTRIBUTING = readFileSync(path.join(ROOT, "CONTRIBUTING.md"), "utf-8");

const home = mkdtempSync(path.join(tmpdir(), "canvas-"));
after(() => rmSync(home, { recursive: true }));
/** @param {string} file */
const inCopy = (file) => path.join(home, "canvas", file);

/** The example in JavaScript below a title. @param {string} title */
function exampleOf(title) {
  const section = CONTRIBUTING.split(`\n## ${title}\n`)[1].split("\n## ")[0];
  return /```js\n(.*?)```/s.exec(section)?.[1] ?? assert.fail(`${title}: no example`);
}

/** @param {string} file @param {string} before @param {string} after */
function replace(file, before, after) {
  const text = readFileSync(inCopy(file), "utf-8");
  assert.equal(text.split(before).length, 2, `${before} in ${file}`);
  writeFileSync(inCopy(file), text.replace(before, after));
}

/** The files of which the types are wrong, each once. */
function filesWithErrors() {
  const { stdout } = spawnSync(process.execPath, [TSC, "--project", home], { encoding: "utf-8" });
  return [...new Set([...stdout.matchAll(/canvas\/([\w/]+\.js)\(/g)].map(([, file]) => file))].sort();
}

test("a panel's script and a menu's entry are a file and a line each, and tsc says which type is missing", async () => {
  cpSync(path.join(ROOT, "components/canvas"), path.join(home, "canvas"), { recursive: true });
  const tsconfig = JSON.parse(readFileSync(path.join(ROOT, "tsconfig.json"), "utf-8"));
  writeFileSync(path.join(home, "tsconfig.json"), JSON.stringify({
    compilerOptions: { ...tsconfig.compilerOptions, types: [] }, include: ["canvas/**/*.js", "canvas/**/*.d.ts"],
  }));
  writeFileSync(path.join(home, "package.json"), '{"type": "module"}');
  writeFileSync(inCopy("menu/flip.js"), exampleOf("Adding an entry to the menu"));
  writeFileSync(inCopy("panels/size.js"), exampleOf("Adding a panel"));
  writeFileSync(inCopy("menu/begin.js"), exampleOf("Adding an entry to the menu")
    .replaceAll("flip", "begin").replace("model.edit", "model.command"));
  replace("menu/entries.js", "\nimport { latexEntry", '\nimport { flipEntry } from "./flip.js";\nimport { latexEntry');
  replace("menu/entries.js", "const MAKERS = [\n", "const MAKERS = [\n  flipEntry,\n");
  replace("panels/panels.js", '\nimport { StepsPanel', '\nimport { SizePanel } from "./size.js";\nimport { StepsPanel');
  replace("panels/panels.js", "const PANELS = {\n", "const PANELS = {\n  size: SizePanel,\n");

  if (existsSync(TSC)) {
    assert.deepEqual(filesWithErrors(), ["menu/begin.js", "menu/flip.js", "panels/size.js"]);
    replace("model/types/event_types.js", " * @typedef {AddNode | Connect", ' * @typedef {{type: "flip"} | AddNode | Connect');
    replace("model/types/event_types.js", " * @typedef {PlainCommand | Tidy", ' * @typedef {{type: "begin"} | PlainCommand | Tidy');
    replace("model/types/picture_types.js", " * @property {string} [panelTrouble]", " * @property {string} [size]\n * @property {string} [panelTrouble]");
    replace("model/types/exchange_types.js", " * @property {number} exponent\n", " * @property {number} exponent\n * @property {number} [more]\n");
    assert.deepEqual(filesWithErrors(), []);
  }

  /** @type {unknown[]} */
  const sent = [];
  const model = { edit: (/** @type {unknown} */ event) => sent.push(event), lookAt: (/** @type {unknown} */ look) => sent.push(look) };
  const { menuEntries } = await import(pathToFileURL(inCopy("menu/entries.js")).href);
  const [flip] = menuEntries({ model });
  flip.press();
  assert.deepEqual([flip.name, flip.text, sent], ["flip", "Flip", [{ type: "flip" }]]);

  Object.defineProperty(globalThis, "document", { value: { createElement: () => new FakeElement() } });
  const { SizePanel } = await import(pathToFileURL(inCopy("panels/size.js")).href);
  const panel = new SizePanel({ model });
  panel.show({ size: "5 nodes" });
  const [count, more] = panel.box.children;
  more.press();
  assert.deepEqual([count.textContent, sent.at(-1)], ["5 nodes", { more: 1 }]);
});

/** As much of an element as a panel of text and a button needs: node has no DOM. */
class FakeElement {
  textContent = "";
  /** @type {unknown[]} */
  children = [];
  press = () => {};

  /** @param {unknown[]} children */
  append(...children) {
    this.children.push(...children);
  }

  /** @param {string} _ @param {() => void} act */
  addEventListener(_, act) {
    this.press = act;
  }

  setAttribute() {}
}
