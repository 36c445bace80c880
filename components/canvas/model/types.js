/**
 * What Python tells the browser and what the browser hands over: the border where JSON comes in, in types.
 *
 * @typedef {import("../parts/math.js").MathTree} MathTree
 * @typedef {import("../parts/messages.js").Messages} Messages
 * @typedef {import("../parts/numbers.js").NumberStyle} NumberStyle
 * @typedef {import("../parts/theme.js").Theme} Theme
 * @typedef {import("./training_types.js").Role} Role
 * @typedef {import("./training_types.js").SetRole} SetRole
 * @typedef {import("./training_types.js").SetTable} SetTable
 * @typedef {import("./training_types.js").ShowRows} ShowRows
 * @typedef {import("./training_types.js").SetTraining} SetTraining
 * @typedef {import("./training_types.js").Train} Train
 * @typedef {import("./training_types.js").ResetTraining} ResetTraining
 * @typedef {import("./training_types.js").FitPlot} FitPlot
 * @typedef {import("./training_types.js").TrainFacts} TrainFacts
 * @typedef {import("./training_types.js").DocumentTraining} DocumentTraining
 * @typedef {import("./lesson_types.js").LessonFacts} LessonFacts
 *
 * @typedef {{x: number, y: number}} Point in graph units, or on the stage in CSS pixels
 * @typedef {{x: number, y: number, width: number, height: number}} Box a centre and a size
 * @typedef {{left: number, right: number, top: number, bottom: number}} Bounds
 * @typedef {"in" | "out"} Side
 * @typedef {{id: string, side: Side, index: number}} PortPlace a port of a drawn node
 * @typedef {number | string | boolean | null | JsonValue[]} JsonValue
 *
 * The picture
 * -----------
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
 * @property {string} state "ok", "waiting", "stale", "trouble" or "error"
 * @property {string} data
 * @property {string} grad
 * @property {string} fullData
 * @property {string} fullGrad
 * @property {JsonValue} [value] of an input
 * @property {Role} [role] of an input
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
 * @typedef {Pick<NodeFacts, "op" | "name" | "x" | "y" | "value" | "parameters" | "role">} HiddenNode in a closed block
 * @typedef {HiddenNode & {id: string}} DocumentNode
 *
 * @typedef {{from: string, output: number, to: string, port: number}} Wire
 * @typedef {Wire & {id: string, arrows?: string, label?: string, smooth?: object, local?: string}} Edge
 *
 * @typedef {object} BlockFacts
 * @property {string} name
 * @property {string[]} nodes all members
 * @property {boolean} open
 * @property {[node: string, port: number][][]} inputs
 * @property {[node: string, output: number][]} outputs
 * @property {string[]} frame what the frame of an open one stands around; empty where it is not shown
 * @typedef {Omit<BlockFacts, "frame"> & {id: string}} DocumentBlock
 *
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
 * @property {{width: number, height: number}} node what a drawn node fits into
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
 * @property {InspectorFacts} [inspector]
 * @property {{nodes: Record<string, HiddenNode>, edges: Record<string, Wire>, order: string[]}} [inside]
 * @property {Record<string, BlockFacts>} [blocks]
 * @property {{low: number, high: number}} [bars]
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
 *
 * What the panels tell
 * --------------------
 * @typedef {{name: string, title: string, hint: string}} PanelFacts
 * @typedef {{node: string, output: number, name: string, chosen: boolean}} OutputFacts
 *
 * @typedef {{lines: MathTree[], spoken: string}} InspectorRule
 * @typedef {{edits: "name" | "value" | "parameter", parameter?: string, label: string, text: string, hint: string}} InspectorField
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
 * @typedef {DescentWay & Partial<DescentPlot>} DescentFacts
 *
 * @typedef {{text: string, lines: [text: string, node: string][]}} Script
 *
 * What the browser looks at
 * -------------------------
 * @typedef {object} DescentLook
 * @property {string} across
 * @property {string} up
 * @property {number} [rate] once somebody has set it
 * @property {number} [steps] once somebody has set it
 * @property {boolean} hold
 * @property {Interval[]} frame
 * @property {number} kind
 * @typedef {object} Look
 * @property {string} panel
 * @property {boolean} stepping
 * @property {boolean} local
 * @property {boolean} bars
 * @property {number} exponent
 * @property {number} [steps_after] after which step the page begins that is looked at
 * @property {DescentLook} descent
 *
 * Events and commands
 * -------------------
 * @typedef {object} AddNode
 * @property {"add"} type
 * @property {string} id
 * @property {string} op
 * @property {number} x
 * @property {number} y
 * @property {string} [block]
 * @property {JsonValue} [value]
 * @property {Record<string, JsonValue>} [parameters]
 * @property {Role} [role]
 *
 * @typedef {{type: "connect", source: string, output: number, target: string, port: number}} Connect
 * @typedef {{type: "disconnect", target: string, port: number}} Disconnect
 * @typedef {{type: "set value", node: string, value: JsonValue}} SetValue
 * @typedef {{type: "set parameter", node: string, name?: string, value: JsonValue}} SetParameter
 * @typedef {{type: "move", positions: Record<string, [x: number, y: number]>}} Move
 * @typedef {{type: "delete", nodes: string[]}} Delete
 * @typedef {{type: "formula", text: string}} SetFormula
 * @typedef {{type: "set open", block: string, open: boolean}} SetOpen
 * @typedef {{type: "ungroup", block: string}} Ungroup
 * @typedef {{type: "rename", node: string, name: string}} Rename
 * @typedef {{type: "choose", node: string, output: number}} Choose
 * @typedef {{type: "differentiate", node: string, output: number}} Differentiate
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
 *   | SetRole | SetOpen | Ungroup | Rename | Choose | Differentiate | Descend} EditEvent
 *
 * @typedef {{type: "undo" | "redo" | "share" | "tidy" | "forward" | "backward" | "cleargrad" | "check" | "stop"}} PlainCommand
 * @typedef {{type: "variant", variant: string}} SetVariant
 * @typedef {{type: "automatic", automatic: boolean}} SetAutomatic
 * @typedef {{type: "pick", order: string[] | null}} PickOrder
 * @typedef {{type: "open", text: string, name?: string}} OpenText
 * @typedef {{type: "lesson", lesson: number}} OpenLesson
 * @typedef {{past: string[], future: string[]}} UndoHistory what Undo and Redo would do, as Python tells it
 * @typedef {object} Done what was done with a graph, to be brought back with it
 * @property {boolean} [automatic]
 * @property {string} [variant]
 * @property {boolean} [forward] by hand, whether Forward has run since the last edit
 * @property {[node: string, output: number][]} [sweeps] by hand, from where Backward has run since
 * @property {string[]} [picks] the order that somebody picks
 * @property {number} [lesson] the one that the graph came from
 * @property {UndoHistory} [history]
 * @typedef {{type: "restore", document: GraphDocument} & Done} Restore
 * @typedef {PlainCommand | SetVariant | SetAutomatic | PickOrder | OpenText | OpenLesson | Restore} Command
 *
 * @typedef {object} GraphDocument the playground's own format
 * @property {string} format
 * @property {number} version
 * @property {object[]} nodes
 * @property {Wire[]} edges
 * @property {{node: string, output: number} | null} output
 * @property {DocumentBlock[]} blocks
 * @property {DocumentTraining} [training]
 */

export {};
