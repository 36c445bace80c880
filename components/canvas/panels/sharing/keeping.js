/**
 * What a browser keeps of this page: its tab's graph, and My graphs. Where it can keep no more, a line says so.
 *
 * @typedef {import("../../model/kept/restore.js").Meeting} Meeting
 * @typedef {import("../../model/page_model.js").PageModel} PageModel
 */

import { GraphRecorder } from "../../model/kept/graph_recorder.js";
import { Keeper } from "../../model/kept/keeper.js";
import { MyGraphs } from "../../model/kept/my_graphs.js";
import { goesOn } from "../../model/kept/restore.js";
import { TabStorage } from "../../model/kept/storage.js";
import { element } from "../../parts/dom.js";
import { mark, say } from "../../parts/messages.js";
import { MyGraphsDialog } from "./my_graphs.js";

const NOT_KEPT = mark("This browser has no room left to keep this graph: save it as a file before you close the page.");
const DAMAGED = mark("What this browser had kept of this tab is damaged and was left out. What you do from now on is kept.");

export class Keeping {
  #isMet = false;
  #isAwake = false;
  #met;

  /**
   * @param {PageModel} model
   * @param {import("../../parts/dialog.js").Dialogs} dialogs
   * @param {HTMLElement} root says which language is spoken
   * @param {ReturnType<typeof import("../../parts/browser_storage.js").browserStorages>} stores
   * @param {(text: string) => void} tell says at once what the line goes on saying
   */
  constructor(model, dialogs, root, stores, tell) {
    this.model = model;
    const graphs = new MyGraphs(stores.local, () => Date.now());
    this.storage = new TabStorage({ ...stores, giveUp: () => graphs.giveUpOldest() });
    this.recorder = new GraphRecorder(graphs, stores.newName);
    this.dialog = new MyGraphsDialog(dialogs, graphs, {
      noteNow: () => this.recorder.noteNow(), open: (text) => model.command({ type: "open", text }),
      language: () => root.lang || "en",
    });
    /** Says that this tab is not kept. */
    this.line = element("p", { class: "differs", role: "status", hidden: true, "data-testid": "not-kept" });
    this.keeper = new Keeper(this.storage, () => this.#entry(), (isKept) => {
      this.line.textContent = isKept ? "" : say(NOT_KEPT);
      this.line.hidden = isKept;
      if (!isKept) tell(say(NOT_KEPT));
    });
    globalThis.addEventListener("pagehide", () => {
      this.keeper.keepNow();
      this.recorder.note();
    });
    this.#met = this.storage.meetTabs().catch(() => {});
  }

  /**
   * Take up what this tab has stored, and go on.
   * @param {string} link the one that this page was opened by, or ""
   * @param {() => void} goOn
   */
  whenAwake(link, goOn) {
    this.#met.then(() => {
      if (!this.#isAwake) {
        this.model.stored = this.storage.takeUp(link);
        this.model.beforeLink = this.storage.beforeLink;
      }
      this.#isAwake = true;
      goOn();
    });
  }

  /**
   * A session is met for the first time; answers what is to be said of what was stored.
   * @param {Meeting} meeting
   */
  meet(meeting) {
    const isFirst = !this.#isMet;
    this.#isMet = true;
    const recorded = isFirst ? this.model.stored?.graph : this.recorder.recorded;
    this.recorder.begin((goesOn(meeting) && recorded) || null);
    return isFirst && this.storage.isDamaged ? say(DAMAGED) : "";
  }

  #entry() {
    const entry = this.model.entry();
    return entry && { ...entry, graph: this.recorder.recorded };
  }
}
