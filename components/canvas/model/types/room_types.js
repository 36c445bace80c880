/**
 * What a server tells of a class's room.
 *
 * @typedef {import("./event_types.js").GraphDocument} GraphDocument
 *
 * @typedef {"number" | "choice" | "function" | "build"} QuestionKind
 * @typedef {"open" | "closed" | "revealed"} Phase
 *
 * @typedef {object} RoomQuestion
 * @property {string} id
 * @property {number} number
 * @property {QuestionKind} kind
 * @property {string} title
 * @property {string} variant
 * @property {GraphDocument} [graph]
 * @property {string} [asked] such as x.grad
 * @property {boolean} [own] whether each student computes with other numbers
 * @property {string[]} [choices]
 * @property {string[]} [functions]
 * @property {number} [done] how many steps were made, where the next Function is asked for
 *
 * @typedef {{label: string, count: number, groups?: string[]}} Bar
 * @typedef {{name: string, count: number, right: boolean | null, share: string, sentence: string}} Group
 * @typedef {{round: number, answered: number, locked?: number, bars: Bar[], groups?: Group[]}} Spread
 *
 * @typedef {{question?: string, round?: number, phase?: Phase}} RoomMoment
 * @typedef {{id: string, name: string, answered: boolean, locked: boolean, showsGraph?: boolean}} RoomStudent
 * @typedef {{right?: string, graph?: GraphDocument, isRight?: boolean | null, sentence?: string, step?: number}} Revealed
 * @typedef {RoomMoment & {code: string, endsAt: number, showsSpread: boolean, students: RoomStudent[], spreads: Spread[],
 *   course?: number, revealed?: Revealed}} TeacherTold
 * @typedef {RoomMoment & {code: string, spreads?: Spread[]}} ClassTold
 * @typedef {{name: string, number: number, showsGraph?: boolean, answers?: Record<string, {text: string, locked: boolean}>,
 *   revealed?: Revealed}} YouTold
 *
 * @typedef {object} RoomState what a page knows of its room
 * @property {"teacher" | "student" | ""} role "" where the page is in no room
 * @property {string} code
 * @property {boolean} isConnected
 * @property {RoomQuestion} [question]
 * @property {TeacherTold} [teacher]
 * @property {ClassTold} [told]
 * @property {YouTold} [you]
 *
 * @typedef {{type: "ask", id: string, question: object, after?: string} | {type: "close" | "vote_again", question: string, round: number}
 *   | {type: "reveal", question: string} | {type: "show_spread", shown: boolean}
 *   | {type: "rename", student: string, name: string} | {type: "remove", student: string} | {type: "end"}} RoomAction
 */

export {};
