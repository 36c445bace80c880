/**
 * The files that Python was asked for: each comes once beside a picture, compressed, to whoever asked last.
 *
 * @typedef {import("../types/exchange_types.js").Message} Message
 * @typedef {import("../types/exchange_types.js").ExportedFile} ExportedFile
 * @typedef {{name: string, type: string, text: string}} ReadFile
 * @typedef {{file: ReadFile, refused?: undefined} | {refused: string, file?: undefined}} Handed a file, or why there is none
 */

import { say } from "../../parts/messages.js";

export class AskedFiles {
  /** The number of the event whose file came last. */
  #came = 0;
  /** @type {{seq: number, settle: (handed: Handed) => void} | null} */
  #waiting = null;

  /**
   * Answers with the file that an event asks for.
   * @param {number} seq the event's number; 0 for one that was refused already
   * @returns {Promise<Handed>}
   */
  waitFor(seq) {
    return new Promise((resolve) => {
      this.#waiting = { seq, settle: resolve };
      if (seq === 0) this.#settle({ refused: say("That is too large to be taken in.") });
    });
  }

  /** @param {Pick<Message, "file" | "refusals">} message */
  take({ file, refusals }) {
    const refusal = refusals.find(({ seq }) => seq === this.#waiting?.seq);
    if (refusal) this.#settle({ refused: refusal.text });
    if (file === undefined || file.seq <= this.#came) return;
    this.#came = file.seq;
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting) void read(file).then(waiting.settle);
  }

  /** Another session numbers anew; who waits still gets what comes next. */
  forget() {
    this.#came = 0;
  }

  /** @param {Handed} handed */
  #settle(handed) {
    this.#waiting?.settle(handed);
    this.#waiting = null;
  }
}

/**
 * @param {ExportedFile} file
 * @returns {Promise<Handed>}
 */
async function read({ name, type, deflated }) {
  try {
    const bytes = Uint8Array.from(atob(deflated), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return { file: { name, type, text: await new Response(stream).text() } };
  } catch {
    return { refused: say("This browser cannot unpack the file. A newer one can.") };
  }
}
