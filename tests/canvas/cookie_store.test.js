/** What a frame without any other store keeps: as cookies of its own site's part alone. */

import assert from "node:assert/strict";
import test from "node:test";

import { cookieStore } from "../../components/canvas/parts/cookie_store.js";

/** A page's cookies as a browser holds them; one that blocks them takes those alone that are kept apart for each site. */
class Jar {
  /** @type {Map<string, string>} */
  held = new Map([["playground_app", "app-1"]]);
  written = "";

  get cookie() {
    return [...this.held].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  set cookie(text) {
    this.written = text;
    const [pair, ...attributes] = text.split("; ");
    if (!["SameSite=None", "Secure", "Partitioned"].every((each) => attributes.includes(each))) return;
    const [name, value] = pair.split("=");
    if (attributes.includes("Max-Age=0")) this.held.delete(name);
    else this.held.set(name, value);
  }
}

test("what is kept is there again, also with signs that cookies do not take", () => {
  const jar = new Jar();
  const store = cookieStore(jar, "/class/");
  assert.equal(store.get("a:b"), null);
  assert.ok(store.set("a:b", '[{"code": "tanoki"; "token": "x=y"}]'));
  assert.match(jar.written, /; Path=\/class\/; .*Max-Age=2592000$/);
  const later = cookieStore(jar, "/class/");
  assert.equal(later.get("a:b"), '[{"code": "tanoki"; "token": "x=y"}]');
  assert.deepEqual(later.keys(), ["a:b"]); // the proxy's own cookie is none of these
  later.remove("a:b");
  assert.equal(store.get("a:b"), null);
  assert.equal(jar.cookie, "playground_app=app-1");
});

test("what is not kept is said: too long, or no cookie is taken", () => {
  assert.equal(cookieStore(new Jar(), "/").set("a", "1".repeat(3000)), false);
  const blocking = { get cookie() { return ""; }, set cookie(_) {} };
  assert.equal(cookieStore(blocking, "/").set("a", "1"), false);
});
