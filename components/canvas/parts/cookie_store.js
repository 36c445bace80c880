/**
 * A few short texts, kept as cookies: for a frame to which its browser gives no other store, such as one of another site's
 * where cookies of others are blocked. Each is kept for that site alone (Partitioned), which is allowed there, and needs https.
 */

/** As long as a room is there. */
const SECONDS = 30 * 24 * 3600;
/** Of 4096 characters a cookie may have. */
const LONGEST = 2000;
const PREFIX = "kept-";

/**
 * @param {{cookie: string}} page
 * @param {string} path below which the page stands
 */
export function cookieStore(page, path) {
  const attributes = `; Path=${path}; SameSite=None; Secure; Partitioned; Max-Age=`;
  /** @returns {[string, string][]} */
  const pairs = () => page.cookie.split("; ").filter((each) => each.startsWith(PREFIX)).map((each) => {
    const [name, value] = each.slice(PREFIX.length).split("=").map(decodeURIComponent);
    return [name, value ?? ""];
  });
  /** @param {string} key */
  const get = (key) => pairs().find(([name]) => name === key)?.[1] ?? null;
  return {
    keys: () => pairs().map(([name]) => name),
    get,
    /** @param {string} key @param {string} value */
    set: (key, value) => {
      const pair = `${encodeURIComponent(key)}=${encodeURIComponent(value)}`;
      if (pair.length > LONGEST) return false;
      page.cookie = `${PREFIX}${pair}${attributes}${SECONDS}`;
      return get(key) === value;
    },
    /** @param {string} key */
    remove: (key) => {
      page.cookie = `${PREFIX}${encodeURIComponent(key)}=${attributes}0`;
    },
  };
}
