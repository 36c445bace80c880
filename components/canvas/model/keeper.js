/** Keeps a tab's entry stored: once after all changes of a moment, and when the page is left. */

/** @typedef {import("./restore.js").TabEntry} TabEntry */

export class Keeper {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {{keep: (entry: TabEntry) => void}} storage
   * @param {() => TabEntry | null} entry null while there is nothing to keep
   */
  constructor(storage, entry) {
    this.storage = storage;
    this.entry = entry;
  }

  keep() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.keepNow());
  }

  keepNow() {
    const entry = this.entry();
    if (entry) this.storage.keep(entry);
  }
}
