/**
 * A lesson in a course: the playground in a frame, and what comes of it told to the course's system (SCORM 1.2).
 * The system puts an object named API into a window around this one, or into the one that opened it.
 *
 * @typedef {Record<string, (...parts: string[]) => unknown>} Api
 */
"use strict";

(() => {
  const frame = /** @type {HTMLIFrameElement} */ (document.getElementById("playground"));
  const trouble = /** @type {HTMLElement} */ (document.getElementById("trouble"));
  const address = new URL(frame.dataset.address ?? "");
  const began = Date.now();
  /** A window around this one is looked for no further than this. */
  const MOST_WINDOWS = 50;
  const HIGHEST_PX = 4000;

  const api = apiAbove(window) ?? (window.opener ? apiAbove(window.opener) : null);
  let hasBegun = false;
  let isOpen = false;
  let isDone = false;
  let best = -1;

  /**
   * @param {Window} from
   * @returns {Api | null}
   */
  function apiAbove(from) {
    for (let at = from, seen = 0; seen < MOST_WINDOWS; at = at.parent, seen += 1) {
      try {
        const { API } = /** @type {{API?: Api}} */ (/** @type {unknown} */ (at));
        if (API) return API;
      } catch {
        // a window of another site, around which there may be one of the course's
      }
      if (at.parent === at) return null;
    }
    return null;
  }

  /**
   * What the system answers, as text; some answer with true in the place of "true".
   * @param {string} name
   * @param {string[]} parts
   */
  function ask(name, ...parts) {
    try {
      return String(api?.[name](...parts) ?? "");
    } catch {
      return "";
    }
  }

  /**
   * @param {string} element
   * @param {string | number} value
   */
  function set(element, value) {
    if (ask("LMSSetValue", element, String(value)) !== "true") tell(trouble.dataset.refused);
  }

  /** @param {string | undefined} text */
  function tell(text) {
    trouble.textContent = text ?? "";
    trouble.hidden = false;
  }

  function begin() {
    if (api === null) {
      tell(trouble.dataset.alone);
      return;
    }
    if (ask("LMSInitialize", "") !== "true") {
      tell(trouble.dataset.refused);
      return;
    }
    hasBegun = true;
    const status = ask("LMSGetValue", "cmi.core.lesson_status");
    isDone = ["passed", "completed"].includes(status);
    // Who only looks back at it changes nothing.
    isOpen = !["review", "browse"].includes(ask("LMSGetValue", "cmi.core.lesson_mode"));
    const score = ask("LMSGetValue", "cmi.core.score.raw");
    if (score !== "" && Number.isFinite(Number(score))) best = Number(score);
    if (!isOpen) return;
    if (["", "not attempted", "unknown"].includes(status)) set("cmi.core.lesson_status", "incomplete");
    set("cmi.core.score.min", 0);
    set("cmi.core.score.max", 100);
    ask("LMSCommit", "");
  }

  /**
   * What was found at the first try counts whole, at the second half; what was better before stays.
   * @param {{asked: number, right: number, late: number, done: boolean}} told
   */
  function report({ asked, right, late, done }) {
    if (!isOpen || ![asked, right, late].every(Number.isFinite)) return;
    const score = asked > 0 ? Math.round((100 * (right + late / 2)) / asked) : done ? 100 : 0;
    if (score > best) {
      best = score;
      set("cmi.core.score.raw", score);
    }
    if (done && !isDone) {
      isDone = true;
      set("cmi.core.lesson_status", "completed");
    }
    if (ask("LMSCommit", "") !== "true") tell(trouble.dataset.refused);
  }

  let hasEnded = false;
  function end() {
    if (!hasBegun || hasEnded) return;
    hasEnded = true;
    if (isOpen) {
      const seconds = Math.round((Date.now() - began) / 1000);
      const [hours, minutes] = [Math.min(Math.floor(seconds / 3600), 9999), Math.floor(seconds / 60) % 60];
      const digits = (/** @type {number} */ number, /** @type {number} */ count) => String(number).padStart(count, "0");
      ask("LMSSetValue", "cmi.core.session_time", `${digits(hours, 4)}:${digits(minutes, 2)}:${digits(seconds % 60, 2)}`);
      ask("LMSSetValue", "cmi.core.exit", isDone ? "" : "suspend");
      ask("LMSCommit", "");
    }
    ask("LMSFinish", "");
  }

  window.addEventListener("message", ({ source, origin, data }) => {
    if (source !== frame.contentWindow || origin !== address.origin) return;
    if (data?.source !== "backprop-playground" || data.version !== 1) return;
    if (data.type === "height" && data.height > 0) frame.style.height = `${Math.min(data.height, HIGHEST_PX)}px`;
    if (data.type === "answered" || data.type === "revealed") report(data);
  });
  window.addEventListener("pagehide", end);
  window.addEventListener("beforeunload", end);

  begin();
  address.searchParams.set("parent", window.location.origin);
  frame.src = address.href;
})();
