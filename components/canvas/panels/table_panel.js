/** The panel of the table: while it is closed, the table stays in the page for who has it read aloud. */

export class TablePanel {
  /** @param {Pick<import("./panel.js").PanelTools, "table">} tools */
  constructor({ table }) {
    this.box = table.box;
    /** Where the table stands while the panel is closed. */
    this.home = table.home;
  }

  /** The table itself is shown by the canvas, be the panel open or not. */
  show() {}
}
