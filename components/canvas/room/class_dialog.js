/**
 * The dialogs of the room: open one or join one; for its teacher the code, large, the links and who is there; for a
 * student the way out.
 *
 * @typedef {import("../model/room.js").Room} Room
 *
 * @typedef {object} DialogActs
 * @property {() => void} share shows the link and its QR code
 * @property {() => void} shareSecret shows the teacher's own link
 * @property {(link: string) => void} openGraph opens a graph that a student shows
 * @property {() => void} showGraph lets the teacher see the student's graph, or no longer
 */

import { button, element } from "../parts/dom.js";
import { say, sayCount } from "../parts/messages.js";
import { saveFile } from "../parts/save_file.js";

export class ClassDialog {
  /** @type {HTMLDialogElement | null} */
  #dialog = null;
  #showsNames = false;

  /**
   * @param {Room} room
   * @param {import("../parts/dialog.js").Dialogs} dialogs
   * @param {DialogActs} acts
   */
  constructor(room, dialogs, acts) {
    this.room = room;
    this.dialogs = dialogs;
    this.acts = acts;
    this.people = element("div", { class: "room-people" });
  }

  open() {
    const { role } = this.room.state;
    if (role === "teacher") this.#openForTeacher();
    else if (role === "student") this.#openForStudent();
    else this.openForNobody();
  }

  /**
   * @param {string} [code] the room that is to be joined
   */
  openForNobody(code = "") {
    const known = this.room.opened;
    const field = element("input", { type: "text", maxlength: 40, autocomplete: "off", autocapitalize: "none", spellcheck: "false", "data-testid": "room-code-field" });
    field.value = code.toUpperCase();
    const name = element("input", { type: "text", maxlength: 40, autocomplete: "nickname", "data-testid": "room-name-field" });
    const join = async () => {
      if (await this.room.join(field.value, name.value)) this.#close();
    };
    const form = element("form", { class: "room-join" }, [
      element("label", {}, [say("Code of the room"), field]), element("label", {}, [say("Your name, if you like"), name]),
      button({ text: say("Join"), class: "primary", type: "submit", "data-control": "join-room" }, () => {}),
    ]);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void join();
    });
    const open = button({ text: say("Open a room for my class"), "data-control": "open-room" }, async () => {
      if (!await this.room.open()) return;
      this.#close();
      this.open();
    });
    const back = known ? [button({ text: say("Back to my room {code}", { code: known.code.toUpperCase() }), "data-control": "back-to-room" }, () => {
      this.#close();
      this.room.teach(known.code, known.token);
    })] : [];
    this.#show(say("Class"), code ? [form] : [form, element("hr"), element("p", {
      text: say("Teachers: a room lets your class answer questions about a graph, and shows what its answers come of. It is deleted after 30 days."),
    }), element("div", { class: "room-row" }, [open, ...back])]);
    (code ? name : field).focus();
  }

  #openForTeacher() {
    const { code } = this.room.state;
    this.#showsNames = false;
    this.#show(say("Class"), [
      element("p", { class: "room-code", text: code.toUpperCase(), "data-testid": "room-code" }),
      element("p", { text: say("Students open the link, scan its code, or choose Class and type the word.") }),
      element("div", { class: "room-row" }, [
        button({ text: say("Link and QR code"), class: "primary", "data-control": "share-room" }, () => {
          this.#close();
          this.acts.share();
        }),
        button({ text: say("My own link, secret"), "data-control": "share-secret" }, () => {
          this.#close();
          this.acts.shareSecret();
        }),
        button({ text: say("Table as CSV"), "data-control": "room-table" }, async () => {
          const table = await this.room.table();
          if (table) saveFile(table, "text/csv;charset=utf-8", `${code}.csv`);
        }),
        this.#endButton(),
      ]),
      this.people,
    ]);
    this.tellPeople();
  }

  #endButton() {
    const end = button({ text: say("End the room"), "data-control": "end-room" }, async () => {
      if (end.dataset.sure === undefined) {
        end.dataset.sure = "";
        end.textContent = say("End it, and delete all that was in it");
      } else if (await this.room.act({ type: "end" })) this.#close();
    });
    return end;
  }

  #openForStudent() {
    const { code, you } = this.room.state;
    this.#show(say("Class"), [
      element("p", { text: say("You are in the room {code} as {name}.", { code: code.toUpperCase(), name: you?.name ?? "" }) }),
      element("div", { class: "room-row" }, [
        button({ text: you?.showsGraph ? say("Do not show my graph") : say("Show my graph to the teacher"), "data-control": "show-graph" }, () => {
          this.#close();
          this.acts.showGraph();
        }),
        button({ text: say("Leave the room"), "data-control": "leave-room" }, () => {
          this.#close();
          this.room.leave();
        }),
      ]),
    ]);
  }

  /** Who is there: how many, and their names once they are asked for. */
  tellPeople() {
    if (!this.#dialog || this.room.state.role !== "teacher") return;
    const students = this.room.state.teacher?.students ?? [];
    const names = button({ text: this.#showsNames ? say("Hide the names") : say("Show the names"), "data-control": "room-names" }, () => {
      this.#showsNames = !this.#showsNames;
      this.tellPeople();
    });
    names.hidden = students.length === 0;
    const rows = this.#showsNames ? students.map((student) => this.#person(student)) : [];
    this.people.replaceChildren(
      element("p", { text: sayCount("{count} student is here.", "{count} students are here.", students.length) }), names,
      element("ul", { class: "room-names" }, rows),
    );
  }

  /** @param {import("../model/room_types.js").RoomStudent} student */
  #person({ id, name, answered, showsGraph }) {
    const field = element("input", { type: "text", maxlength: 40, "aria-label": say("Name of {name}", { name }) });
    field.value = name;
    field.addEventListener("change", () => void this.room.act({ type: "rename", student: id, name: field.value }));
    const shows = showsGraph ? [button({ text: say("Open the graph"), "data-control": "open-shown" }, async () => {
      const link = await this.room.graphOf(id);
      if (!link) return;
      this.#close();
      this.acts.openGraph(link);
    })] : [];
    const remove = button({ text: say("Remove"), title: say("Remove {name}", { name }), "data-control": "remove-student" }, () => void this.room.act({ type: "remove", student: id }));
    return element("li", {}, [element("span", { text: answered ? "✓" : "…", "aria-label": answered ? say("answered") : say("not answered") }), field, ...shows, remove]);
  }

  /**
   * @param {string} title
   * @param {Node[]} children
   */
  #show(title, children) {
    const dialog = this.dialogs.show(title, children);
    this.#dialog = dialog;
    dialog.addEventListener("close", () => {
      if (this.#dialog === dialog) this.#dialog = null;
    });
  }

  #close() {
    this.#dialog?.close();
  }
}
