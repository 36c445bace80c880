/**
 * Where the canvas stands until Streamlit's page has a place for it: over that page, where its place will be. So the first
 * picture waits neither for Streamlit's scripts nor for its server.
 */

import { element } from "./parts/dom.js";

/** So long the page's parts may take to come to their places: while Streamlit draws them, and afterwards. */
const LONGEST_MS = { drawing: 10_000, drawn: 500 };
const DRAWN = '[data-test-script-state="notRunning"]';
/** After so long without a server the page says so. */
const AWAY_MS = 8000;
/** Less is the same place. */
const SAME_PX = 1;

export class EarlyPlace {
  #leaves = false;
  #isInOtherTheme = false;
  /** @type {ReturnType<typeof setTimeout>} */
  #patience;

  /** @param {string} away what is said while no server answers */
  constructor(away) {
    /** What the canvas is put into. */
    this.home = element("div");
    this.box = element("div", { class: "early-place" });
    this.box.attachShadow({ mode: "open" }).append(this.home);
    this.#takeUpChoices();
    document.body.append(this.box);
    this.#patience = setTimeout(() => this.box.after(element("p", { class: "away", role: "status", text: away })), AWAY_MS);
  }

  /** Let what stands here be seen: there is a picture. In another theme than the system's Streamlit's place alone shows it. */
  show() {
    if (!this.#isInOtherTheme) this.box.classList.add("seen");
  }

  /**
   * Move what stands here to the page's own place, as soon as that is where this one is: the sidebar comes a moment later,
   * and a graph that is moved twice jumps.
   * @param {() => HTMLElement | ShadowRoot | undefined} placeNow
   * @param {() => void} move
   */
  leaveFor(placeNow, move) {
    clearTimeout(this.#patience);
    if (this.#leaves) return;
    this.#leaves = true;
    let until = performance.now() + LONGEST_MS.drawing;
    let isDrawn = false;
    const look = () => {
      const place = placeNow();
      if (!isDrawn && document.querySelector(DRAWN) !== null) {
        isDrawn = true;
        until = performance.now() + LONGEST_MS.drawn;
      }
      if (place?.isConnected && (performance.now() > until || this.#isAt(place))) {
        move();
        if (this.box.nextElementSibling?.matches("p.away")) this.box.nextElementSibling.remove();
        this.box.remove();
      } else if (document.hidden) setTimeout(look, LONGEST_MS.drawn);
      else requestAnimationFrame(look);
    };
    look();
  }

  /** @param {HTMLElement | ShadowRoot} place */
  #isAt(place) {
    const [here, there] = [this.home, "host" in place ? place.host : place].map((each) => each.getBoundingClientRect());
    return [here.left - there.left, here.top - there.top, here.width - there.width].every((far) => Math.abs(far) <= SAME_PX);
  }

  /** What somebody has chosen with Streamlit's own hands, which keeps it: how wide the sidebar is, and a theme. */
  #takeUpChoices() {
    try {
      const width = Number.parseInt(localStorage.getItem("sidebarWidth") ?? "", 10);
      if (width > 0) this.box.style.setProperty("--sidebar-width", `${width}px`);
      const key = Object.keys(localStorage).find((each) => each.startsWith(`stActiveTheme-${location.pathname}-v`));
      this.#isInOtherTheme = /light|dark/i.test(localStorage.getItem(key ?? "") ?? "");
    } catch {
      // no store here, so nothing was chosen
    }
  }
}
