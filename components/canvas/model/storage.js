/**
 * What this browser stores: for each tab the last acknowledged document and what was not yet acknowledged.
 *
 * A tab knows its own entry after a reload. A new tab takes up the entry of one that was closed, never that of one
 * that is open: open tabs answer on a channel. So no tab writes over another's graph.
 *
 * @typedef {import("./restore.js").TabEntry} TabEntry
 * @typedef {TabEntry & {tab: string, serial: number}} StoredEntry
 *
 * @typedef {object} KeyValues a storage that never throws
 * @property {() => string[]} keys
 * @property {(key: string) => string | null} get
 * @property {(key: string, value: string) => boolean} set answers whether it did
 * @property {(key: string) => void} remove
 *
 * @typedef {object} Channel to the other tabs
 * @property {(data: object) => void} post
 * @property {(hear: (data: {ask?: boolean, tab?: string}) => void) => void} listen
 * @property {() => Promise<void>} answers settled once every open tab had the time to answer
 */

import { readEntry } from "./restore.js";

const PREFIX = "backprop-playground:";
const TAB_KEY = `${PREFIX}tab`;

export class TabStorage {
  /** @type {number | undefined} */
  #serial;

  /**
   * @param {{local: KeyValues, session: KeyValues, channel: Channel, newName: () => string}} browser
   */
  constructor({ local, session, channel, newName }) {
    this.local = local;
    this.session = session;
    this.channel = channel;
    this.newName = newName;
    /** @type {string | null} */
    this.tab = null;
    /** @type {Set<string>} the tabs that have answered */
    this.living = new Set();
    channel.listen((data) => this.#hear(data));
  }

  /** @param {{ask?: boolean, tab?: string}} data */
  #hear({ ask, tab }) {
    if (ask === true && this.tab !== null) this.channel.post({ tab: this.tab });
    else if (typeof tab === "string") this.living.add(tab);
  }

  /**
   * Find out which tab this is and what it has stored.
   * @returns {Promise<StoredEntry | null>}
   */
  async wake() {
    const own = this.session.get(TAB_KEY);
    const stored = this.entries();
    if (stored.length) {
      this.channel.post({ ask: true });
      await this.channel.answers();
    }
    const { entry, name } = chooseEntry(stored, own, this.living);
    this.tab = name ?? this.newName();
    this.session.set(TAB_KEY, this.tab);
    return entry;
  }

  /** All entries of this browser, the latest first. */
  entries() {
    const found = [];
    for (const key of this.local.keys()) {
      if (!key.startsWith(PREFIX)) continue;
      const entry = readEntry(this.local.get(key));
      if (entry) found.push({ ...entry, tab: key.slice(PREFIX.length) });
    }
    return found.sort((a, b) => b.serial - a.serial);
  }

  /** @param {TabEntry} entry */
  keep(entry) {
    if (this.tab === null) return;
    this.#serial ??= nextSerial(this.entries());
    const [key, text] = [PREFIX + this.tab, JSON.stringify({ ...entry, serial: this.#serial })];
    if (this.local.set(key, text)) return;
    const oldest = oldestClosed(this.entries(), this.tab, this.living);
    if (oldest) this.local.remove(PREFIX + oldest.tab);
    this.local.set(key, text);
  }
}

/**
 * Which entry a tab takes up, and under which name; a duplicated tab copies its elder's name: it keeps the graph and
 * needs a name of its own.
 * @param {readonly StoredEntry[]} entries the latest first
 * @param {string | null} own the name that this tab had
 * @param {ReadonlySet<string>} living the tabs that are open
 * @returns {{entry: StoredEntry | null, name: string | null}}
 */
export function chooseEntry(entries, own, living) {
  const entry = entries.find(({ tab }) => tab === own) ?? entries.find(({ tab }) => !living.has(tab)) ?? null;
  return { entry, name: entry && !living.has(entry.tab) ? entry.tab : null };
}

/** @param {readonly StoredEntry[]} entries */
export function nextSerial(entries) {
  return 1 + Math.max(0, ...entries.map(({ serial }) => serial));
}

/**
 * The entry that is given up where the storage is full: the oldest of the tabs that are closed.
 * @param {readonly StoredEntry[]} entries the latest first
 * @param {string} own
 * @param {ReadonlySet<string>} living
 */
export function oldestClosed(entries, own, living) {
  return entries.findLast(({ tab }) => tab !== own && !living.has(tab));
}
