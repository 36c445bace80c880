/** Server-sent events are read from pieces that end anywhere. */

import assert from "node:assert/strict";
import test from "node:test";

import { EventStreamReader } from "../../components/canvas/model/exchange/event_stream.js";

const TEXT = 'retry: 1000\n\n: still here\n\nid: a.b\nevent: moment\ndata: {"x": "1: 2"}\n\nevent: question\ndata: {"y": 2}\n\n';
const EVENTS = [
  { name: "moment", data: { x: "1: 2" }, id: "a.b" },
  { name: "question", data: { y: 2 }, id: "" },
];

test("events are whole however the text is cut", () => {
  for (let size = 1; size <= TEXT.length; size += 1) {
    const reader = new EventStreamReader();
    const found = [];
    for (let at = 0; at < TEXT.length; at += size) found.push(...reader.take(TEXT.slice(at, at + size)));
    assert.deepEqual(found, EVENTS);
  }
});

test("what is no JSON is left out", () => {
  assert.deepEqual(new EventStreamReader().take("event: moment\ndata: {\n\nevent: moment\ndata: 1\n\n"), [{ name: "moment", data: 1, id: "" }]);
});
