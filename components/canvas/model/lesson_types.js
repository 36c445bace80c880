/**
 * What Python tells of lessons, in types.
 *
 * @typedef {object} LessonFacts
 * @property {number} number as people count
 * @property {string} key that no other lesson has
 * @property {string} title
 * @property {string} question
 * @property {string} insight
 * @property {string} [panel] that opens with it
 * @typedef {{number: number, key: string, title: string, minutes: number}} ListedLesson
 * @typedef {{title: string, lessons: ListedLesson[]}} LessonGroup the lessons of a level
 */

export {};
