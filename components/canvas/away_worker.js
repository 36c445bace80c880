/**
 * What the browser runs for a page that is installed, so that it opens without its server. While the server answers, each
 * page comes from there; nothing else is answered from here but a few files below paths that hold their content's hash.
 * `components/canvas/away.py` writes `globalThis.away` before it.
 *
 * @typedef {object} Away
 * @property {string} version
 * @property {string} page the path of what is shown while the server is away
 * @property {string[]} files all that it needs
 *
 * @typedef {Event & {waitUntil: (done: Promise<unknown>) => void}} LifeEvent
 * @typedef {LifeEvent & {request: Request, respondWith: (answer: Promise<Response>) => void}} FetchEvent
 */

const worker = /** @type {{away: Away, registration: {scope: string}, skipWaiting: () => Promise<void>, clients: {claim: () => Promise<void>}}} */ (
  /** @type {unknown} */ (globalThis)
);
const { version, page, files } = worker.away;
const scope = worker.registration.scope;
const PREFIX = `backprop-playground away ${new URL(scope).pathname} `;
const CACHE = PREFIX + version;
const urlOf = (/** @type {string} */ path) => new URL(path, scope).href;
const KEPT = new Set(files.map(urlOf));
/** What a proxy answers whose server is away. */
const AWAY = [502, 503, 504];

globalThis.addEventListener("install", (event) => /** @type {LifeEvent} */ (event).waitUntil(fill()));
globalThis.addEventListener("activate", (event) => /** @type {LifeEvent} */ (event).waitUntil(takeOver()));
globalThis.addEventListener("fetch", (event) => {
  const { request, respondWith } = /** @type {FetchEvent} */ (event);
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    const { origin, pathname } = new URL(request.url);
    if (origin + pathname === scope) respondWith.call(event, pageOrAway(request));
  } else if (KEPT.has(request.url)) respondWith.call(event, kept(request));
});

async function fill() {
  const cache = await caches.open(CACHE);
  await Promise.all(files.map(async (path) => {
    const answer = await fetch(urlOf(path));
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    await cache.put(urlOf(path), answer);
  }));
  await worker.skipWaiting(); // it takes nothing over but pages to come
}

async function takeOver() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(names.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** @param {Request} request */
async function pageOrAway(request) {
  const answer = await fetch(request).catch(() => undefined);
  if (answer !== undefined && !AWAY.includes(answer.status)) return answer;
  const shown = await (await caches.open(CACHE)).match(urlOf(page));
  return shown ?? answer ?? Response.error();
}

/** @param {Request} request */
async function kept(request) {
  return await (await caches.open(CACHE)).match(request.url) ?? fetch(request);
}
