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
 * @typedef {object} LessonFacts
 * @property {number} number as people count
 * @property {string} key that no other lesson has
 * @property {string} title
 * @property {string} question
 * @property {string} insight
 * @property {boolean} [answered] whether all it asks was answered or revealed; left out where it asks nothing to be looked at
 * @property {Choice} [choice]
 * @property {string} [panel] that opens with it
 * @typedef {{number: number, key: string, title: string, minutes: number}} ListedLesson
 * @typedef {{title: string, lessons: ListedLesson[]}} LessonGroup the lessons of a level
 */

export {};
