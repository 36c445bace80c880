/**
 * A link is handed out: as text, and as a QR code, also as large as the window for the last row of a class.
 *
 * @typedef {import("../../model/types/exchange_types.js").QrCode} QrCode
 */

import { QUIET_ZONE, forOthers, pathOfModules } from "../../model/text/address.js";
import { copied } from "../../parts/clipboard.js";
import { button, element, svgElement } from "../../parts/dom.js";
import { say } from "../../parts/messages.js";
import { LinkOptions } from "./link_options.js";

/** The parameter of a link that leads into a class's room: who has no camera types the word. */
const ROOM = "room";

export class Sharing {
  /** The link that is handed out, and where its code is to stand. @type {{link: string, home: HTMLElement} | null} */
  #open = null;

  /** Takes the next link that is made, in the place of the dialog; an empty one where none can be made. @type {((link: string) => void) | null} */
  onLink = null;

  /**
   * @param {import("../../model/page_model.js").PageModel} model
   * @param {import("../../parts/dialog.js").Dialogs} dialogs
   */
  constructor(model, dialogs) {
    this.model = model;
    this.dialogs = dialogs;
    /** Asks for the link anew. */
    this.ask = () => {};
    this.options = new LinkOptions(() => this.ask());
    this.home = element("div", { class: "qr-home", "data-testid": "qr-home" });
  }

  /** No link can be made: whoever waits for it waits no more, and is given no later one. */
  giveUp() {
    const { onLink } = this;
    this.onLink = null;
    onLink?.("");
  }

  /**
   * Show a link to this page, at the address where others find it.
   * @param {string} url
   * @param {string} [note] what else is to be said of it
   * @param {{copy: string, copied: string}} [words] what it is good for, where it does not open this graph
   */
  show(url, note = "", words = undefined) {
    const { address } = this.model;
    const link = forOthers(url, address);
    const { home, options } = this;
    this.#open = { link, home };
    const notes = [note, address?.remark ?? ""].filter((text) => text !== "");
    this.model.command({ type: "qr code", text: link });
    const shown = this.dialogs.root.querySelector('dialog[open] [data-testid="link"]');
    if (shown instanceof HTMLInputElement && home.isConnected) { // another link of the same graph
      shown.value = link;
      return copied(link);
    }
    home.replaceChildren();
    return this.dialogs.showLink(link, [...(words ? [] : [options.box]), ...notes.map((text) => element("p", { text })), home], words);
  }

  /**
   * Take in a code that Python has drawn.
   * @param {QrCode} code
   */
  take({ text, rows }) {
    if (this.#open?.link !== text) return;
    const { home, link } = this.#open;
    this.#open = null;
    if (rows.length === 0) {
      home.replaceChildren(element("p", {
        text: say("The link is too long for a QR code that a phone can read from a screen: hand it out as text."),
      }));
      return;
    }
    const large = button({ text: say("Show it large"), "data-control": "large-code" }, () => this.#showLarge(link, rows));
    home.replaceChildren(drawing(rows), large);
  }

  /**
   * Fill the window with the code, black on white; a press of anything puts it away.
   * @param {string} link
   * @param {readonly string[]} rows
   */
  #showLarge(link, rows) {
    const { origin, pathname, searchParams } = new URL(link);
    const word = searchParams.get(ROOM) ?? "";
    const close = button({ text: "×", title: say("Close"), class: "close-code" }, () => dialog.close());
    const dialog = element("dialog", { class: "large-code", "aria-label": say("QR code of the link") }, [
      drawing(rows), element("p", {}, [origin + pathname, ...(word ? [" ", element("strong", { text: word.toUpperCase() })] : [])]), close,
    ]);
    dialog.addEventListener("close", () => {
      if (dialog.matches(":fullscreen")) void document.exitFullscreen().catch(() => {});
      dialog.remove();
    });
    dialog.addEventListener("fullscreenchange", () => {
      if (!dialog.matches(":fullscreen")) dialog.close(); // Escape leaves full screen before anybody hears of the key
    });
    dialog.addEventListener("keydown", (event) => event.stopPropagation());
    dialog.addEventListener("click", () => dialog.close());
    this.dialogs.root.append(dialog);
    dialog.showModal();
    dialog.requestFullscreen?.().catch(() => {}); // where it is refused, all of the window is taken
  }
}

/**
 * A QR code, black on white in every theme, with the light frame without which it is not read.
 * @param {readonly string[]} rows
 */
function drawing(rows) {
  const size = rows.length + 2 * QUIET_ZONE;
  const made = svgElement("svg", {
    class: "qr-code", viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": say("QR code of the link"), "data-modules": rows.length,
  });
  made.append(
    svgElement("rect", { width: size, height: size, class: "light" }),
    svgElement("path", { d: pathOfModules(rows), class: "dark" }),
  );
  return made;
}
