/** A room in the page's address: students' links and the teacher's secret one lead into it, and a reload comes back to it. */

import { codeTyped } from "../model/room/room.js";

const CODE = "room";
const SECRET = /^#teacher=([\w-]{20,100})$/;

/** The room that the address names, and what leads it, which is not left there for whoever looks. */
export function roomOfAddress() {
  const { searchParams, hash, pathname, search } = new URL(globalThis.location.href);
  const code = codeTyped(searchParams.get(CODE) ?? "");
  const secret = code ? SECRET.exec(hash)?.[1] : undefined;
  if (secret) history.replaceState(history.state, "", `${pathname}${search}`);
  return { code, secret };
}

/** The link for students: this page, in a room. @param {string} code */
export function linkToRoom(code) {
  const url = new URL(globalThis.location.href);
  url.search = new URLSearchParams({ [CODE]: code }).toString();
  url.hash = "";
  return url.href;
}

/** Name a room in the address, or none. @param {string} code */
export function nameRoom(code) {
  const url = new URL(globalThis.location.href);
  if (code) url.searchParams.set(CODE, code);
  else url.searchParams.delete(CODE);
  history.replaceState(history.state, "", url.href);
}
