/** The files of the page without a server come into memory: out of the cache or the network, whole or not at all. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";

import { cacheName, fetchFiles } from "../../components/canvas/site/fetching.js";

const BASE = "https://school.example/playground/";

/** @param {Record<string, Uint8Array | string>} served by path */
function host(served) {
  /** @type {string[]} */
  const asked = [];
  return {
    asked,
    fetch: async (/** @type {string} */ url) => {
      asked.push(url.slice(BASE.length));
      const found = served[url.slice(BASE.length)];
      return found === undefined ? new Response("", { status: 404 }) : new Response(/** @type {BodyInit} */ (found));
    },
  };
}

function cache() {
  /** @type {Map<string, Response>} */
  const held = new Map();
  return {
    held,
    match: async (/** @type {any} */ url) => held.get(url)?.clone(),
    put: async (/** @type {any} */ url, /** @type {Response} */ answer) => void held.set(url, answer),
  };
}

/** @param {Map<string, Uint8Array>} files */
const texts = (files) => Object.fromEntries([...files].map(([url, bytes]) => [url.slice(BASE.length), new TextDecoder().decode(bytes)]));

test("files come by their addresses, and what travelled compressed is as it was", async () => {
  const { fetch, asked } = host({ "a/one.zip": "one", "a/core.wasm.deflated": deflateSync("a program") });
  /** @type {number[]} */
  const told = [];
  const files = await fetchFiles([{ path: "a/one.zip", bytes: 3 }, { path: "a/core.wasm", bytes: 9, deflated: true }],
    { base: BASE, fetch, cache: null }, (share) => told.push(share));
  assert.deepEqual(texts(files), { "a/one.zip": "one", "a/core.wasm": "a program" });
  assert.deepEqual(asked.toSorted(), ["a/core.wasm.deflated", "a/one.zip"]);
  assert.equal(told.at(-1), 1);
  assert.deepEqual(told.toSorted((a, b) => a - b), told);
});

test("what was fetched once comes out of the cache, without a network", async () => {
  const [kept, wanted] = [cache(), [{ path: "one.zip", bytes: 3 }]];
  await fetchFiles(wanted, { base: BASE, fetch: host({ "one.zip": "one" }).fetch, cache: kept }, () => {});
  await new Promise((done) => setImmediate(done)); // it is put there beside the way
  const offline = () => Promise.reject(new TypeError("no network"));
  assert.deepEqual(texts(await fetchFiles(wanted, { base: BASE, fetch: offline, cache: kept }, () => {})), { "one.zip": "one" });
});

test("a cache without room does no harm", async () => {
  const full = { match: () => Promise.reject(new Error("damaged")), put: () => Promise.reject(new Error("no room")) };
  const files = await fetchFiles([{ path: "one.zip", bytes: 3 }], { base: BASE, fetch: host({ "one.zip": "one" }).fetch, cache: full }, () => {});
  assert.deepEqual(texts(files), { "one.zip": "one" });
});

test("what is missing, cut off or too long is no file", async () => {
  for (const [served, message] of /** @type {const} */ ([
    [{}, /404/], [{ "one.zip": "on" }, /did not come whole/], [{ "one.zip": "one and more" }, /longer/],
  ])) {
    await assert.rejects(fetchFiles([{ path: "one.zip", bytes: 3 }], { base: BASE, fetch: host(served).fetch, cache: null }, () => {}), message);
  }
});

test("two sites of one origin keep their files apart", () => {
  assert.notEqual(cacheName(BASE, "1"), cacheName("https://school.example/other/", "1"));
  assert.notEqual(cacheName(BASE, "1"), cacheName(BASE, "2"));
});
