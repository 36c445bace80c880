/**
 * The page while its server is away: where it is installed on a tablet, it opens with the graph that stood there last. What
 * is changed then waits in the outbox, is kept as in any tab, and is handed over when the server is back.
 *
 * @typedef {import("./model/types/exchange_types.js").Message} Message
 * @typedef {import("./model/page_model.js").PageModel} PageModel
 * @typedef {{language?: string, messages?: import("./parts/messages.js").Messages}} Spoken
 */

import { Canvas } from "./canvas.js";
import { messageFor, wholeMessage } from "./model/away_message.js";
import { browserStorages } from "./parts/browser_storage.js";
import { element } from "./parts/dom.js";
import { setMessages } from "./parts/messages.js";

/** The cache in which `away_worker.js` leaves what stands there; an address may hold several playgrounds. */
const CACHE = `backprop-playground pictures ${globalThis.document ? new URL(".", document.baseURI).pathname : ""}`;
const PICTURE = "kept-picture";
/** Of so many tabs the last picture is kept. */
const MOST_PICTURES = 5;
const KEEP_AFTER_MS = 1000;
const ASK_EVERY_MS = 4000;

/** Keeps the last picture of a page that is installed, and has the browser open it without the server. */
export class KeptPictures {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #isInstalled = false;

  /** @param {() => PageModel | undefined} model once there is one */
  constructor(model) {
    this.model = model;
    // Over plain http there is no such thing but on localhost; and who has not installed the page asks for nothing more.
    if (navigator.serviceWorker === undefined || globalThis.caches === undefined) return;
    const isInstalled = globalThis.matchMedia("(display-mode: standalone)").matches || navigator.serviceWorker.controller !== null;
    if (isInstalled) this.#install();
    globalThis.addEventListener("appinstalled", () => this.#install());
  }

  #install() {
    this.#isInstalled = true;
    navigator.serviceWorker.register(new URL("service_worker.js", document.baseURI)).catch((error) => console.warn(error));
    this.noteSoon();
  }

  /** There is another picture. */
  noteSoon() {
    if (!this.#isInstalled) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#note(), KEEP_AFTER_MS);
  }

  async #note() {
    const message = wholeMessage(this.model());
    if (message === undefined) return;
    try {
      const cache = await caches.open(CACHE);
      const address = new URL(`${PICTURE}?${message.session}`, document.baseURI).href;
      await cache.delete(address); // what was kept last stands last
      await cache.put(address, new Response(JSON.stringify(message)));
      for (const old of (await cache.keys()).slice(0, -MOST_PICTURES)) await cache.delete(old);
    } catch (error) {
      console.warn(error); // there is no room
    }
  }
}

/**
 * Show the graph that was here last, until the server is back.
 * @param {string} sheet the canvas's style
 */
export async function showAway(sheet) {
  setInterval(() => void comeBack(), ASK_EVERY_MS);
  const kept = await keptPictures();
  const last = [...kept.values()].at(-1);
  if (last === undefined) return;
  const { language = "en", messages } = /** @type {Spoken} */ (last.picture);
  setMessages(messages, language); // before anything is labelled
  speak(language);
  const root = element("div", { class: "playground" });
  document.body.append(element("style", { text: sheet }), root);
  const canvas = new Canvas(root, () => {}, { ownsPage: true, stores: browserStorages() });
  globalThis.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => canvas.followTheme());
  canvas.followTheme();
  const { keeping, model } = canvas;
  keeping.whenAwake("", () => {
    const found = messageFor(kept, model.stored, Date.now());
    if (!found) return;
    if (!found.goesOn) {
      model.stored = null;
      keeping.storage.takeNewName(); // what is stored there is of another graph
    }
    model.receive(found.message);
  });
}

/** @returns {Promise<Map<string, Message>>} */
async function keptPictures() {
  /** @type {Map<string, Message>} */
  const found = new Map();
  try {
    const cache = await caches.open(CACHE);
    for (const request of await cache.keys()) {
      /** @type {Message | undefined} */
      const message = await (await cache.match(request))?.json();
      if (message) found.set(message.session, message);
    }
  } catch (error) {
    console.warn(error);
  }
  return found;
}

/** The page says in every language that the server is away: from here on in this one. @param {string} language */
function speak(language) {
  document.documentElement.lang = language;
  for (const line of document.querySelectorAll("[data-away]")) {
    /** @type {HTMLElement} */ (line).hidden = line.getAttribute("data-away") !== "graph";
    for (const said of line.children) /** @type {HTMLElement} */ (said).hidden = /** @type {HTMLElement} */ (said).lang !== language;
  }
}

async function comeBack() {
  const answer = await fetch(new URL("_stcore/health", document.baseURI), { cache: "no-store" }).catch(() => undefined);
  if (answer?.ok) location.reload();
}
