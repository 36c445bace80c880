/** The page's way to its worker: what is told is heard, and a worker that has died is begun anew. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { MOST_BEGINNINGS, PythonInBrowser } from "../../components/canvas/site/python.js";

const ASKED = /** @type {any} */ ({ page: { link: "", language: "", preferred: [] } });
const BESIDE = JSON.stringify({ groups: [], languages: [], fileName: "graph.json" });

function begun() {
  /** @type {{told: any[], isEnded: boolean, onmessage: any, onerror: any}[]} */
  const workers = [];
  const make = () => {
    const made = {
      told: /** @type {any[]} */ ([]), isEnded: false, onmessage: null, onerror: null,
      postMessage: (/** @type {any} */ message) => void made.told.push(message),
      terminate: () => void (made.isEnded = true),
    };
    workers.push(made);
    return made;
  };
  /** @type {{beside: any[], messages: any[], faults: string[], progress: any[]}} */
  const heard = { beside: [], messages: [], faults: [], progress: [] };
  const python = new PythonInBrowser(make, ASKED, {
    onProgress: (...told) => heard.progress.push(told), onBeside: (told) => heard.beside.push(told),
    onMessage: (told) => heard.messages.push(told), onFault: (reason) => heard.faults.push(reason),
  });
  python.begin();
  const last = () => workers[workers.length - 1];
  const say = (/** @type {object} */ data, worker = last()) => worker.onmessage({ data });
  const meet = (session = "s1") => say({ beside: BESIDE, message: JSON.stringify({ session }) });
  return { workers, heard, python, last, say, meet };
}

test("a worker is begun with what the page asks for, and heard", () => {
  const { heard, last, say, meet, python } = begun();
  assert.deepEqual(last().told, [{ begin: ASKED }]);
  say({ progress: ["fetching", 0.5] });
  meet();
  python.post(/** @type {any} */ ({ post: 1 }));
  assert.deepEqual(last().told[1], { outbox: { post: 1 } });
  assert.deepEqual([heard.progress, heard.messages, heard.beside.length], [[["fetching", 0.5]], [{ session: "s1" }], 1]);
});

test("one that dies at work is begun anew, and is another session", () => {
  const { workers, heard, last, meet } = begun();
  meet();
  last().onerror({ message: "out of memory" });
  assert.equal(workers[0].isEnded, true);
  assert.deepEqual(last().told, [{ begin: ASKED }]);
  meet("s2");
  assert.deepEqual(heard.messages, [{ session: "s1" }, { session: "s2" }]);
  assert.deepEqual([heard.faults, heard.beside.length], [[], 1]);
});

test("one that has died says nothing any more", () => {
  const { workers, heard, say, meet } = begun();
  meet();
  say({ fault: "broken" });
  say({ message: "{}" }, workers[0]);
  assert.equal(heard.messages.length, 1);
});

test("one that cannot begin, or dies again and again, is a fault that is told once", () => {
  const first = begun();
  first.say({ fault: "no network" });
  assert.deepEqual([first.workers.length, first.heard.faults], [1, ["no network"]]);
  const often = begun();
  often.meet();
  for (let time = 0; time < MOST_BEGINNINGS; time += 1) often.say({ fault: `${time}` });
  assert.deepEqual([often.workers.length, often.heard.faults], [MOST_BEGINNINGS, [`${MOST_BEGINNINGS - 1}`]]);
  const well = begun();
  well.meet();
  for (let time = 0; time < 2 * MOST_BEGINNINGS; time += 1) {
    well.say({ fault: "now and then" });
    well.meet();
    well.say({ message: "{}" }); // it has answered an outbox
  }
  assert.deepEqual(well.heard.faults, []);
});

test("who saves gets the graph, also where the worker dies meanwhile", async () => {
  const { python, say, meet, last } = begun();
  meet();
  const [first, second] = [python.save(), python.save()];
  say({ fault: "broken" });
  assert.deepEqual(last().told.slice(1), [{ save: true }, { save: true }]);
  say({ document: "one" });
  say({ document: "two" });
  assert.deepEqual([await first, await second], ["one", "two"]);
});
