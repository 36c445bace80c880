/** What this tab remembers across a reload: the last acknowledged document and the events still under way. */

const STORAGE_KEY = "backprop-playground";

/** @returns {{session: string, document: any, pending: any[]} | null} */
export function recall() {
  try {
    return JSON.parse(sessionStorage.getItem(STORAGE_KEY));
  } catch {
    return null; // storage may be forbidden or hold something of another version: then nothing is remembered
  }
}

export function remember(session, document, pending) {
  try {
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify({ session, document, pending }));
  } catch {
    forget(); // full or forbidden: rather no memory than an old one
  }
}

export function forget() {
  try {
    sessionStorage.removeItem(STORAGE_KEY);
  } catch {
    // Without storage there is nothing to forget.
  }
}
