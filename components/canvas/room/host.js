/**
 * What a page lends to its room: requests with a token in a header, a stream of events, and what the browser keeps.
 *
 * @typedef {import("../model/room/room.js").RoomHost} RoomHost
 */

import { EventStreamReader } from "../model/exchange/event_stream.js";
import { HELD_BACK } from "../model/room/room.js";
import { localStoreOrCookies } from "../parts/browser_storage.js";

/** A server that says nothing for so long, though it says at least every 15 s that it is there, is not reached. */
const SILENCE_MS = 40_000;
const ANSWER_MS = 15_000;
/** A stream begins at once. Where nothing of it comes, something on the way holds it back until it ends. */
const BEGINNING_MS = 8_000;
/** After so long without a word a device that wakes up, or is in a network again, looks at once whether it is still told. */
const QUIET_MS = 17_000;

/**
 * @param {() => string} base where the server's rooms stand
 * @returns {RoomHost}
 */
export function roomHost(base) {
  /** @param {string} token */
  const headers = (token) => ({
    ...(token && { Authorization: `Bearer ${token}` }), "Accept-Language": document.documentElement.lang || "en",
  });
  return {
    ask: async (method, path, token, body) => {
      try {
        const answer = await fetch(base() + path, {
          method, headers: { ...headers(token), ...(body && { "Content-Type": "application/json" }) },
          ...(body && { body: JSON.stringify(body) }), cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(ANSWER_MS),
        });
        const isJson = (answer.headers.get("Content-Type") ?? "").startsWith("application/json");
        return { status: answer.status, told: isJson ? await answer.json() : await answer.text() };
      } catch {
        return { status: 0, told: null };
      }
    },
    listen: async (path, token, lastId, take, signal) => {
      const silence = new AbortController();
      const stop = () => silence.abort();
      const began = Date.now(); // goes on while a device sleeps
      let [heard, hasBegun] = [began, false];
      const isOnce = path.endsWith("?once"); // comes as a whole, once there is news
      let timer = setTimeout(stop, isOnce ? SILENCE_MS : BEGINNING_MS);
      const unsubscribe = onWaking(() => {
        if (Date.now() - heard > QUIET_MS) stop();
      });
      signal.addEventListener("abort", stop);
      try {
        const answer = await fetch(base() + path, {
          headers: { ...headers(token), ...(lastId && { "Last-Event-ID": lastId }) },
          cache: "no-store", credentials: "omit", signal: silence.signal,
        });
        if (answer.status !== 200 || answer.body === null) return answer.status;
        const reader = new EventStreamReader();
        const pieces = answer.body.pipeThrough(new TextDecoderStream()).getReader();
        for (;;) {
          const { value, done } = await pieces.read();
          if (done) return answer.status;
          [heard, hasBegun] = [Date.now(), true];
          clearTimeout(timer);
          timer = setTimeout(stop, SILENCE_MS);
          reader.take(value).forEach(take);
        }
      } catch {
        return !hasBegun && silence.signal.aborted && Date.now() - began >= BEGINNING_MS ? HELD_BACK : 0;
      } finally {
        clearTimeout(timer);
        unsubscribe();
        signal.removeEventListener("abort", stop);
      }
    },
    wait: (milliseconds) => new Promise((resolve) => {
      const unsubscribe = onWaking(() => over());
      const over = () => {
        clearTimeout(timer);
        unsubscribe();
        resolve();
      };
      const timer = setTimeout(over, milliseconds);
    }),
    local: localStoreOrCookies(),
    newId: () => crypto.getRandomValues(new Uint32Array(4)).reduce((text, number) => text + number.toString(16).padStart(8, "0"), ""),
  };
}

/**
 * Do something when the page is looked at again, or the device is in a network again; answers what ends that.
 * @param {() => void} act
 */
function onWaking(act) {
  const look = () => document.visibilityState === "visible" && act();
  document.addEventListener("visibilitychange", look);
  globalThis.addEventListener("online", act);
  return () => {
    document.removeEventListener("visibilitychange", look);
    globalThis.removeEventListener("online", act);
  };
}
