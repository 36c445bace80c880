/**
 * What Python tells of lessons, in types.
 *
 * @typedef {object} Choice what there is to choose from
 * @property {string[]} choices
 * @property {"open" | "again" | "right" | "late" | "wrong"} state
 * @property {number[]} tries the places of those that were chosen
 * @property {number} [right] the place of the right one, once it is shown
 * @property {string} [hint] after the first wrong try
 *
 * @typedef {{state: "open" | "wrong" | "right", hint?: string}} BuiltFacts
 * @typedef {object} LessonFacts
 * @property {number} [number] its place in the list, as people count; left out of one that came with its graph
 * @property {string} key that no other lesson has
 * @property {string} title
 * @property {string} question
 * @property {string} [insight] once all is answered, or somebody has asked for it
 * @property {string} [next] the title of the lesson that comes after it, once its own insight is told
 * @property {string} [carried] all of it in characters, where it travels with the graph
 * @property {boolean} [tried] whether who writes it tries it
 * @property {boolean} [answered] whether all it asks was answered or revealed; left out where it asks nothing to be looked at
 * @property {Choice} [choice]
 * @property {BuiltFacts} [build] of a lesson in which a graph is built
 * @property {string} [panel] that opens with it
 * @typedef {{number: number, key: string, title: string, minutes: number}} ListedLesson
 * @typedef {{title: string, lessons: ListedLesson[]}} LessonGroup the lessons of a level
 *
 * What who writes a lesson works on; `fields` as a lesson's file has them, `file` its text.
 * @typedef {object} LessonFields
 * @property {string} [title]
 * @property {string} [question]
 * @property {string} [answer]
 * @property {string[]} [choices]
 * @property {string} [right]
 * @property {string} [hint]
 * @property {string} [insight]
 * @property {number} [minutes]
 * @property {number} [level]
 * @property {string[]} [fixed]
 * @property {string} [panel]
 * @property {string} [engine]
 * @property {boolean} [automatic]
 *
 * @typedef {{levels: string[], isOpen: boolean, fields?: LessonFields, file?: string}} LessonForm
 */

export {};
