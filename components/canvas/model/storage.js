/**
 * What this browser remembers: for each tab the last acknowledged document and what was not yet acknowledged.
 *
 * A tab knows its own entry after a reload. A new tab takes up the entry of one that was closed, never that of one
 * that is open: open tabs answer on a channel. So no tab writes over another's graph.
 */

const PREFIX = "backprop-playground:";
const TAB_KEY = `${PREFIX}tab`;
const ANSWER_MS = 120;
const ENTRIES_KEPT = 8;

export class Memory {
  constructor() {
    this.tab = null;
    this.channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(PREFIX);
    this.channel?.addEventListener("message", ({ data }) => this.hear(data));
    this.living = new Set();
  }

  hear(data) {
    if (data.ask === true && this.tab !== null) this.channel.postMessage({ tab: this.tab });
    else if (typeof data.tab === "string") this.living.add(data.tab);
  }

  /**
   * Find out which tab this is and what it remembers.
   * @returns {Promise<{session: string, document: any, pending: any[], automatic: boolean, link: string} | null>}
   */
  async wake() {
    const own = read(() => sessionStorage.getItem(TAB_KEY));
    const stored = this.entries();
    if (stored.length) await this.listen();
    const mine = stored.find((entry) => entry.tab === own) ?? stored.find((entry) => !this.living.has(entry.tab));
    // A duplicated tab copies its elder's name: it keeps the graph and takes a name of its own.
    this.tab = mine && !this.living.has(mine.tab) ? mine.tab : newName();
    read(() => sessionStorage.setItem(TAB_KEY, this.tab));
    return mine ?? null;
  }

  async listen() {
    if (this.channel === null) return;
    this.channel.postMessage({ ask: true });
    await new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
  }

  /** All entries of this browser, the latest first. */
  entries() {
    const found = [];
    for (const key of read(() => Object.keys(localStorage)) ?? []) {
      if (!key.startsWith(PREFIX)) continue;
      const entry = read(() => JSON.parse(localStorage.getItem(key)));
      if (entry?.document) found.push({ ...entry, tab: key.slice(PREFIX.length) });
    }
    return found.sort((a, b) => b.serial - a.serial);
  }

  keep(entry) {
    if (this.tab === null) return;
    this.serial ??= 1 + Math.max(0, ...this.entries().map((each) => each.serial ?? 0));
    const text = JSON.stringify({ ...entry, serial: this.serial });
    if (read(() => localStorage.setItem(PREFIX + this.tab, text)) === null) this.makeRoom(text);
  }

  makeRoom(text) {
    const closed = this.entries().filter((entry) => entry.tab !== this.tab && !this.living.has(entry.tab));
    for (const entry of closed.slice(-1)) read(() => localStorage.removeItem(PREFIX + entry.tab));
    read(() => localStorage.setItem(PREFIX + this.tab, text));
  }

  /** Drop the oldest entries of closed tabs. */
  tidy() {
    const closed = this.entries().filter((entry) => entry.tab !== this.tab && !this.living.has(entry.tab));
    for (const entry of closed.slice(ENTRIES_KEPT)) read(() => localStorage.removeItem(PREFIX + entry.tab));
  }
}

/** Use a storage that may be forbidden, full, or hold something else: null says that it did not work. */
function read(use) {
  try {
    return use() ?? undefined;
  } catch {
    return null;
  }
}

function newName() {
  return `${performance.timeOrigin}-${Math.random().toString(36).slice(2)}`;
}
