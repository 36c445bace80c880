/** The script of an installed page: the server's page as long as it answers, and what was here last while it does not. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const SOURCE = readFileSync(new URL("../../components/canvas/away_worker.js", import.meta.url), "utf-8");
const SCOPE = "https://school.example/playground/";
const AWAY = { version: "2", page: "away/1/page.html", files: ["away/1/page.html", "canvas/1/canvas.js"] };

/** @param {Record<string, string>} served */
function installed(served) {
  /** @type {Map<string, Map<string, Response>>} */
  const held = new Map([["backprop-playground away /playground/ 1", new Map()], ["backprop-playground pictures /playground/", new Map()]]);
  const server = { served, status: 200, isAway: false };
  const fetch = async (/** @type {any} */ request) => {
    if (server.isAway) throw new TypeError("no network");
    const text = server.served[(request.url ?? request).replace(SCOPE, "")];
    return new Response(text, { status: text === undefined ? 404 : server.status });
  };
  const caches = {
    open: async (/** @type {string} */ name) => {
      const cache = held.get(name) ?? new Map();
      held.set(name, cache);
      return { match: async (/** @type {string} */ url) => cache.get(url)?.clone(), put: async (/** @type {string} */ url, /** @type {Response} */ answer) => void cache.set(url, answer) };
    },
    keys: async () => [...held.keys()], delete: async (/** @type {string} */ name) => held.delete(name),
  };
  /** @type {Record<string, (event: any) => void>} */
  const listeners = {};
  vm.runInNewContext(SOURCE, vm.createContext({
    URL, Promise, Error, Response, Set, caches, fetch, away: AWAY, registration: { scope: SCOPE }, clients: { claim: async () => {} },
    skipWaiting: async () => {}, addEventListener: (/** @type {string} */ name, /** @type {(event: any) => void} */ act) => void (listeners[name] = act),
  }));
  const live = (/** @type {string} */ name) => new Promise((done, fail) => listeners[name]({ waitUntil: (/** @type {Promise<unknown>} */ all) => all.then(done, fail) }));
  /** @param {string} path @param {string} mode @param {string} method @returns {Promise<string> | null} */
  const get = (path, mode = "navigate", method = "GET") => {
    /** @type {Promise<Response> | null} */
    let answer = null;
    listeners.fetch({ request: { method, mode, url: new URL(path, SCOPE).href }, respondWith: (/** @type {any} */ given) => void (answer = given) });
    return answer && /** @type {Promise<Response>} */ (answer).then((found) => found.text());
  };
  return { held, server, live, get };
}

const SERVED = { "": "the page", "?graph=abc": "a link's page", "away/1/page.html": "the page while away", "canvas/1/canvas.js": "the canvas" };

test("while the server answers each page is its own, and what is kept is known by its content alone", async () => {
  const { live, get, held, server } = installed({ ...SERVED });
  await live("install");
  await live("activate");
  assert.deepEqual([...held.keys()].toSorted(), ["backprop-playground away /playground/ 2", "backprop-playground pictures /playground/"]);
  assert.deepEqual([await get("./"), await get("?graph=abc")], ["the page", "a link's page"]);
  server.served[""] = "a newer page";
  assert.equal(await get("./"), "a newer page");
  for (const [path, mode, method] of [["static/js/index.abc.js", "cors"], ["_stcore/health", "cors"], ["./", "navigate", "POST"], ["rooms/new", "navigate"]]) {
    assert.equal(get(path, mode, method), null, path);
  }
});

test("while the server is away, or a proxy says so, what was here last is shown", async () => {
  const { live, get, server } = installed({ ...SERVED });
  await live("install");
  server.status = 502;
  assert.equal(await get("./"), "the page while away");
  server.status = 404; // a server that knows no such page is there
  assert.equal(await get("./"), "the page");
  server.isAway = true;
  assert.deepEqual([await get("?graph=abc"), await get("canvas/1/canvas.js", "cors")], ["the page while away", "the canvas"]);
});

test("a version that does not come whole is not taken", async () => {
  const { live } = installed({ "away/1/page.html": "the page while away" });
  await assert.rejects(live("install"), /canvas\.js: 404/);
});
