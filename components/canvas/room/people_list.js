/**
 * Who is in the room, for its teacher: how many, and their names once they are asked for. Rows stay while they are told
 * anew, so that a name that is being typed is not lost when somebody answers.
 *
 * @typedef {import("../model/types/room_types.js").RoomStudent} RoomStudent
 */

import { button, element, setAttribute, setText } from "../parts/dom.js";
import { say, sayCount } from "../parts/messages.js";
import { OnePress } from "../parts/one_press.js";

export class PeopleList {
  #showsNames = false;
  /** @type {Map<string, {box: HTMLElement, tell: (student: RoomStudent) => void}>} */
  #rows = new Map();
  /** @type {readonly RoomStudent[]} */
  #students = [];

  /**
   * @param {import("../model/room/room.js").Room} room
   * @param {(link: string) => void} openGraph opens a graph that a student shows
   */
  constructor(room, openGraph) {
    this.room = room;
    this.openGraph = openGraph;
    /** Of all rows together: when one is gone, the next one stands under the finger. */
    this.removing = new OnePress();
    this.count = element("p", {});
    this.names = button({ text: "", "data-control": "room-names" }, () => {
      this.#showsNames = !this.#showsNames;
      this.tell(this.#students);
    });
    this.list = element("ul", { class: "room-names" });
    this.box = element("div", { class: "room-people" }, [this.count, this.names, this.list]);
  }

  /** Names are shown only once they are asked for again. */
  hideNames() {
    this.#showsNames = false;
  }

  /** @param {readonly RoomStudent[]} students */
  tell(students) {
    this.#students = students;
    setText(this.count, sayCount("{count} student is here.", "{count} students are here.", students.length));
    this.names.hidden = students.length === 0;
    setText(this.names, this.#showsNames ? say("Hide the names") : say("Show the names"));
    const shown = this.#showsNames ? students : [];
    const here = new Set(shown.map(({ id }) => id));
    for (const [id, { box }] of this.#rows) {
      if (here.has(id)) continue;
      // Where the hand was nothing is left: keys shall not go to the page behind.
      if (box.matches(":focus-within")) this.names.focus();
      box.remove();
      this.#rows.delete(id);
    }
    for (const student of shown) {
      const row = this.#rows.get(student.id) ?? this.#row(student);
      row.tell(student);
      this.#rows.set(student.id, row);
      if (!row.box.isConnected) this.list.append(row.box);
    }
  }

  /** @param {RoomStudent} student */
  #row({ id, name: first }) {
    const mark = element("span", { role: "img" });
    const field = element("input", { type: "text", maxlength: 40 });
    field.value = first;
    field.addEventListener("change", () => void this.room.act({ type: "rename", student: id, name: field.value }));
    const open = button({ text: say("Open the graph"), "data-control": "open-shown" }, async () => {
      const link = await this.room.graphOf(id);
      if (link) this.openGraph(link);
    });
    const remove = button({ text: say("Remove"), "data-control": "remove-student" }, () => {
      if (this.removing.take()) void this.room.act({ type: "remove", student: id });
    });
    let before = first;
    return {
      box: element("li", {}, [mark, field, open, remove]),
      tell: (/** @type {RoomStudent} */ { name, answered, showsGraph }) => {
        setText(mark, answered ? "✓" : "…");
        setAttribute(mark, "aria-label", answered ? say("answered") : say("not answered"));
        setAttribute(field, "aria-label", say("Name of {name}", { name }));
        setAttribute(remove, "title", say("Remove {name}", { name }));
        if (name !== before) field.value = name;
        before = name;
        open.hidden = showsGraph !== true;
      },
    };
  }
}
