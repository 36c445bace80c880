/**
 * The ledger of a Variable: what has been added to its grad, step by step.
 *
 * @typedef {import("../../model/types/panel_types.js").Ledger} Ledger
 * @typedef {import("../../model/types/panel_types.js").LedgerEntry} LedgerEntry
 */

import { element } from "../../parts/dom.js";
import { say, sayCount } from "../../parts/messages.js";
import { NONE } from "../../model/graph/picture.js";

/**
 * @param {Ledger} ledger
 * @param {number} position the step that has just been made
 * @param {number} sweep which Backward that step belongs to
 */
export function ledgerOf({ name, due, before = [], entries }, position, sweep) {
  const arrived = entries.filter((entry) => entry.step <= position);
  const count = (before[sweep - 1] ?? 0) + arrived.filter((entry) => entry.sweep === sweep).length;
  const earlier = before.reduce((sum, each) => sum + each, 0);
  const heading = element("p", { class: "account" }, [
    element("b", { text: `${name}.grad` }), ` ${toldArrivals(count, due[sweep - 1], sweep)}`,
  ]);
  const none = element("p", { text: say("— nothing has arrived: grad is None, which is not 0.") });
  return element("div", { "data-ledger": name }, [
    heading, ...(earlier ? [element("p", { text: toldEarlier(earlier) })] : []),
    ...(arrived.length ? [tableOf(arrived, earlier)] : earlier ? [] : [none]),
  ]);
}

/** @param {number} count */
function toldEarlier(count) {
  return sayCount("{count} contribution of an earlier step is not listed.",
    "{count} contributions of earlier steps are not listed.", count);
}

/**
 * @param {readonly LedgerEntry[]} entries
 * @param {number} earlier how many came before them
 */
function tableOf(entries, earlier) {
  return element("table", {}, entries.map((entry, index) => element("tr", {}, [
    element("td", { text: say("step {step}", { step: entry.step }) }), element("td", { text: entry.from }),
    element("td", { text: contributed(entry, earlier + index), "data-value": entry.text }),
    element("td", { text: `${entry.sign} ${entry.total}`, "data-value": entry.total }),
  ])));
}

/**
 * @param {number} count
 * @param {number} due
 * @param {number} sweep
 */
function toldArrivals(count, due, sweep) {
  if (sweep === 1) {
    return count > due ? say("{count} arrived, {due} due", { count, due }) : say("{count} of {due} arrived", { count, due });
  }
  const places = { count, due, sweep };
  return count > due ? say("{count} arrived, {due} due in Backward no. {sweep}", places)
    : say("{count} of {due} arrived in Backward no. {sweep}", places);
}

/**
 * A contribution as it enters the sum, or as it takes the place of what had arrived.
 * @param {LedgerEntry} entry
 * @param {number} index
 */
function contributed({ text, replaces }, index) {
  if (replaces !== NONE) return say("{text} replaces {before}", { text, before: replaces });
  if (index === 0) return text;
  return text.startsWith("−") ? `+ (${text})` : `+ ${text}`;
}
