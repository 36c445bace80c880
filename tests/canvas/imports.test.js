/** The canvas's folders build on each other one way, in types too; only the composition root knows all of them. */

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../components/canvas", import.meta.url));
/** Each may import from itself and from those before it. */
const FLOORS = ["parts", "model", "drawing", "gestures", "descent", "training", "panels", "room", "menu", "canvas.js", "away.js", "early_place.js", "index.js", "widget.js", "site", "site.js"];
/** The same of the model's folders; what stands in the model itself is above them. */
const MODEL_FLOORS = ["types", "graph", "exchange", "kept", "text", "lesson", "room"];
/** What of the parts needs no DOM when it runs: the model may have these. */
const WITHOUT_DOM = ["parts/messages.js", "parts/numbers.js", "parts/math.js", "parts/theme.js"];
const APART = ["mount.js", "mount_lessons.js", "loading.js", "away_loading.js", "away_worker.js", "loader.js", "reconnection.js", "site/service_worker.js"];
const LONGEST_FILE = 350;

const FILES = readdirSync(ROOT, { recursive: true, encoding: "utf-8" })
  .map((file) => file.split(path.sep).join("/")).filter((file) => file.endsWith(".js") && !APART.includes(file));

/** @param {string} file */
const sourceOf = (file) => readFileSync(path.join(ROOT, file), "utf-8");

/** What a file imports, by import lines or in its types. @param {string} file */
function importsOf(file) {
  const found = sourceOf(file).matchAll(/(?:from |import\()"(\.[^"]+)"/g);
  return [...found].map(([, target]) => path.posix.join(path.posix.dirname(file), target));
}

/** @param {string} file */
const floorOf = (file) => FLOORS.indexOf(file.split("/")[0]);

test("folders import one way down", () => {
  for (const file of FILES) {
    assert.ok(floorOf(file) >= 0, `${file} stands on no floor`);
    for (const target of importsOf(file)) assert.ok(floorOf(target) <= floorOf(file), `${file} imports ${target}`);
  }
});

test("the model's folders import one way down", () => {
  /** @param {string} file */
  const modelFloorOf = (file) => {
    const folders = file.split("/").slice(1, -1);
    return folders.length ? MODEL_FLOORS.indexOf(folders[0]) : MODEL_FLOORS.length;
  };
  for (const file of FILES.filter((each) => each.startsWith("model/"))) {
    assert.ok(modelFloorOf(file) >= 0, `${file} stands on no floor`);
    for (const target of importsOf(file).filter((each) => each.startsWith("model/"))) {
      assert.ok(modelFloorOf(target) <= modelFloorOf(file), `${file} imports ${target}`);
    }
  }
});

test("the model knows no DOM", () => {
  for (const file of FILES.filter((each) => each.startsWith("model/"))) {
    for (const target of importsOf(file)) {
      assert.ok(target.startsWith("model/") || WITHOUT_DOM.includes(target), `${file} imports ${target}`);
    }
    const code = sourceOf(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
    assert.doesNotMatch(code, /\b(globalThis|HTMLElement|localStorage|requestAnimationFrame|addEventListener)\b|[^.]\bdocument\.create/, file);
  }
});

test("no file imports itself over others, not even in types", () => {
  /** @type {Set<string>} */
  const done = new Set();
  /** @param {string} file @param {string[]} way */
  const visit = (file, way) => {
    assert.ok(!way.includes(file), [...way, file].join(" → "));
    if (done.has(file)) return;
    for (const target of importsOf(file)) visit(target, [...way, file]);
    done.add(file);
  };
  for (const file of FILES) visit(file, []);
});

test("nothing is reached through a parent", () => {
  for (const file of FILES.filter((each) => each !== "canvas.js")) {
    assert.doesNotMatch(sourceOf(file), /\bthis\.(parent|root|owner|app)\.\w+\.\w+\(/, file);
    assert.ok(!importsOf(file).includes("canvas.js") || ["away.js", "early_place.js", "index.js", "widget.js", "site.js"].includes(file), file);
  }
});

test("files stay short", () => {
  for (const file of FILES) {
    const lines = sourceOf(file).split("\n").length;
    assert.ok(lines <= LONGEST_FILE, `${file} has ${lines} lines`);
  }
});

test("messages stand where the tool that collects them finds them: never inside of a template", () => {
  for (const file of FILES) assert.doesNotMatch(sourceOf(file), /\$\{[^}]*\b(say|sayCount|mark)\(/, file);
});

test("other tabs are asked alike before the canvas's modules are there, of which none can be imported then", () => {
  const [early, late] = ["loading.js", "parts/browser_storage.js"].map((file) => {
    const [body] = sourceOf(file).match(/function askTabs\(\) \{[\s\S]*?\n\}/) ?? [];
    return body?.replace(/\/\*[\s\S]*?\*\/\s*/g, "").replace("CHANNEL", sourceOf(file).match(/const CHANNEL = (".*");/)?.[1] ?? "CHANNEL");
  });
  assert.ok(early);
  assert.equal(early, late);
});
