/**
 * What Python tells of training, and the edits of it, in types.
 *
 * @typedef {"data" | "weight" | "target"} Role what an input is in training
 * @typedef {{type: "set role", nodes: string[], role?: Role}} SetRole
 * @typedef {{type: "set table", text: string}} SetTable
 * @typedef {{type: "show rows", first: number, count: number}} ShowRows
 * @typedef {{type: "set training", optimizer?: string, rate?: number, momentum?: number, clears?: boolean}} SetTraining
 * @typedef {{type: "train", updates: number}} Train
 * @typedef {{type: "reset training"}} ResetTraining
 * @typedef {object} FitPlot the points of a table, and what is predicted
 * @property {string} name of the node that predicts
 * @property {string[]} axes
 * @property {string} target
 * @property {number[][]} points x and target, or x, y and target
 * @property {string} summary
 * @property {[low: number, high: number][]} frame
 * @property {[value: number, text: string][][]} ticks
 * @property {number[][][]} [line] in pieces
 * @property {number} [n] cells along each side of a map
 * @property {number[]} [cells] in hundredths; below 0 where there is nothing
 * @property {number} [middle] between high and low targets
 * @property {string} [boundary]
 * @typedef {{losses: [update: number, loss: number][]}} DocumentTraining
 * @typedef {object} TrainFacts
 * @property {boolean} ready whether there is a weight
 * @property {string} asks what a table is to hold
 * @property {string} header
 * @property {string[]} columns
 * @property {string[][]} rows the first ones
 * @property {number} total
 * @property {[from: number, to: number]} shown which rows stand on the nodes
 * @property {string} told
 * @property {string} optimizer
 * @property {number} rate
 * @property {number} momentum
 * @property {boolean} clears
 * @property {number} updates
 * @property {number} count of rows at a time
 * @property {string[]} next
 * @property {string} standing
 * @property {FitPlot} [plot]
 */

export {};
