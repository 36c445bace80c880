/** On paper: the question, the whole graph and the table on one page, black on white also from dark. */

export class Printing {
  /**
   * @param {HTMLElement} page
   * @param {object} acts
   * @param {() => void} acts.fit draws the whole graph into the stage as it is now
   * @param {(theme: import("../parts/theme.js").Theme | null) => void} acts.setTheme null for that of the page
   */
  constructor(page, { fit, setTheme }) {
    globalThis.addEventListener("beforeprint", () => {
      page.classList.add("printing");
      setTheme("light");
      fit();
    });
    globalThis.addEventListener("afterprint", () => {
      page.classList.remove("printing");
      setTheme(null);
      fit();
    });
  }
}
