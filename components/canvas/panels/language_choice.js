/**
 * The choice of the language, each called in itself. Another one opens the page anew: nothing is lost, since the tab is
 * kept as over any reload.
 *
 * @typedef {{code: string, name: string}} Language
 */

import { element } from "../parts/dom.js";
import { say } from "../parts/messages.js";

/** As the server reads it (`components/page/host.py`). */
export const LANGUAGE_COOKIE = "backprop-playground-language";
const YEAR_SECONDS = 31_536_000;

export class LanguageChoice {
  #shown = "";

  /** @param {(code: string) => void} choose */
  constructor(choose) {
    this.select = element("select", { "aria-label": say("Language"), "data-control": "language" });
    this.select.addEventListener("change", () => choose(this.select.value));
    this.box = element("div", { class: "language-choice", dir: "ltr", hidden: true }, [
      element("span", { class: "sign", text: "文", "aria-hidden": "true" }), this.select,
    ]);
  }

  /**
   * @param {readonly Language[]} languages
   * @param {string} present the code of the one that is spoken
   */
  show(languages, present) {
    const told = JSON.stringify([languages, present]);
    if (told === this.#shown) return;
    this.#shown = told;
    this.box.hidden = languages.length < 2;
    this.select.replaceChildren(...languages.map(({ code, name }) => element("option", { value: code, lang: code, text: name })));
    this.select.value = present;
  }
}

/**
 * Where the page is opened anew in a language. The address says it where the browser keeps no cookie, or where it holds
 * a link, which may name another one.
 * @param {string} address
 * @param {string} code
 * @param {boolean} isKept
 */
export function addressIn(address, code, isKept) {
  const url = new URL(address);
  if (isKept && !url.searchParams.has("graph")) url.searchParams.delete("lang");
  else url.searchParams.set("lang", code);
  return url.href;
}

/**
 * Open the page anew in another language, and keep that for later visits.
 * @param {string} code
 */
export function speak(code) {
  const pair = `${LANGUAGE_COOKIE}=${encodeURIComponent(code)}`;
  let isKept = false;
  try {
    document.cookie = `${pair}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
    isKept = document.cookie.split("; ").includes(pair);
  } catch {
    // no cookies here
  }
  const address = addressIn(location.href, code, isKept);
  if (address === location.href) location.reload();
  else location.assign(address);
}
