/**
 * Keep the whole site in the browser, so that it opens without a network. It is no part of the page's one script: the
 * browser runs it by itself, and the builder writes `globalThis.site` before it.
 *
 * All of a version is kept in one cache, beside nothing else; the version that stands there is shown until the next one
 * is whole. An address that holds its content's hash is taken from the cache of the version before.
 *
 * @typedef {object} Version
 * @property {string} version
 * @property {string[]} lasting paths that hold their content's hash
 * @property {string[]} changing paths whose content may be another in the next version; the first is the page
 *
 * @typedef {Event & {waitUntil: (done: Promise<unknown>) => void}} LifeEvent
 * @typedef {LifeEvent & {request: Request, respondWith: (answer: Promise<Response>) => void}} FetchEvent
 */

const worker = /** @type {{site: Version, registration: {scope: string}, clients: {claim: () => Promise<void>}}} */ (
  /** @type {unknown} */ (globalThis)
);
const { version, lasting, changing } = worker.site;
const scope = worker.registration.scope;
/** As `fetching.js` names it, with the site's folder in it: an address may hold several sites. */
const PREFIX = `backprop-playground ${new URL(scope).pathname} `;
const CACHE = PREFIX + version;
const PAGES = [scope, `${scope}index.html`];

globalThis.addEventListener("install", (event) => /** @type {LifeEvent} */ (event).waitUntil(fill()));
globalThis.addEventListener("activate", (event) => /** @type {LifeEvent} */ (event).waitUntil(takeOver()));
globalThis.addEventListener("fetch", (event) => {
  const { request, respondWith } = /** @type {FetchEvent} */ (event);
  if (request.method === "GET" && request.url.startsWith(scope)) respondWith.call(event, answer(request));
});

/** Bring what is not here yet; a version that does not come whole is not taken. */
async function fill() {
  const cache = await caches.open(CACHE);
  await Promise.all([...lasting.map((path) => bring(path, true)), ...changing.map((path) => bring(path, false))]);

  /** @param {string} path @param {boolean} lasts */
  async function bring(path, lasts) {
    const url = new URL(path, scope).href;
    if (lasts && await cache.match(url)) return;
    const kept = lasts ? await caches.match(url) : undefined;
    const found = kept ?? await fetch(url, { cache: lasts ? "default" : "no-cache" });
    if (!found.ok) throw new Error(`${url}: ${found.status}`);
    await cache.put(url, found);
  }
}

async function takeOver() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(names.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** @param {Request} request */
async function answer(request) {
  const cache = await caches.open(CACHE);
  const { origin, pathname } = new URL(request.url);
  const url = PAGES.includes(origin + pathname) ? scope : request.url;
  return await cache.match(url) ?? fetch(request);
}
