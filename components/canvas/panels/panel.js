/**
 * What a panel beside the stage is, and what it is handed.
 *
 * @typedef {object} Panel
 * @property {HTMLElement} box
 * @property {string} [label] what a screen reader calls it, where that is more than its title
 * @property {(picture: import("../model/types/picture_types.js").Picture) => void} show
 * @property {string} [title] of one without a tab
 * @property {HTMLElement} [home] where its box stands while it is closed
 * @property {() => void} [mark] the selection has changed
 * @property {(refusal: import("../model/types/exchange_types.js").Refusal) => boolean} [refuse] says a refusal of one of its fields
 *
 * @typedef {object} PanelTools
 * @property {import("../model/page_model.js").PageModel} model
 * @property {import("../drawing/stage.js").Stage} stage
 * @property {import("../gestures/edits.js").Edits} edits
 * @property {import("./steps/stepper.js").Stepper} stepper
 * @property {import("./node_table.js").NodeTable} table
 * @property {() => import("../parts/theme.js").Theme} theme
 * @property {{get: () => boolean, set: (on: boolean) => void}} running whether the lines that run are shown
 * @property {() => void} share hands out a link
 * @property {(name: string) => unknown} openPanel opens a panel, or none by the empty name
 */

export {};
