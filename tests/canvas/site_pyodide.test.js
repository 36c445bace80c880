/** Pyodide begins anew or from kept memory: libraries come first and in order, and all around the memory is as it was. */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";

import { memoryOf, startPyodide } from "../../components/canvas/site/pyodide.js";

const HOME = "/playground";
const EMPTY_WASM = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
/** @type {[string, Uint8Array<ArrayBuffer>][]} */
const LIBRARIES = [["/playground/one.so", EMPTY_WASM], ["/playground/two.so", EMPTY_WASM]];
const around = /** @type {any} */ (globalThis);

/** A Pyodide that notes what is done to it. @param {boolean} isOld whether its script names the factory globally */
function distribution(isOld) {
  const folder = mkdtempSync(path.join(tmpdir(), "pyodide-"));
  after(() => rmSync(folder, { recursive: true }));
  const factory = isOld ? "pyodide.asm.js" : "pyodide.asm.mjs";
  writeFileSync(path.join(folder, "package.json"), '{"type": "module"}');
  writeFileSync(path.join(folder, factory), isOld ? "globalThis._createPyodideModule = globalThis.create" : "export default globalThis.create");
  const way = isOld ? "globalThis._createPyodideModule" : "options.createPyodideModule";
  writeFileSync(path.join(folder, "pyodide.mjs"), `export async function loadPyodide(options) {
    globalThis.noted.push(options._loadSnapshot ? "begins with memory" : options._makeSnapshot ? "can be kept" : "begins");
    const module = await ${way}({ preRun: [] });
    return { module, makeMemorySnapshot: () => new Uint8Array([1, 2]) };
  }`);
  return { folder: pathToFileURL(`${folder}/`).href, factory, environment: {}, libraries: LIBRARIES };
}

/** @type {Map<string, string>} */
let disk;
/** @type {any} */
let made;

beforeEach(() => {
  disk = new Map([[`${HOME}/a.py`, "a"], [`${HOME}/one.so`, "so"]]);
  around.noted = [];
  around.create = async (/** @type {any} */ settings) => {
    let waits = 0;
    const table = { length: 100, grow: (/** @type {number} */ more) => void (table.length += more) };
    made = {
      wasmTable: table, HEAP8: new Int8Array(4), LDSO: { loadedLibsByName: { __main__: { name: "__main__" } }, loadedLibsByHandle: {} },
      _malloc: (/** @type {number} */ more) => { made.HEAP8 = new Int8Array(made.HEAP8.length + more).fill(9); return 1; },
      addRunDependency: () => void (waits += 1), removeRunDependency: () => void (waits -= 1),
      loadWebAssemblyModule: async (/** @type {object} */ _binary, /** @type {object} */ _flags, /** @type {string} */ name) => {
        around.noted.push(name);
        table.grow(name.length);
        return {};
      },
      FS: {
        readdir: () => [".", "..", ...[...disk.keys()].map((each) => each.slice(HOME.length + 1))],
        stat: () => ({ mode: 0 }), isDir: () => false, readFile: (/** @type {string} */ file) => new TextEncoder().encode(disk.get(file)),
        mkdirTree: () => {}, writeFile: (/** @type {string} */ file, /** @type {Uint8Array} */ content) => disk.set(file, new TextDecoder().decode(content)),
      },
    };
    for (const act of settings.preRun) act(made);
    while (waits > 0) await new Promise((done) => setImmediate(done));
    return made;
  };
});

const BEFORE = 100 + 2 * "/playground/one.so".length;
const kept = () => ({
  layout: { heap: 6, tableBefore: BEFORE, table: BEFORE + 3, handles: [/** @type {[string, string]} */ (["12", "/playground/two.so"])] },
  memory: new Uint8Array([1, 2]), files: [/** @type {[string, Uint8Array<ArrayBuffer>]} */ ([`${HOME}/b.py`, new TextEncoder().encode("b")])],
});

for (const isOld of [false, true]) {
  test(`libraries are loaded in their order before Python begins, ${isOld ? "in an older version too" : "and found by their places"}`, async () => {
    const { tableBefore } = await startPyodide(distribution(isOld), { kept: null, keeps: true });
    assert.deepEqual(around.noted, ["can be kept", "/playground/one.so", "/playground/two.so"]);
    assert.deepEqual([tableBefore, Object.keys(made.LDSO.loadedLibsByName)], [BEFORE, ["__main__", "/playground/one.so", "/playground/two.so"]]);
  });
}

test("what is kept holds the memory, the files but for the libraries, and how all was laid out", async () => {
  const started = await startPyodide(distribution(false), { kept: null, keeps: true });
  made.LDSO.loadedLibsByHandle[12] = made.LDSO.loadedLibsByName["/playground/two.so"];
  made.wasmTable.grow(3);
  const found = memoryOf(started, HOME, LIBRARIES.map(([place]) => place));
  assert.deepEqual(found, { ...kept(), layout: { ...kept().layout, heap: 4 }, files: [[`${HOME}/a.py`, new TextEncoder().encode("a")]] });
});

test("nothing is kept where a library came late, or Python holds something of the page", async () => {
  const started = await startPyodide(distribution(false), { kept: null, keeps: true });
  assert.equal(memoryOf(started, HOME, ["/playground/one.so"]), undefined);
  started.pyodide.makeMemorySnapshot = () => { throw new Error("Can't serialize"); };
  assert.equal(memoryOf(started, HOME, LIBRARIES.map(([place]) => place)), undefined);
});

test("a later visit finds table, handles, files and room as they were", async () => {
  await startPyodide(distribution(false), { kept: kept(), keeps: true });
  assert.equal(around.noted[0], "begins with memory");
  assert.deepEqual([made.wasmTable.length, made.HEAP8.length, disk.get(`${HOME}/b.py`)], [BEFORE + 3, 6, "b"]);
  assert.equal(made.LDSO.loadedLibsByHandle[12], made.LDSO.loadedLibsByName["/playground/two.so"]);
});

test("memory with another layout is refused", async () => {
  const other = kept();
  other.layout.tableBefore += 1;
  await assert.rejects(startPyodide(distribution(false), { kept: other, keeps: true }), /another browser/);
});

test("a library that cannot be loaded is told, and nothing waits for it", async () => {
  const beginning = distribution(false);
  beginning.libraries = [["/playground/bad.so", new Uint8Array([1])]];
  await assert.rejects(startPyodide(beginning, { kept: null, keeps: true }), WebAssembly.CompileError);
});
