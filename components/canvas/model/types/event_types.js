/**
 * The edits and commands that the browser sends, in types; Python checks them once more.
 *
 * @typedef {import("./asked_types.js").NumberKind} NumberKind
 * @typedef {import("./asked_types.js").NumberName} NumberName
 * @typedef {import("./graph_types.js").DocumentBlock} DocumentBlock
 * @typedef {import("./graph_types.js").JsonValue} JsonValue
 * @typedef {import("./graph_types.js").Wire} Wire
 * @typedef {import("./training_types.js").DocumentTraining} DocumentTraining
 * @typedef {import("./training_types.js").ResetTraining} ResetTraining
 * @typedef {import("./training_types.js").Role} Role
 * @typedef {import("./training_types.js").SetRole} SetRole
 * @typedef {import("./training_types.js").SetTable} SetTable
 * @typedef {import("./training_types.js").SetTraining} SetTraining
 * @typedef {import("./training_types.js").ShowRows} ShowRows
 * @typedef {import("./training_types.js").Train} Train
 *
 * @typedef {object} AddNode
 * @property {"add"} type
 * @property {string} id
 * @property {string} op
 * @property {string} [name] without it Python gives the first free one
 * @property {number} x
 * @property {number} y
 * @property {string} [block]
 * @property {JsonValue} [value]
 * @property {string} [written] how the value was written
 * @property {Record<string, JsonValue>} [parameters]
 * @property {Role} [role]
 *
 * @typedef {{type: "connect", source: string, output: number, target: string, port: number}} Connect
 * @typedef {{type: "disconnect", target: string, port: number}} Disconnect
 * @typedef {{type: "set value", node: string, value: JsonValue}} SetValue
 * @typedef {{type: "set parameter", node: string, name?: string, value: JsonValue}} SetParameter
 * @typedef {{type: "move", positions: Record<string, [x: number, y: number]>}} Move
 * @typedef {{type: "delete", nodes: string[]}} Delete
 * @typedef {{type: "formula", text: string, viewport?: [width: number, height: number]}} SetFormula
 * @typedef {{type: "set open", block: string, open: boolean}} SetOpen
 * @typedef {{type: "ungroup", block: string}} Ungroup
 * @typedef {{type: "rename", node: string, name: string}} Rename
 * @typedef {{type: "choose", node: string, output: number}} Choose
 * @typedef {{type: "differentiate", node: string, output: number}} Differentiate
 * @typedef {{type: "set range", node: string, text: string}} SetRange
 * @typedef {{type: "hide", numbers: NumberName[], hidden?: boolean}} Hide
 * @typedef {{type: "descend", rate: number, steps: number, inputs?: string[]}} Descend
 *
 * @typedef {object} MakeBlock
 * @property {"block"} type
 * @property {string} id
 * @property {string[]} nodes
 * @property {string} [name]
 * @property {[node: string, port: number][][]} [inputs]
 * @property {boolean} [open]
 *
 * @typedef {AddNode | Connect | Disconnect | SetValue | SetParameter | Move | Delete | SetFormula | MakeBlock
 *   | SetTable | ShowRows | SetTraining | Train | ResetTraining
 *   | SetRole | SetOpen | Ungroup | Rename | Choose | Differentiate | Hide | SetRange | Descend} EditEvent
 *
 * @typedef {{type: "new" | "undo" | "redo" | "forward" | "backward" | "cleargrad" | "check" | "stop" | "explain" | "check built" | "write lesson" | "drop lesson" | "end try"}} PlainCommand
 * @typedef {{type: "tidy", viewport?: [width: number, height: number]}} Tidy viewport: what the graph may take, in pixels
 * @typedef {{type: "arrange", viewport: [width: number, height: number]}} Arrange the same, of what no hand has placed
 * @typedef {{type: "variant", variant: string}} SetVariant
 * @typedef {{type: "automatic", automatic: boolean}} SetAutomatic
 * @typedef {{type: "pick", order: string[] | null}} PickOrder
 * @typedef {{type: "open", text: string, name?: string}} OpenText
 * @typedef {{type: "lesson", lesson: number}} OpenLesson
 * @typedef {{type: "new"}} OpenNew an empty graph
 * @typedef {{type: "open link", link: string}} OpenLink
 * @typedef {{type: "answer", node: string, kind: NumberKind, output: number, text: string}} LockAnswer
 * @typedef {{type: "own numbers", name: string}} TakeOwnNumbers
 * @typedef {{type: "reveal", numbers: NumberName[]}} Reveal
 * @typedef {{type: "choose answer", place: number}} ChooseAnswer
 * @typedef {{node: string, kind: NumberKind, output: number, tries: string[], revealed: boolean}} KeptAnswers
 * @typedef {{type: "share", fields: {panel?: string, step?: number, language?: string, hides?: string[]}}} Share
 * @typedef {{type: "qr code", text: string}} DrawQrCode
 * @typedef {"svg" | "page" | "latex" | "script"} ExportKind
 * @typedef {{type: "export", kind: ExportKind}} Export
 * @typedef {{type: "worksheet", paper: string, blanks: string, question: string, names: string[], key: boolean}} MakeWorksheet
 * @typedef {{type: "set lesson" | "try lesson", fields: Record<string, unknown>}} SetLesson
 * @typedef {{type: "take back", gesture: number}} TakeBack
 * @typedef {{past: string[], future: string[]}} UndoHistory what Undo and Redo would do, as Python tells it
 * @typedef {object} Done what was done with a graph, to be brought back with it
 * @property {boolean} [automatic]
 * @property {string} [variant]
 * @property {boolean} [forward] by hand, whether Forward has run since the last edit
 * @property {[node: string, output: number][]} [sweeps] by hand, from where Backward has run since
 * @property {string[]} [picks] the order that somebody picks
 * @property {number | string} [lesson] the key of the one that the graph came from; earlier versions kept its place
 * @property {KeptAnswers[]} [answers] to hidden numbers
 * @property {number[]} [choice] the places of what was chosen of what the lesson offers
 * @property {string} [own] whose own numbers are shown
 * @property {UndoHistory} [history]
 * @typedef {{type: "restore", document: GraphDocument, followers?: number} & Done} Restore
 * @typedef {PlainCommand | Tidy | Arrange | SetVariant | SetAutomatic | PickOrder | OpenText | OpenLesson | OpenNew | OpenLink | Restore
 *   | Share | DrawQrCode | Export | MakeWorksheet | TakeBack | LockAnswer | Reveal | ChooseAnswer | TakeOwnNumbers | SetLesson} Command
 *
 * @typedef {object} GraphDocument the playground's own format
 * @property {string} format
 * @property {number} version
 * @property {object[]} nodes
 * @property {Wire[]} edges
 * @property {{node: string, output: number} | null} output
 * @property {DocumentBlock[]} blocks
 * @property {DocumentTraining} [training]
 * @property {NumberName[]} [hidden]
 * @property {string} [lesson] one that travels with the graph, in characters that only Python reads
 * @property {[node: string, low: number, high: number, decimals: number][]} [ranges]
 */

export {};
