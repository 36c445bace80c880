/** On paper: the question, the whole graph and the table on one page, black on white also from dark. */

/** What an A4 page and a Letter page both hold, in CSS pixels. */
const PAGE = { width: 680, height: 895 };
const STAGE_HEIGHT = { least: 240, most: 470, margins: 100 };
const GAP_PX = 16;
/** Columns that a long table may be broken into. */
const MOST_COLUMNS = 5;

export class Printing {
  /**
   * @param {HTMLElement} page
   * @param {object} acts
   * @param {() => number} acts.aspect the height of the graph over its width
   * @param {() => void} acts.fit draws the whole graph into the stage as it is now
   * @param {(theme: import("../../parts/theme.js").Theme | null) => void} acts.setTheme null for that of the page
   * @param {{stage: HTMLElement, table: {box: HTMLElement, home: HTMLElement}}} parts
   */
  constructor(page, { aspect, fit, setTheme }, { stage, table }) {
    let place = table.home;
    globalThis.addEventListener("beforeprint", () => {
      page.classList.add("printing");
      setTheme("light");
      const wanted = Math.min(Math.max(aspect() * PAGE.width + STAGE_HEIGHT.margins, STAGE_HEIGHT.least), STAGE_HEIGHT.most);
      stage.style.height = `${wanted}px`;
      fit();
      // Its panel may be open, and is not printed.
      place = table.box.parentElement ?? table.home;
      table.home.append(table.box);
      layTable(table.box, PAGE.height - GAP_PX - (stage.getBoundingClientRect().bottom - page.getBoundingClientRect().top));
    });
    globalThis.addEventListener("afterprint", () => {
      page.classList.remove("printing");
      for (const part of [stage, table.box]) part.removeAttribute("style");
      place.append(table.box);
      setTheme(null);
      fit();
    });
  }
}

/**
 * Break a table into as many columns as leave it largest, and make it as small as it must be for the rest of the page.
 * @param {HTMLElement} box
 * @param {number} room the height that is left
 */
function layTable(box, room) {
  box.style.width = "max-content";
  const { offsetWidth: width, offsetHeight: height } = box;
  const row = height / Math.max(box.querySelectorAll("tr").length, 1);
  const counts = Array.from({ length: MOST_COLUMNS }, (_, index) => index + 1);
  /**
   * Each column repeats the heading, and may end with less than a row left.
   * @param {number} count
   */
  const sizeIn = (count) => Math.min(PAGE.width / (count * (width + GAP_PX)), room / (height / count + 2 * row), 1);
  const columns = counts.reduce((best, count) => (sizeIn(count) > sizeIn(best) ? count : best), 1);
  const zoom = sizeIn(columns);
  Object.assign(box.style, {
    zoom: String(zoom), width: `${PAGE.width / zoom}px`, height: `${room / zoom}px`,
    columnCount: String(columns), columnGap: `${GAP_PX}px`, columnFill: "auto",
  });
}
