/**
 * How a class has answered, a column for each round: bars, and what the answers show where that is to be seen.
 *
 * @typedef {import("../model/room_types.js").Spread} Spread
 */

import { element } from "../parts/dom.js";
import { say, sayCount } from "../parts/messages.js";

/**
 * @param {readonly Spread[]} spreads
 * @param {boolean} tells whether it is shown which answers are right, and what the others come of
 * @returns {HTMLElement}
 */
export function spreadView(spreads, tells) {
  return element("div", { class: "spreads", "data-testid": "spreads" }, spreads.map((spread) => column(spread, tells)));
}

/**
 * @param {Spread} spread
 * @param {boolean} tells
 */
function column({ round, answered, bars, groups = [] }, tells) {
  const right = new Set(groups.filter((group) => group.right).map(({ name }) => name));
  const rows = bars.map(({ label, count, groups: of = [] }) => {
    const isRight = tells && of.some((name) => right.has(name));
    const share = answered ? count / answered : 0;
    const bar = element("span", { class: "spread-bar" });
    bar.style.inlineSize = `${Math.round(100 * share)}%`;
    return element("li", { "data-label": label, "data-count": count, ...(isRight && { "data-right": true }) }, [
      element("span", { class: "spread-label", text: isRight ? `✓ ${label}` : label }),
      element("span", { class: "spread-track" }, [bar]), element("span", { class: "spread-count", text: String(count) }),
    ]);
  });
  const told = tells ? groups.map((group) => element("li", { "data-group": group.name }, [
    element("span", { text: `${group.right ? "✓" : "✗"} ${group.share}` }),
  ])) : [];
  const answers = sayCount("{count} answer", "{count} answers", answered);
  return element("section", { class: "spread", "data-round": round }, [
    element("h2", { text: say("Vote {round}: {answers}", { round, answers }) }),
    element("ul", { class: "spread-bars" }, rows),
    ...(told.length ? [element("ul", { class: "spread-groups" }, told)] : []),
  ]);
}
