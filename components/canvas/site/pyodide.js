/**
 * Begin Pyodide: anew, or with the memory that an earlier visit has kept. For the second all that stands outside of the
 * memory has to be as it was: WebAssembly's table, in which each library has a place by the order in which they are
 * loaded, and the files. So libraries are loaded before Python begins, always the same in the same order.
 *
 * @typedef {import("./kept_memory.js").KeptMemory} KeptMemory
 *
 * @typedef {object} Settings Emscripten's, of which Pyodide has filled most
 * @property {((module: Module) => void)[]} preRun
 *
 * @typedef {object} Module Emscripten's
 * @property {WebAssembly.Table} wasmTable
 * @property {Int8Array} HEAP8 all memory
 * @property {(bytes: number) => number} _malloc
 * @property {{loadedLibsByName: Record<string, Library>, loadedLibsByHandle: Record<string, Library>}} LDSO
 * @property {(binary: WebAssembly.Module, flags: object, name: string, scope: object) => Promise<object>} loadWebAssemblyModule
 * @property {(name: string) => void} addRunDependency
 * @property {(name: string) => void} removeRunDependency
 * @property {Disk} FS
 *
 * @typedef {{name: string, refcount: number, global: boolean, exports: object}} Library
 *
 * @typedef {object} Disk
 * @property {(path: string) => void} mkdirTree
 * @property {(path: string, content: Uint8Array, options?: {canOwn: boolean}) => void} writeFile
 * @property {(path: string) => string[]} readdir
 * @property {(path: string) => {mode: number}} stat
 * @property {(mode: number) => boolean} isDir
 * @property {(path: string) => Uint8Array<ArrayBuffer>} readFile
 *
 * @typedef {object} Pyodide
 * @property {(bytes: Uint8Array, format: string, options?: {extractDir: string}) => void} unpackArchive
 * @property {(name: string) => any} pyimport
 * @property {() => Uint8Array<ArrayBuffer>} makeMemorySnapshot
 *
 * @typedef {object} Beginning
 * @property {string} folder the address of Pyodide's own files
 * @property {string} factory the name of the script there that makes its module
 * @property {Record<string, string>} environment
 * @property {[place: string, content: Uint8Array<ArrayBuffer>][]} libraries
 */

/** Emscripten loads nothing twice that has this count of users. */
const FOR_EVER = Infinity;

/**
 * @param {Beginning} beginning
 * @param {object} more
 * @param {KeptMemory | null} more.kept
 * @param {boolean} more.keeps whether the memory is to be kept
 */
export async function startPyodide({ folder, factory, environment, libraries }, { kept, keeps }) {
  const compiled = libraries.map(async ([place, content]) => /** @type {const} */ ([place, await WebAssembly.compile(content)]));
  for (const each of compiled) each.catch(() => {}); // told where it is waited for
  const { default: made } = await import(`${folder}${factory}`);
  const global = /** @type {{_createPyodideModule?: Function}} */ (globalThis);
  const create = made ?? global._createPyodideModule;
  /** @type {Module | undefined} */
  let module;
  let tableBefore = 0;
  const createPyodideModule = async (/** @type {Settings} */ settings) => {
    /** @type {unknown} */
    let fault;
    settings.preRun.push((begun) => {
      begun.addRunDependency("libraries");
      loadLibraries(begun, compiled).catch((error) => (fault = error)).finally(() => begun.removeRunDependency("libraries"));
    });
    module = /** @type {Module} */ (await create(settings));
    if (fault !== undefined) throw fault;
    tableBefore = module.wasmTable.length;
    if (kept) layOut(module, kept);
    return module;
  };
  global._createPyodideModule = createPyodideModule; // where versions before 314 look for it
  const { loadPyodide } = await import(`${folder}pyodide.mjs`);
  const memory = kept ? { _loadSnapshot: kept.memory } : { _makeSnapshot: keeps };
  /** @type {Pyodide} */
  const pyodide = await loadPyodide({ indexURL: folder, env: environment, createPyodideModule, ...memory });
  return { pyodide, module: /** @type {Module} */ (module), tableBefore };
}

/**
 * What a later visit begins with; undefined where it could not: a library has come that no visit loads beforehand, or
 * Python holds something of this page.
 * @param {Awaited<ReturnType<typeof startPyodide>>} started
 * @param {string} home the folder with all files
 * @param {readonly string[]} places of the libraries
 * @returns {KeptMemory | undefined}
 */
export function memoryOf({ pyodide, module, tableBefore }, home, places) {
  const { loadedLibsByName, loadedLibsByHandle } = module.LDSO;
  const unknown = Object.keys(loadedLibsByName).filter((name) => name !== "__main__" && !places.includes(name));
  if (unknown.length > 0) {
    console.warn("Python's memory is not kept: these libraries came late.", unknown);
    return undefined;
  }
  let memory;
  try {
    memory = pyodide.makeMemorySnapshot();
  } catch (error) {
    console.warn("Python's memory is not kept.", error);
    return undefined;
  }
  const handles = Object.entries(loadedLibsByHandle).filter(([, { name }]) => name !== "__main__")
    .map(([handle, { name }]) => /** @type {[string, string]} */ ([handle, name]));
  const files = [...filesIn(module.FS, home)].filter((path) => !places.includes(path))
    .map((path) => /** @type {[string, Uint8Array<ArrayBuffer>]} */ ([path, module.FS.readFile(path)]));
  return { layout: { heap: module.HEAP8.length, tableBefore, table: module.wasmTable.length, handles }, memory, files };
}

/**
 * @param {Module} module
 * @param {Promise<readonly [place: string, module: WebAssembly.Module]>[]} compiled
 */
async function loadLibraries({ LDSO, loadWebAssemblyModule }, compiled) {
  for (const each of compiled) {
    const [name, binary] = await each; // one after the other: the order is the layout
    const exports = await loadWebAssemblyModule(binary, { loadAsync: true, global: false, nodelete: true }, name, {});
    LDSO.loadedLibsByName[name] = { name, refcount: FOR_EVER, global: false, exports };
  }
}

/**
 * Make all around the memory as it was.
 * @param {Module} module
 * @param {KeptMemory} kept
 */
function layOut(module, { layout: { heap, tableBefore, table, handles }, files }) {
  const { wasmTable, LDSO, FS } = module;
  while (module.HEAP8.length < heap) { // what is asked for here is written over with all else
    if (module._malloc(heap - module.HEAP8.length) === 0) throw new Error("There is no room for Python's memory.");
  }
  module.HEAP8.fill(0, heap);
  if (wasmTable.length !== tableBefore) throw new Error("Python's memory was kept by another browser.");
  wasmTable.grow(table - tableBefore);
  for (const [handle, name] of handles) LDSO.loadedLibsByHandle[handle] = LDSO.loadedLibsByName[name];
  for (const [path, content] of files) {
    FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    FS.writeFile(path, content, { canOwn: true });
  }
}

/**
 * @param {Disk} disk
 * @param {string} folder
 * @returns {Generator<string>}
 */
function* filesIn(disk, folder) {
  for (const name of disk.readdir(folder)) {
    if (name === "." || name === "..") continue;
    const path = `${folder}/${name}`;
    if (disk.isDir(disk.stat(path).mode)) yield* filesIn(disk, path);
    else yield path;
  }
}
