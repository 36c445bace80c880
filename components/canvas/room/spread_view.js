/**
 * How a class has answered, a column for each round: bars, and what the answers show where that is to be seen.
 *
 * @typedef {import("../model/types/room_types.js").Spread} Spread
 * @typedef {"bars" | "diagnosis" | "right"} Telling diagnosis: what wrong answers come of, where the class may not see yet
 *   which are right · right: all of it
 */

import { element } from "../parts/dom.js";
import { say, sayCount } from "../parts/messages.js";

/** The group of the answers that are right, as the server calls it. */
const RIGHT = "right";

/**
 * What is told before the reveal of what the answers come of. Where they stand beside it, neither those that are right are
 * told from the others nor how many they are, since that tells which.
 * @param {Spread} spread
 */
export function diagnosed({ bars, groups = [] }) {
  return bars.length ? groups.filter(({ name }) => name !== "" && name !== RIGHT) : groups;
}

/**
 * @param {readonly Spread[]} spreads
 * @param {Telling} tells
 * @returns {HTMLElement}
 */
export function spreadView(spreads, tells) {
  return element("div", { class: "spreads", "data-testid": "spreads" }, spreads.map((spread) => column(spread, tells)));
}

/**
 * @param {Spread} spread
 * @param {Telling} tells
 */
function column(spread, tells) {
  const { round, answered, bars, groups = [] } = spread;
  const row = (/** @type {import("../model/types/room_types.js").Bar} */ { label, count, groups: of = [] }) => {
    const isRight = tells === "right" && of.includes(RIGHT);
    return element("li", { "data-label": label, "data-count": count, ...(isRight && { "data-right": true }) }, [
      element("span", { class: "spread-label", text: isRight ? `✓ ${label}` : label }),
      track(count, answered), element("span", { class: "spread-count", text: String(count) }),
    ]);
  };
  const answers = sayCount("{count} answer", "{count} answers", answered);
  const heading = element("h2", { text: say("Vote {round}: {answers}", { round, answers }) });
  const parts = tells !== "bars" ? grouped(bars, tells === "right" ? groups : diagnosed(spread), answered, row)
    : [element("ul", { class: "spread-bars" }, bars.map(row)), ...(bars.length || !answered ? [] : [
      element("p", { class: "spread-note", text: say("These answers differ from student to student. They are counted by what they come of.") })])];
  return element("section", { class: "spread", "data-round": round }, [heading, ...parts]);
}

/**
 * The histogram by diagnosis: of each the answers that come of it. Answers that only are right or not stay in their order.
 * @param {readonly import("../model/types/room_types.js").Bar[]} bars
 * @param {readonly import("../model/types/room_types.js").Group[]} groups
 * @param {number} answered
 * @param {(bar: import("../model/types/room_types.js").Bar) => HTMLElement} row
 */
function grouped(bars, groups, answered, row) {
  const isTold = groups.some(({ name }) => name !== "" && name !== RIGHT);
  const of = (/** @type {string} */ name) => (isTold ? bars.filter((bar) => bar.groups?.[0] === name) : []);
  const rest = bars.filter((bar) => !isTold || !groups.some(({ name }) => name === bar.groups?.[0]));
  const told = groups.map(({ name, right, share, count }) => element("li", { "data-group": name, ...(right && { "data-right": true }) }, [
    element("span", { text: `${right ? "✓" : "✗"} ${share}` }),
    bars.length ? element("ul", { class: "spread-bars" }, of(name).map(row)) : track(count, answered),
  ]));
  return [
    element("ul", { class: "spread-bars" }, rest.map(row)), ...(told.length ? [element("ul", { class: "spread-groups" }, told)] : []),
  ];
}

/**
 * @param {number} count
 * @param {number} of
 */
function track(count, of) {
  const bar = element("span", { class: "spread-bar" });
  bar.style.inlineSize = `${of ? Math.round((100 * count) / of) : 0}%`;
  return element("span", { class: "spread-track" }, [bar]);
}
