/** What a page has handed over, and what it has told its listeners, since a test began. Timers are the test's. */

import { beforeEach, mock } from "node:test";

/** @type {import("../../components/canvas/model/types/exchange_types.js").Post[]} */
export const posts = [];
/** @type {string[]} */
export const told = [];

export function forgetNotes() {
  posts.length = 0;
  told.length = 0;
}

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  forgetNotes();
});
