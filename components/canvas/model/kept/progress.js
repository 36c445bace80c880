/**
 * Which lessons are done, kept in the browser: by their keys, so that it holds when lessons are added or move.
 *
 * @typedef {{get: (key: string) => string | null, set: (key: string, value: string) => unknown}} KeyValues
 */

const KEY = "backprop-playground-lessons-done";

export class Progress {
  /** @type {Set<() => void>} */
  #listeners = new Set();

  /** @param {KeyValues} storage */
  constructor(storage) {
    this.storage = storage;
  }

  /**
   * The keys of the lessons that are done. Read anew each time: another tab may have added some.
   * @returns {Set<string>}
   */
  get done() {
    try {
      const kept = JSON.parse(this.storage.get(KEY) ?? "[]");
      return new Set(Array.isArray(kept) ? kept.filter((key) => typeof key === "string") : []);
    } catch {
      return new Set();
    }
  }

  /**
   * A lesson's question was answered, or its explanation read.
   * @param {string} key
   */
  finish(key) {
    const { done } = this;
    if (done.has(key)) return;
    this.storage.set(KEY, JSON.stringify([...done, key]));
    this.tell();
  }

  /**
   * Be told whenever a lesson is done.
   * @param {() => void} listener
   */
  listen(listener) {
    this.#listeners.add(listener);
  }

  /** Tell all who listen, here or because another tab has changed something. */
  tell() {
    for (const listener of this.#listeners) listener();
  }
}
