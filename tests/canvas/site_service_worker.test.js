/** The script that keeps a site in the browser: a version is whole or is not taken, and is shown without a network. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const SOURCE = readFileSync(new URL("../../components/canvas/site/service_worker.js", import.meta.url), "utf-8");
const SCOPE = "https://school.example/playground/";

/** What a browser keeps of all versions, and what stands at the site's address. */
function browser() {
  /** @type {Map<string, Map<string, Response>>} */
  const held = new Map();
  const open = async (/** @type {string} */ name) => {
    const cache = held.get(name) ?? new Map();
    held.set(name, cache);
    return {
      match: async (/** @type {string} */ url) => cache.get(url)?.clone(),
      put: async (/** @type {string} */ url, /** @type {Response} */ answer) => void cache.set(url, answer),
    };
  };
  const caches = {
    open, keys: async () => [...held.keys()], delete: async (/** @type {string} */ name) => held.delete(name),
    match: async (/** @type {string} */ url) => [...held.values()].map((cache) => cache.get(url)?.clone()).find((found) => found),
  };
  const site = { served: /** @type {Record<string, string>} */ ({}), asked: /** @type {string[]} */ ([]), isAway: false };
  const fetch = async (/** @type {any} */ request) => {
    const url = typeof request === "string" ? request : request.url;
    site.asked.push(url.replace(SCOPE, ""));
    if (site.isAway) throw new TypeError("no network");
    const text = site.served[url.replace(SCOPE, "")];
    return text === undefined ? new Response("", { status: 404 }) : new Response(text);
  };
  return { held, caches, site, fetch };
}

/** @param {ReturnType<typeof browser>} around @param {object} version */
function worker({ caches, fetch }, version) {
  /** @type {Record<string, (event: any) => void>} */
  const listeners = {};
  const scope = { URL, Promise, Error, caches, fetch, site: version, registration: { scope: SCOPE }, clients: { claim: async () => {} },
    addEventListener: (/** @type {string} */ name, /** @type {(event: any) => void} */ act) => void (listeners[name] = act) };
  vm.runInNewContext(SOURCE, vm.createContext(scope));
  const live = (/** @type {string} */ name) => new Promise((done, fail) => listeners[name]({
    waitUntil: (/** @type {Promise<unknown>} */ all) => all.then(done, fail),
  }));
  return {
    install: () => live("install"), activate: () => live("activate"),
    /** @param {string} path @param {string} [method] @returns {Promise<string> | null} */
    get: (path, method = "GET") => {
      /** @type {Promise<Response> | null} */
      let answer = null;
      listeners.fetch({ request: { method, url: new URL(path, SCOPE).href }, respondWith: (/** @type {any} */ given) => void (answer = given) });
      return answer && /** @type {Promise<Response>} */ (answer).then((found) => found.text());
    },
  };
}

const FIRST = { version: "1", lasting: ["a-1/one.js", "a-1/two.zip"], changing: ["./", "manifest.webmanifest"] };
const SECOND = { version: "2", lasting: ["a-1/one.js", "a-2/two.zip"], changing: ["./", "manifest.webmanifest"] };
const PAGES = { "": "page 1", "manifest.webmanifest": "{}", "a-1/one.js": "one", "a-1/two.zip": "two" };

test("all of a version is shown without a network, the page at each of its addresses", async () => {
  const around = browser();
  Object.assign(around.site.served, PAGES);
  const first = worker(around, FIRST);
  await first.install();
  await first.activate();
  around.site.isAway = true;
  for (const path of ["./", "index.html", "?graph=abc&lang=ja"]) assert.equal(await first.get(path), "page 1");
  assert.equal(await first.get("a-1/two.zip"), "two");
});

test("another version asks only for what is new, and puts the old one away once it is whole", async () => {
  const around = browser();
  Object.assign(around.site.served, PAGES);
  await worker(around, FIRST).install();
  around.held.set("backprop-playground /other/ 7", new Map()); // another site of this origin
  Object.assign(around.site.served, { "": "page 2", "a-2/two.zip": "two, anew" });
  around.site.asked.length = 0;
  const second = worker(around, SECOND);
  await second.install();
  assert.deepEqual(around.site.asked.toSorted(), ["", "a-2/two.zip", "manifest.webmanifest"]);
  assert.equal(around.held.size, 3);
  await second.activate();
  assert.deepEqual([...around.held.keys()].toSorted(), ["backprop-playground /other/ 7", "backprop-playground /playground/ 2"]);
  assert.equal(await second.get("./"), "page 2");
});

test("a version that does not come whole is not taken", async () => {
  const around = browser();
  Object.assign(around.site.served, PAGES);
  const first = worker(around, FIRST);
  await first.install();
  await assert.rejects(worker(around, SECOND).install(), /404/);
  assert.equal(await first.get("./"), "page 1");
});

test("what is no part of the site goes past it", () => {
  const first = worker(browser(), FIRST);
  assert.equal(first.get("https://school.example/elsewhere"), null);
  assert.equal(first.get("./", "POST"), null);
});
