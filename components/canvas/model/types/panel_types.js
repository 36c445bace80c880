/**
 * What Python tells the panels, in types.
 *
 * @typedef {import("../../parts/math.js").MathTree} MathTree
 * @typedef {import("./event_types.js").EditEvent} EditEvent
 * @typedef {import("./graph_types.js").PictureNode} PictureNode
 *
 * @typedef {{name: string, title: string, hint: string}} PanelFacts
 * @typedef {{node: string, output: number, name: string, chosen: boolean}} OutputFacts
 *
 * @typedef {{lines: MathTree[], spoken: string}} InspectorRule
 * @typedef {{edits: "name" | "value" | "parameter" | "range", parameter?: string, label: string, text: string, hint: string}} InspectorField
 * @typedef {object} InspectorFacts of the selected node or block
 * @property {string} id
 * @property {string} name
 * @property {InspectorField[]} fields
 * @property {string} about
 * @property {InspectorRule[]} rules
 * @property {InspectorRule[]} products
 * @property {{data: string, grad: string, shape: string}} numbers
 * @property {string} message
 * @property {{label: string, event: EditEvent}[]} offers
 *
 * @typedef {{sentences: string[], equations: InspectorRule[]}} Derivation
 * @typedef {{id: string, number: "data" | "grad", shown: string, parts: Derivation[]}} DerivationFacts of one number
 *
 * @typedef {object} Step
 * @property {"forward" | "seed" | "backward" | "update"} kind
 * @property {string} node
 * @property {string} name
 * @property {number} generation
 * @property {number} sweep which Backward it belongs to
 * @property {string} op
 * @property {string} caption
 * @property {string[]} slips
 * @property {MathTree[]} formulas
 * @property {string[]} spoken
 * @property {[edge: string, text: string][]} flow the numbers that pass over wires
 * @property {Record<string, Partial<PictureNode>>} gives what nodes show from here on
 * @property {string[]} waiting the work list
 * @property {number[]} lines of the engine that ran
 * @property {number} [telling] the line that says what the step is about
 *
 * @typedef {object} LedgerEntry
 * @property {number} step
 * @property {number} sweep
 * @property {string} from
 * @property {string} text
 * @property {string} replaces
 * @property {string} sign
 * @property {string} total
 * @typedef {{name: string, due: number[], before?: number[], entries: LedgerEntry[]}} Ledger before: by earlier pages
 * @typedef {{first: number, lines: string[]}} Listing source code and the number of its first line
 *
 * @typedef {object} Steps
 * @property {undefined} [stale]
 * @property {Record<string, Partial<PictureNode>>} base what nodes show before the first step
 * @property {Record<string, string>} hidden Functions in closed blocks
 * @property {Record<string, Step>} steps by their number on this page, from 1
 * @property {number} count of this page
 * @property {number} [after] the step after which this page begins
 * @property {number} [total] of all pages
 * @property {number} forward how many of all are forward's
 * @property {string} begin
 * @property {Record<string, number>} generations
 * @property {Record<string, Ledger[]>} ledgers
 * @property {{forward: Listing, backward: Listing}} sources
 * @property {Record<string, {forward: string, backward: string}>} methods by op
 *
 * @typedef {{names: string, factors: string, sign: string, product: string, nodes: string[], edges: string[]}} PathRow
 * @typedef {object} VariablePaths
 * @property {string} name
 * @property {string} count
 * @property {boolean} complete
 * @property {string} total
 * @property {string} sum
 * @property {string} sign
 * @property {string} grad
 * @property {boolean} agrees
 * @property {PathRow[]} rows
 * @typedef {object} PathsFacts
 * @property {{paths: string, forward: string, reverse: string}} costs
 * @property {string} output
 * @property {VariablePaths[]} [variables]
 *
 * @typedef {{id: string, name: string, quotient: string, grad: string, apart: string, remarks: string[]}} NudgeRow
 * @typedef {{h: string, rows: NudgeRow[], left: number, output: string}} NudgeFacts
 * @typedef {object} CheckFacts
 * @property {string} id
 * @property {string} name
 * @property {string} analytical
 * @property {string} numerical
 * @property {string} error
 * @property {boolean} agrees
 * @property {boolean} answered whether gradient and difference are finite, so that they can be compared
 * @property {string[]} remarks
 * @property {number} left
 *
 * @typedef {[low: number, high: number]} Interval
 * @typedef {object} DescentPlot the part of a descent that there is a plot of
 * @property {Interval[]} frame
 * @property {number} kind of what the window is
 * @property {number[][]} points
 * @property {number[]} slopes
 * @property {[value: number, text: string][][]} ticks
 * @property {string} way
 * @property {string} summary
 * @property {string[]} levels
 * @property {number} [n]
 * @property {number[]} [cells]
 * @property {number} [fine]
 * @property {number[][][]} [pieces]
 * @typedef {object} DescentWay
 * @property {[node: string, name: string][]} [inputs]
 * @property {string[]} [axes]
 * @property {string[]} [names]
 * @property {string} [output]
 * @property {number} [others]
 * @property {number} rate
 * @property {number} steps
 * @property {string} trouble
 * @property {string} [remark]
 * @property {string[]} [columns]
 * @property {{values: string[], output: string, told: string}[]} [rows]
 * @property {number[]} [heights]
 * @property {[worked: string, result: string, sign: string][]} [rule]
 * @property {boolean} [asks] whether numbers are hidden from which the first step comes
 * @typedef {DescentWay & Partial<DescentPlot>} DescentFacts
 *
 * @typedef {{text: string, lines: [text: string, node: string][]}} Script
 */

export {};
