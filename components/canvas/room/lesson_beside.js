/**
 * Whether the open lesson's own strip stands beside the room: while the class is asked, the room says what is asked, once.
 * To a student who waits, the question of the lesson that happens to be open would look like the class's.
 *
 * @typedef {import("../model/types/room_types.js").RoomState} RoomState
 */

export class LessonBeside {
  /** Which opening of a graph was there when somebody came into the room. @type {number | undefined} */
  #joinedAt;

  /**
   * @param {HTMLElement} root of the canvas
   * @param {import("../model/page_model.js").PageModel} model
   */
  constructor(root, model) {
    this.root = root;
    this.model = model;
  }

  /** Somebody has come into the room, or gone. */
  begin() {
    this.#joinedAt = this.model.picture.document;
  }

  /** @param {RoomState} state */
  show({ role, teacher, told }) {
    const { root, model } = this;
    const phase = (teacher ?? told)?.phase;
    const waits = role === "student" && phase === undefined && model.picture.document === this.#joinedAt;
    root.classList.toggle("room-asks", waits || (phase !== undefined && phase !== "revealed"));
  }
}
