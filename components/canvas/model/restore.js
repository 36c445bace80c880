/** How a tab keeps its graph, and what it looked at, over a reload, a lost connection and a restart of the server. */

import { Memory } from "./storage.js";
import { toDocument } from "./picture.js";

export class Continuity {
  /** @param {import("../canvas.js").Canvas} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.memory = new Memory();
    /** Settled once this tab knows what it remembers. */
    this.woken = this.memory.wake().then((entry) => (this.remembered = entry));
    globalThis.addEventListener("pagehide", () => this.keepNow());
  }

  /**
   * Meet a new session: after a reload, a lost connection or a restart of the server it gets this tab's graph, and
   * what was not yet acknowledged. A link other than the one this graph came from opens its own graph.
   */
  meet(message) {
    const { outbox } = this.canvas;
    const isFirst = outbox.session === null;
    const entry = isFirst ? this.remembered : this.entry();
    const wanted = Boolean(entry?.document) && entry.session !== message.session
      && !(isFirst && message.openedByLink && message.openedByLink !== entry.link);
    const restore = { type: "restore", document: entry?.document, automatic: entry?.automatic, engine: entry?.engine };
    const first = wanted ? [restore] : [];
    this.restoring = wanted;
    if (wanted && isFirst) first.push(...(entry.pending ?? []));
    // Zoom, selection and focus are taken up again too.
    this.returning = wanted ? (entry.look ?? null) : null;
    outbox.open(message.session, first);
    return { greets: isFirst && !wanted };
  }

  /** What this tab would need to bring its graph back. */
  entry() {
    const { canvas } = this;
    const { view, answer } = canvas;
    return {
      session: canvas.outbox.session,
      document: toDocument(canvas.book.picture),
      pending: canvas.outbox.pending,
      automatic: answer?.automatic ?? true,
      engine: answer?.engine,
      link: answer?.openedByLink ?? "",
      look: {
        view: view.chosen ? { x: view.x, y: view.y, scale: view.scale } : null,
        selection: [...canvas.selection],
        focused: canvas.root.getRootNode().activeElement?.closest(".node")?.dataset.id ?? null,
      },
    };
  }

  /** Look at the graph as before a reload or a new session; answers false when there was none. */
  takeUpLook() {
    if (!this.returning) return false;
    const { canvas } = this;
    const { view, selection, focused } = this.returning;
    this.returning = null;
    if (view) canvas.view.choose(view);
    else canvas.framing.fit();
    canvas.select(selection.filter((id) => id in canvas.picture.nodes));
    if (focused) canvas.overlay.focus(focused);
    return true;
  }

  keep() {
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => this.keepNow());
  }

  keepNow() {
    const { outbox, book } = this.canvas;
    if (this.restoring || outbox.session === null || book.revision === 0) return;
    this.memory.keep(this.entry());
  }
}
