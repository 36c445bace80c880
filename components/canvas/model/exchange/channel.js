/**
 * The canvas's own way to Python: a WebSocket. As long as it is open, what the canvas says goes there; otherwise it goes
 * the host's way. Both carry the same, and Python applies each event once, so nothing depends on which it was.
 *
 * @typedef {import("../types/exchange_types.js").Message} Message
 * @typedef {import("../types/exchange_types.js").Post} Post
 *
 * @typedef {object} Ways
 * @property {(message: Message) => void} receive
 * @property {(post: Post) => void} postByHost
 * @property {(url: string) => WebSocket} open
 * @property {() => number} now in milliseconds
 * @property {((data: ArrayBuffer) => Promise<ArrayBuffer>) | null} inflated what came compressed, where the browser can
 */

/** What an open socket may leave unanswered before it counts as dead: a proxy may swallow everything. */
export const SILENCE_MS = 6000;
/** So long the first message of a session waits for its socket to open: the host's way takes as long, and more work. */
export const OPENING_MS = 600;
/** Until it is tried again: twice as long each time. */
export const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** Closed with it: the session is not open there. The host brings another. */
const IS_GONE = 4404;
/** How an answer begins that is not compressed. */
const BRACE = "{".charCodeAt(0);

export class Channel {
  /** @type {WebSocket | null} */
  #socket = null;
  #url = "";
  #session = "";
  #isGone = false;
  #wait = FIRST_WAIT_MS;
  /** When the oldest message that is not answered was sent; 0 for none. */
  #waitingSince = 0;
  /** The last message that was sent here, until it is answered. @type {Post | null} */
  #unanswered = null;
  /** Whether what is to be said waits for the socket, and what does. @type {{post: Post | null} | null} */
  #opening = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #patience;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #retry;

  /** @param {Ways} ways */
  constructor({ receive, postByHost, open, now, inflated }) {
    this.receive = receive;
    this.postByHost = postByHost;
    this.open = open;
    this.now = now;
    this.inflated = inflated;
  }

  get isOpen() {
    return this.#socket?.readyState === 1;
  }

  /**
   * Take in what the host has brought: whose session it is, and where its channel is, if it has one.
   * @param {Message & {channel?: string}} message
   * @param {string} base the page's address
   */
  follow({ session, channel }, base) {
    const url = channel === undefined ? "" : new URL(channel, base).href.replace(/^http/, "ws");
    if (session === this.#session && url === this.#url) return;
    this.#session = session;
    this.#url = url;
    this.#isGone = false;
    this.#wait = FIRST_WAIT_MS;
    this.#waitNoMore();
    this.#begin();
    if (this.#socket === null) return;
    this.#opening = { post: null };
    this.#patience = setTimeout(() => this.#waitNoMore(), OPENING_MS);
  }

  /**
   * Hand something over, by the way that is there.
   * @param {Post} post
   */
  post(post) {
    if (this.isOpen && post.session === this.#session && !this.#isSilent) {
      this.#waitingSince ||= this.now();
      this.#unanswered = post;
      this.#socket?.send(JSON.stringify(post));
      return;
    }
    if (this.isOpen && this.#isSilent) this.#drop();
    if (this.#opening !== null && post.session === this.#session) this.#opening.post = post;
    else this.postByHost(post);
  }

  /** What has waited goes now, by the way that is there. */
  #waitNoMore() {
    clearTimeout(this.#patience);
    const waiting = this.#opening?.post ?? null;
    this.#opening = null;
    if (waiting !== null) this.post(waiting);
  }

  get #isSilent() {
    return this.#waitingSince > 0 && this.now() - this.#waitingSince > SILENCE_MS;
  }

  #begin() {
    clearTimeout(this.#retry);
    const before = this.#socket;
    this.#socket = null;
    before?.close();
    this.#waitingSince = 0;
    this.#unanswered = null;
    if (this.#url === "" || this.#isGone) return;
    const socket = this.open(this.inflated === null ? this.#url : `${this.#url}?inflates`);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    socket.onopen = () => socket === this.#socket && this.#waitNoMore();
    socket.onmessage = ({ data }) => this.#hear(socket, data);
    socket.onclose = ({ code }) => socket === this.#socket && this.#closed(code);
  }

  /**
   * Until a compressed answer is read it counts as none: what it answers goes another way if the socket falls meanwhile.
   * @param {WebSocket} socket
   * @param {ArrayBuffer} data
   */
  #hear(socket, data) {
    if (socket !== this.#socket) return;
    if (this.inflated === null || new Uint8Array(data)[0] === BRACE) {
      this.#take(data);
      return;
    }
    this.inflated(data).then((text) => {
      if (socket === this.#socket) this.#take(text);
    }, () => {
      if (socket === this.#socket) this.#drop();
    });
  }

  /** @param {ArrayBuffer} data */
  #take(data) {
    this.#wait = FIRST_WAIT_MS;
    this.#waitingSince = 0;
    this.#unanswered = null;
    this.receive(JSON.parse(new TextDecoder().decode(data)));
  }

  /** @param {number} code */
  #closed(code) {
    this.#isGone = code === IS_GONE;
    this.#drop();
  }

  /** Go the host's way from now on, with what was not answered here; and try this way again later. */
  #drop() {
    const unanswered = this.#unanswered;
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#unanswered = null;
    this.#waitingSince = 0;
    clearTimeout(this.#retry);
    if (!this.#isGone) this.#retry = setTimeout(() => this.#begin(), this.#wait);
    this.#wait = Math.min(2 * this.#wait, LONGEST_WAIT_MS);
    if (unanswered !== null) this.postByHost(unanswered);
    this.#waitNoMore();
  }
}
