/**
 * What Python tells of the numbers that are asked for.
 *
 * @typedef {"data" | "grad"} NumberKind
 * @typedef {[node: string, kind: NumberKind, output: number]} NumberName
 * @typedef {object} AskedNumber a hidden number, and how far somebody has come with it
 * @property {string} node
 * @property {string} place the node or the closed block at which it stands
 * @property {NumberKind} kind
 * @property {number} output
 * @property {string} name such as x.grad
 * @property {"open" | "again" | "right" | "late" | "wrong" | "revealed"} state
 * @property {string[]} tries as they were typed
 * @property {string[]} sentences what is said of the last of them
 * @property {string} [shape] of an array
 * @property {number} [step] the one to be looked at
 */

export {};
