/**
 * What this browser stores: for each tab the last acknowledged document and what was not yet acknowledged.
 *
 * A tab knows its own entry after a reload. A new tab takes up the entry of one that was closed, never that of one
 * that is open: open tabs answer on a channel. What a link opens has a name of its own, so that the work that was in
 * the tab stays; and a page that finds another writing under its name takes a new one. So no tab writes over
 * another's graph.
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
/** Which page writes under a tab's name. */
const PAGE_PREFIX = "backprop-playground-page:";

export class TabStorage {
  /** @type {number | undefined} */
  #serial;
  /** Where this tab notes its name. */
  #nameKey = TAB_KEY;
  /** What the plain address would bring back, where a link has opened this tab. @type {StoredEntry | null} */
  beforeLink = null;
  /** Whether something that stood under this tab's name could not be read. */
  isDamaged = false;

  /**
   * @param {object} browser
   * @param {KeyValues} browser.local
   * @param {KeyValues} browser.session
   * @param {Channel} browser.channel
   * @param {() => string} browser.newName
   * @param {string} browser.page
   * @param {() => boolean} [browser.giveUp] gives up something else that is stored; answers whether there was something
   */
  constructor({ local, session, channel, newName, page, giveUp = () => false }) {
    this.giveUp = giveUp;
    this.local = local;
    this.session = session;
    this.channel = channel;
    this.newName = newName;
    /** Of this page alone: a tab that is reloaded or duplicated is another page. */
    this.page = page;
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

  /** Find out which tabs are open. */
  async meetTabs() {
    if (this.entries().length === 0) return;
    this.channel.post({ ask: true });
    await this.channel.answers();
  }

  /**
   * Find out which tab this is and what it has stored.
   * @param {string} link the one that this page was opened with, or ""
   * @returns {StoredEntry | null}
   */
  takeUp(link) {
    this.#nameKey = link === "" ? TAB_KEY : `${TAB_KEY}:${link}`;
    const plain = this.session.get(TAB_KEY);
    const own = this.session.get(this.#nameKey) ?? plain;
    const entries = this.entries();
    const { entry, name } = chooseEntry(entries, own, this.living, link);
    if (link !== "") this.beforeLink = chooseEntry(entries, plain, this.living).entry;
    this.isDamaged = this.unreadable().some((tab) => tab === own || (own === null && entry === null));
    this.#call(name ?? this.newName());
    return entry;
  }

  /** The names under which something is stored that is no entry. */
  unreadable() {
    const names = this.local.keys().filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
    return names.filter((name) => readEntry(this.local.get(PREFIX + name)) === null);
  }

  /** Go on under another name: what is stored under the present one stays as it is. */
  takeNewName() {
    this.#call(this.newName());
  }

  /** @param {string} name */
  #call(name) {
    this.tab = name;
    this.session.set(this.#nameKey, name);
    this.local.set(PAGE_PREFIX + name, this.page);
    this.channel.post({ tab: name });
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

  /**
   * Answers whether there was room for it.
   * @param {TabEntry} entry
   */
  keep(entry) {
    if (this.tab === null) return true;
    const writer = this.local.get(PAGE_PREFIX + this.tab);
    if (writer !== null && writer !== this.page) this.takeNewName();
    this.#serial ??= nextSerial(this.entries());
    const [key, text] = [PREFIX + this.tab, JSON.stringify({ ...entry, serial: this.#serial })];
    while (!this.local.set(key, text)) {
      const given = this.unreadable()[0] ?? oldestClosed(this.entries(), this.tab, this.living)?.tab;
      if (given === undefined && this.giveUp()) continue;
      if (given === undefined) return false;
      this.local.remove(PREFIX + given);
      this.local.remove(PAGE_PREFIX + given);
    }
    return true;
  }
}

/**
 * Which entry a tab takes up, and under which name; a duplicated tab copies its elder's name: it keeps the graph and
 * needs a name of its own. With a link it is only one that came from the same link; without one, rather one that came
 * from none, and of another a copy: its link brings that back.
 * @param {readonly StoredEntry[]} entries the latest first
 * @param {string | null} own the name that this tab had
 * @param {ReadonlySet<string>} living the tabs that are open
 * @param {string} [link]
 * @returns {{entry: StoredEntry | null, name: string | null}}
 */
export function chooseEntry(entries, own, living, link = "") {
  const sameLink = entries.filter((entry) => entry.link === link);
  const fitting = link === "" ? [...sameLink, ...entries.filter((entry) => entry.link !== "")] : sameLink;
  const entry = fitting.find(({ tab }) => tab === own) ?? fitting.find(({ tab }) => !living.has(tab)) ?? null;
  return { entry, name: entry && entry.link === link && !living.has(entry.tab) ? entry.tab : null };
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
