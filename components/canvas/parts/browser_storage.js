/**
 * What a browser stores, and the channel between its tabs: either may be forbidden, full, or hold something else.
 *
 * @typedef {{ask?: boolean, tab?: string}} Told what one tab says to the others
 * @typedef {{open: BroadcastChannel | null, hear: (event: MessageEvent<Told>) => void, heard: Told[], since: number}} Asked
 *   the other tabs: who hears what they answer, what they have answered, and since when they are asked
 */

import { cookieStore } from "./cookie_store.js";

const CHANNEL = "backprop-playground:";
const ANSWER_MS = 120;

/**
 * All that a tab needs to keep its graph.
 * @param {Asked} [asked] the other tabs, where they are asked already
 */
export function browserStorages(asked = askTabs()) {
  const newName = () => `${performance.timeOrigin}-${Math.random().toString(36).slice(2)}`;
  return {
    local: safe(() => localStorage),
    session: safe(() => sessionStorage),
    channel: channel(asked),
    newName,
    page: newName(),
  };
}

/**
 * The same for a frame in another site's page. Some browsers give such a one no store: then it keeps nothing, and says
 * nothing of that, since nobody who reads there could change it.
 */
export function storagesInFrame() {
  const stores = browserStorages();
  const [key, { local }] = [`${CHANNEL}frame`, stores];
  const isKept = local.set(key, "1");
  local.remove(key);
  return isKept ? stores : noStorages();
}

/** The same for a canvas that stands in somebody else's page, which keeps nothing there and hears of no other tab. */
export function noStorages() {
  return {
    local: inMemory(), session: inMemory(), newName: () => Math.random().toString(36).slice(2), page: "",
    channel: { post: () => {}, listen: () => {}, answers: () => Promise.resolve() },
  };
}

function inMemory() {
  /** @type {Map<string, string>} */
  const held = new Map();
  return {
    keys: () => [...held.keys()],
    /** @param {string} key */
    get: (key) => held.get(key) ?? null,
    /** @param {string} key @param {string} value */
    set: (key, value) => held.set(key, value).has(key),
    /** @param {string} key */
    remove: (key) => void held.delete(key),
  };
}

/** What the browser keeps from one visit to the next. */
export function localStore() {
  return safe(() => localStorage);
}

/** The same for a few short texts, which a frame of another site's keeps as cookies where it is given no other store. */
export function localStoreOrCookies() {
  const local = localStore();
  const key = `${CHANNEL}kept`;
  const isKept = local.set(key, "1");
  local.remove(key);
  if (isKept || globalThis.parent === globalThis.window) return local;
  const cookies = cookieStore(document, new URL(".", document.baseURI).pathname);
  return {
    keys: () => attempt(() => cookies.keys(), []),
    /** @param {string} name */
    get: (name) => attempt(() => cookies.get(name), null),
    /** @param {string} name @param {string} text */
    set: (name, text) => attempt(() => cookies.set(name, text), false),
    /** @param {string} name */
    remove: (name) => attempt(() => cookies.remove(name), undefined),
  };
}

/** What the browser keeps for a tab, over reloads. */
export function sessionStore() {
  return safe(() => sessionStorage);
}

/** What the browser is to remember, and the page itself where the browser does not. @param {string} name */
function remembered(name) {
  const [local, key] = [safe(() => localStorage), `backprop-playground-${name}`];
  /** @type {string | null} */
  let held = null;
  return {
    get: () => local.get(key) ?? held, // which another tab may have written since
    /** @param {string} text */
    set: (text) => {
      held = text.length <= LONGEST_REMEMBERED && local.set(key, text) ? null : text;
      if (held !== null) local.remove(key);
    },
  };
}

/**
 * A switch that the browser remembers from one visit to the next.
 * @param {string} name
 * @param {boolean} [otherwise] where nothing is remembered
 */
export function rememberedSwitch(name, otherwise = false) {
  const kept = remembered(name);
  return {
    get: () => (kept.get() ?? (otherwise ? "on" : "off")) === "on",
    /** @param {boolean} on */
    set: (on) => kept.set(on ? "on" : "off"),
  };
}

/** So long a text is worth the room. */
const LONGEST_REMEMBERED = 200_000;

/**
 * A text that all tabs of the browser share.
 * @param {string} name
 */
export function rememberedText(name) {
  const kept = remembered(name);
  return {
    get: () => kept.get() ?? "",
    /** @param {string} text */
    set: (text) => kept.set(text),
  };
}

/** @param {() => Storage} storage */
function safe(storage) {
  return {
    keys: () => attempt(() => Object.keys(storage()), []),
    /** @param {string} key */
    get: (key) => attempt(() => storage().getItem(key), null),
    /** @param {string} key @param {string} value */
    set: (key, value) => attempt(() => {
      storage().setItem(key, value);
      return true;
    }, false),
    /** @param {string} key */
    remove: (key) => attempt(() => storage().removeItem(key), undefined),
  };
}

/**
 * Ask the other tabs at once, since they are waited for: who listens later hears what they have answered. `loading.js` does
 * the same, before this is here.
 * @returns {Asked}
 */
function askTabs() {
  const open = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(CHANNEL);
  /** @type {Told[]} */
  const heard = [];
  const hear = (/** @type {MessageEvent<Told>} */ { data }) => void heard.push(data);
  open?.addEventListener("message", hear);
  open?.postMessage({ ask: true });
  return { open, hear, heard, since: performance.now() };
}

/** @param {Asked} asked */
function channel({ open, hear: note, heard, since }) {
  return {
    /** @param {object} data */
    post: (data) => open?.postMessage(data),
    /** @param {(data: Told) => void} hear */
    listen: (hear) => {
      heard.splice(0).forEach(hear);
      open?.removeEventListener("message", note);
      open?.addEventListener("message", ({ data }) => hear(data));
    },
    /** @returns {Promise<void>} */
    answers: () => new Promise((resolve) => {
      const left = since + ANSWER_MS - performance.now();
      if (open === null || left <= 0) resolve();
      else setTimeout(resolve, left);
    }),
  };
}

/**
 * @template Value
 * @param {() => Value} act
 * @param {Value} otherwise
 * @returns {Value}
 */
function attempt(act, otherwise) {
  try {
    return act();
  } catch {
    return otherwise;
  }
}
