/**
 * Nodes, wires and blocks as they are drawn and as they stand in a document, in types.
 *
 * @typedef {import("./training_types.js").Role} Role
 * @typedef {number | string | boolean | null | JsonValue[]} JsonValue
 *
 * @typedef {object} Drawn how vis-network shows a node
 * @property {string} label
 * @property {string} shape
 * @property {string} group
 * @property {number} borderWidth
 * @property {number} widthConstraint
 *
 * @typedef {object} NodeFacts what is known of a node beside its look
 * @property {string} id
 * @property {string} op "Input", "Block" or an op of the engine
 * @property {string} name
 * @property {number} x
 * @property {number} y
 * @property {"loss"} [kind] what it is beside an input, an op or a block
 * @property {string} state "ok", "waiting", "stale", "trouble" or "error"
 * @property {string} data
 * @property {string} grad
 * @property {string} fullData
 * @property {string} fullGrad
 * @property {JsonValue} [value] of an input
 * @property {Role} [role] of an input
 * @property {string} [written] how somebody wrote the value, where its digits do not say so: "1/3"
 * @property {boolean} [named] whether somebody gave this op its name
 * @property {boolean} [pending] whether what was typed on it is not computed yet
 * @property {[name: string, value: JsonValue][]} [parameters]
 * @property {string} [typed] the parameters as a text to edit
 * @property {"line" | "heading"} [typedAt]
 * @property {[name: string, value: number]} [slides] the parameter that a hand may slide
 * @property {string[]} [ports] where they are not those of the op
 * @property {string[]} [outputs]
 * @property {number} [members] of a closed block
 * @property {string} [message]
 * @property {string} [arrived]
 * @property {number} [bar] log₁₀ of |grad|
 * @property {string} [size] |grad| in words
 *
 * @typedef {Drawn & NodeFacts} PictureNode
 * @typedef {Pick<NodeFacts, "op" | "name" | "x" | "y" | "value" | "parameters" | "written" | "named" | "role">} HiddenNode in a closed block
 * @typedef {HiddenNode & {id: string}} DocumentNode
 *
 * @typedef {{from: string, output: number, to: string, port: number}} Wire
 * @typedef {Wire & {id: string, arrows?: string | object, label?: string, smooth?: object, local?: string, width?: number,
 *   dashes?: number[] | false, gradient?: string}} Edge
 *
 * @typedef {object} BlockFacts
 * @property {string} name
 * @property {string[]} nodes all members
 * @property {boolean} open
 * @property {[node: string, port: number][][]} inputs
 * @property {[node: string, output: number][]} outputs
 * @property {string[]} frame what the frame of an open one stands around; empty where it is not shown
 * @typedef {Omit<BlockFacts, "frame"> & {id: string}} DocumentBlock
 */

export {};
