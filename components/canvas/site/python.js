/**
 * The page's way to Python, which runs in a worker of this page: outboxes go there, answers come back. A worker that has
 * died is begun anew; the canvas then brings its graph back, as after a reload.
 *
 * @typedef {import("../model/types/exchange_types.js").Message} Message
 * @typedef {import("../model/types/exchange_types.js").Post} Post
 * @typedef {import("./site_types.js").Asked} Asked
 * @typedef {import("./site_types.js").Told} Told
 * @typedef {import("./site_types.js").Beside} Beside
 *
 * @typedef {object} Listeners
 * @property {(stage: import("./site_types.js").Stage, share: number) => void} onProgress
 * @property {(beside: Beside) => void} onBeside what stands beside the graph; told once
 * @property {(message: Message) => void} onMessage
 * @property {(reason: string) => void} onFault it could not be begun
 *
 * @typedef {Pick<Worker, "postMessage" | "terminate" | "onmessage" | "onerror">} WorkerLike
 */

/** So often in a row a worker that has died is begun anew. */
export const MOST_BEGINNINGS = 3;

export class PythonInBrowser {
  /** @type {WorkerLike | null} */
  #worker = null;
  #beginnings = 0;
  #isTold = false;
  /** Who waits for the graph as a file. @type {((text: string) => void)[]} */
  #saving = [];

  /**
   * @param {() => WorkerLike} make
   * @param {Asked} asked
   * @param {Listeners} listeners
   */
  constructor(make, asked, listeners) {
    this.make = make;
    this.asked = asked;
    this.listeners = listeners;
  }

  begin() {
    this.#worker?.terminate();
    this.#beginnings += 1;
    const worker = this.make();
    this.#worker = worker;
    worker.onmessage = ({ data }) => worker === this.#worker && this.#hear(data);
    worker.onerror = (event) => worker === this.#worker && this.#fail(event.message);
    worker.postMessage({ begin: this.asked });
    for (const _ of this.#saving) worker.postMessage({ save: true });
  }

  /** Hand over what the canvas says. @param {Post} outbox */
  post(outbox) {
    this.#worker?.postMessage({ outbox });
  }

  /** The graph as a file holds it. @returns {Promise<string>} */
  save() {
    return new Promise((resolve) => {
      this.#saving.push(resolve);
      this.#worker?.postMessage({ save: true });
    });
  }

  /** @param {Told} told */
  #hear(told) {
    if (told.fault !== undefined) this.#fail(told.fault);
    if (told.progress) this.listeners.onProgress(...told.progress);
    if (told.beside !== undefined && !this.#isTold) {
      this.#isTold = true;
      this.listeners.onBeside(JSON.parse(told.beside));
    }
    if (told.document !== undefined) this.#saving.shift()?.(told.document);
    if (told.message === undefined) return;
    this.#beginnings = told.beside === undefined ? 0 : this.#beginnings; // one that has answered an outbox is well
    this.listeners.onMessage(JSON.parse(told.message));
  }

  /** @param {string} reason */
  #fail(reason) {
    if (this.#isTold && this.#beginnings < MOST_BEGINNINGS) {
      this.begin();
      return;
    }
    this.#worker?.terminate();
    this.#worker = null;
    this.listeners.onFault(reason);
  }
}
