/**
 * The picture that Python tells the browser, in types: the border where JSON comes in.
 *
 * @typedef {import("../../parts/messages.js").Messages} Messages
 * @typedef {import("../../parts/numbers.js").NumberStyle} NumberStyle
 * @typedef {import("../../parts/theme.js").Theme} Theme
 * @typedef {import("./asked_types.js").AskedNumber} AskedNumber
 * @typedef {import("./graph_types.js").BlockFacts} BlockFacts
 * @typedef {import("./graph_types.js").Drawn} Drawn
 * @typedef {import("./graph_types.js").Edge} Edge
 * @typedef {import("./graph_types.js").HiddenNode} HiddenNode
 * @typedef {import("./graph_types.js").PictureNode} PictureNode
 * @typedef {import("./graph_types.js").Wire} Wire
 * @typedef {import("./lesson_types.js").LessonFacts} LessonFacts
 * @typedef {import("./lesson_types.js").LessonForm} LessonForm
 * @typedef {import("./panel_types.js").CheckFacts} CheckFacts
 * @typedef {import("./panel_types.js").DerivationFacts} DerivationFacts
 * @typedef {import("./panel_types.js").DescentFacts} DescentFacts
 * @typedef {import("./panel_types.js").InspectorFacts} InspectorFacts
 * @typedef {import("./panel_types.js").NudgeFacts} NudgeFacts
 * @typedef {import("./panel_types.js").OutputFacts} OutputFacts
 * @typedef {import("./panel_types.js").PanelFacts} PanelFacts
 * @typedef {import("./panel_types.js").PathsFacts} PathsFacts
 * @typedef {import("./panel_types.js").Script} Script
 * @typedef {import("./panel_types.js").Steps} Steps
 * @typedef {import("./training_types.js").DocumentTraining} DocumentTraining
 * @typedef {import("./training_types.js").TrainFacts} TrainFacts
 *
 * @typedef {{x: number, y: number}} Point in graph units, or on the stage in CSS pixels
 * @typedef {{x: number, y: number, width: number, height: number}} Box a centre and a size
 * @typedef {{left: number, right: number, top: number, bottom: number}} Bounds
 * @typedef {"in" | "out"} Side
 * @typedef {{id: string, side: Side, index: number}} PortPlace a port of a drawn node
 *
 * The picture
 * -----------
 * @typedef {object} CatalogueEntry an op of the palette
 * @property {string} op
 * @property {string} symbol
 * @property {string[]} ports
 * @property {string[]} outputs
 * @property {string} description
 * @property {string[]} aliases
 * @property {string} [hint]
 * @property {Drawn} [drawn]
 *
 * @typedef {object} Settings what both sides must know alike, told by Python
 * @property {{column: number, row: number}} distances between nodes that are laid out
 * @property {{width: number, height: number, text: number}} node what a drawn node fits into, and the size of its text
 * @property {{input: string[], op: string[], block: string}} names in the order in which they are given
 * @property {{minRate: number, maxRate: number, maxSteps: number}} descent
 * @property {{format: string, version: number, largestBytes: number}} document
 * @property {NumberStyle} numbers
 *
 * @typedef {{right: string, why: string, step: number, rule: string}} Fault a wrong number and the right one
 *
 * @typedef {object} Picture
 * @property {Record<string, PictureNode>} nodes
 * @property {Record<string, Edge>} edges
 * @property {string[]} order evaluation order
 * @property {Record<Theme, object> | null} options vis-network's, by theme
 * @property {{group: string, ops: CatalogueEntry[]}[]} catalogue
 * @property {Settings} settings
 * @property {Drawn} [newBlock]
 * @property {number} [document] which opening of a graph it stems from
 * @property {number} [drawn] how often a part was drawn that nobody placed
 * @property {[node: string, output: number]} [chosen]
 * @property {OutputFacts[]} [outputs] where Backward may start
 * @property {LessonFacts} [lesson] the one that is open
 * @property {LessonForm} [lessonForm] while somebody writes one
 * @property {AskedNumber[]} [asked] the hidden numbers, in the order in which they are computed
 * @property {string} [score] how many were found
 * @property {{name: string}} [own] whose own numbers are shown, where each student has others
 * @property {[node: string, low: number, high: number, decimals: number][]} [ranges] of these numbers
 * @property {InspectorFacts} [inspector]
 * @property {DerivationFacts} [derivation]
 * @property {{nodes: Record<string, HiddenNode>, edges: Record<string, Wire>, order: string[]}} [inside]
 * @property {Record<string, BlockFacts>} [blocks]
 * @property {{low: number, high: number}} [bars] the powers of ten that they span
 * @property {{low: number, high: number}} [widths] the same of wires as wide as their gradient
 * @property {Record<string, Fault>} [faults]
 * @property {string} [formula]
 * @property {PanelFacts[]} [panels]
 * @property {string} [language] the code of the one that is spoken
 * @property {Messages} [messages]
 * @property {boolean} [picking]
 * @property {string[]} [picks]
 * @property {Steps | {stale: true}} [steps]
 * @property {PathsFacts} [paths]
 * @property {NudgeFacts} [nudge]
 * @property {CheckFacts[]} [check]
 * @property {DescentFacts} [descent]
 * @property {TrainFacts} [train]
 * @property {DocumentTraining} [training] as it stands in the document
 * @property {Record<string, Script>} [code]
 * @property {string} [panelTrouble] why the open panel shows nothing
 */

export {};
