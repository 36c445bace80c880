/** Keeps a tab's entry stored: once after all changes of a moment, and when the page is left. */

/** @typedef {import("./restore.js").TabEntry} TabEntry */

export class Keeper {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #isKept = true;

  /**
   * @param {{keep: (entry: TabEntry) => boolean}} storage answers whether there was room
   * @param {() => TabEntry | null} entry null while there is nothing to keep
   * @param {(isKept: boolean) => void} [tell] told when what is here can no longer be kept, and when it can again
   */
  constructor(storage, entry, tell) {
    this.storage = storage;
    this.entry = entry;
    this.tell = tell;
  }

  keep() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.keepNow());
  }

  keepNow() {
    const entry = this.entry();
    if (!entry) return;
    const wasKept = this.#isKept;
    this.#isKept = this.storage.keep(entry);
    if (wasKept !== this.#isKept) this.tell?.(this.#isKept);
  }
}
