/**
 * What goes to and fro between Python and the browser: messages and what the outbox hands over.
 *
 * @typedef {import("./event_types.js").Command} Command
 * @typedef {import("./event_types.js").Done} Done
 * @typedef {import("./event_types.js").EditEvent} EditEvent
 * @typedef {import("./panel_types.js").Interval} Interval
 *
 * @typedef {{label: string, text: string}} Offer what may have been meant: what is shown, and the whole text
 *
 * @typedef {{seq: number, text: string, node: string, line: number, column: number, offers?: Offer[]}} Refusal
 * @typedef {Offer & {name: string}} Hint a name that became an input, and what else it may mean
 * @typedef {{seq: number, read: string, hints: Hint[]}} Remark how a formula was read that was taken
 *
 * @typedef {{panel?: string, step?: number, language?: string, hides?: string[]}} Linked what a link says of the page
 *
 * @typedef {{text: string, rows: string[]}} QrCode "1" for each dark module; no rows where the text is too long
 * @typedef {{url: string, remark: string}} Address where others find the page; it ends with a slash
 *
 * @typedef {{text: string, percent: number}} Progress what Python has begun, and which share of it is done
 *
 * @typedef {{seq: number, name: string, type: string, deflated: string}} ExportedFile `seq` is of the event that asked for it
 *
 * @typedef {object} Answer
 * @property {string} session
 * @property {number} post the number of the latest outbox that Python has taken
 * @property {number} ack the number of the latest event that the picture shows
 * @property {number} [parts] how many parts of the event after that have come
 * @property {Refusal[]} refusals
 * @property {Remark} [remark]
 * @property {string} undo
 * @property {string} redo
 * @property {string} notice
 * @property {string} link
 * @property {QrCode} [qrCode] the one that was asked for last
 * @property {ExportedFile} [file] that was asked for, until it is here
 * @property {string} greeting
 * @property {string} openedByLink
 * @property {Address} [address] where others find the page
 * @property {string} [rooms] where the rooms of classes stand, seen from the page's own address
 * @property {boolean} [firstSteps] false where a first visit is not to be offered any
 * @property {Linked} [linked] what that link says of the page
 * @property {number} revision
 * @property {number} base
 * @property {Progress} [progress] what is in work; Python goes on with it when the next outbox comes
 * @property {unknown} picture the difference from the picture of revision `base`
 * @property {unknown} [history] the difference from the history told with it
 * @typedef {Answer & Omit<Done, "history"> & {automatic: boolean, variant: string}} Message what Python says
 *
 * @typedef {{event: EditEvent | Command, gesture?: number}} PendingEvent
 * @typedef {PendingEvent & {seq: number}} OutboxEntry
 * @typedef {object} EventPart
 * @property {number} number from 0
 * @property {number} count
 * @property {boolean} deflated whether the whole of it is compressed
 * @property {string} text base64
 * @typedef {{seq: number, gesture?: number, event?: EditEvent | Command, part?: EventPart}} PostedEvent
 * @typedef {object} Post what the browser hands over
 * @property {string} session
 * @property {number} post
 * @property {number} have
 * @property {string} selected
 * @property {Look} [look]
 * @property {[width: number, height: number]} [viewport] what the graph may take on the stage, in pixels
 * @property {PostedEvent[]} events
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
 * @property {boolean} widths whether wires are as wide as the gradient that came back over them
 * @property {"" | "data" | "grad"} number which number of the selected node is derived
 * @property {number} exponent
 * @property {number} [steps_after] after which step the page begins that is looked at
 * @property {DescentLook} descent
 */

export {};
