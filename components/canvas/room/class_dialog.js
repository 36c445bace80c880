/**
 * The dialogs of the room: open one or join one; for its teacher the code, large, the links and who is there; for a
 * student the way out.
 *
 * @typedef {import("../model/room/room.js").Room} Room
 *
 * @typedef {object} DialogActs
 * @property {() => void} share shows the link and its QR code
 * @property {(withCode: boolean) => void} shareSecret shows the teacher's own link, and its QR code
 * @property {(link: string) => void} openGraph opens a graph that a student shows
 * @property {() => void} showGraph lets the teacher see the student's graph, or no longer
 */

import { button, element } from "../parts/dom.js";
import { say } from "../parts/messages.js";
import { OnePress } from "../parts/one_press.js";
import { saveFile } from "../parts/save_file.js";
import { PeopleList } from "./people_list.js";

export class ClassDialog {
  /** @type {HTMLDialogElement | null} */
  #dialog = null;

  /**
   * @param {Room} room
   * @param {import("../parts/dialog.js").Dialogs} dialogs
   * @param {DialogActs} acts
   */
  constructor(room, dialogs, acts) {
    this.room = room;
    this.dialogs = dialogs;
    this.acts = acts;
    this.people = new PeopleList(room, (link) => {
      this.#close();
      acts.openGraph(link);
    });
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
    const field = element("input", { type: "text", maxlength: 40, autocomplete: "off", autocapitalize: "none", spellcheck: "false", "data-testid": "room-code-field" });
    field.value = code.toUpperCase();
    const name = element("input", { type: "text", maxlength: 40, autocomplete: "nickname", "data-testid": "room-name-field" });
    const join = async () => {
      if (await this.room.join(field.value, name.value)) this.#close();
    };
    const form = element("form", { class: "room-join" }, [
      element("label", {}, [say("Word of the room"), field]), element("label", {}, [say("Your name, if you like"), name]),
      button({ text: say("Join"), class: "primary", type: "submit", "data-control": "join-room" }, () => {}),
    ]);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void join();
    });
    let isOpening = false;
    const open = button({ text: say("Open a room for my class"), "data-control": "open-room" }, async () => {
      if (isOpening) return;
      isOpening = true;
      const isOpen = await this.room.open();
      isOpening = false;
      if (!isOpen) return;
      this.#close();
      this.open();
    });
    const back = this.room.opened.map(({ code: known, token }) => button({
      text: say("Back to my room {code}", { code: known.toUpperCase() }), "data-control": "back-to-room", "data-room": known,
    }, () => {
      this.#close();
      this.room.teach(known, token);
    }));
    // Who was led here by a link has come to join; a teacher's own rooms are found all the same.
    this.#show(say("Class"), code ? [form, ...(back.length ? [element("div", { class: "room-row room-back" }, back)] : [])] : [form, element("hr"), element("p", {
      text: say("Teachers: a room lets your class answer questions about a graph, and shows what its answers come of. It is deleted after 30 days."),
    }), element("div", { class: "room-row" }, [open, ...back])]);
    (code ? name : field).focus();
  }

  #openForTeacher() {
    const { code } = this.room.state;
    this.people.hideNames();
    this.#show(say("Class"), [
      element("p", { class: "room-code", text: code.toUpperCase(), "data-testid": "room-code" }),
      element("p", { text: say("Students open the link or scan its QR code. Or they open this page, choose Class… in the menu ⋯, and type the word.") }),
      element("div", { class: "room-row" }, [
        button({ text: say("Link and QR code"), class: "primary", "data-control": "share-room" }, () => {
          this.#close();
          this.acts.share();
        }),
        button({ text: say("My own link, secret"), "data-control": "share-secret" }, () => {
          this.#close();
          this.acts.shareSecret(false);
        }),
        button({ text: say("Table as CSV"), "data-control": "room-table" }, async () => {
          const table = await this.room.table();
          if (table) saveFile(table, "text/csv;charset=utf-8", `${code}.csv`);
        }),
        button({ text: say("Leave for now"), title: say("The room goes on, and you come back to it by Class…"), "data-control": "leave-teaching" }, () => {
          this.#close();
          this.room.leave();
        }),
        this.#endButton(),
      ]),
      this.people.box,
    ]);
    this.tellPeople();
  }

  /** What leads the room stands in the code, so that it is shown when nobody else looks. */
  secretCode() {
    return element("div", { class: "room-secret" }, [
      element("p", { text: say("On your phone, it leads the room from anywhere in it. Show the code only where the class does not see it.") }),
      button({ text: say("Show its QR code"), "data-control": "secret-code" }, () => {
        this.dialogs.root.querySelector("dialog")?.close();
        this.acts.shareSecret(true);
      }),
    ]);
  }

  #endButton() {
    const end = button({ text: say("End the room"), "data-control": "end-room" }, async () => {
      if (!press.take()) return;
      if (end.dataset.sure === undefined) {
        end.dataset.sure = "";
        end.textContent = say("End it, and delete all that was in it");
      } else if (await this.room.act({ type: "end" })) this.#close();
    });
    const press = new OnePress(end);
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
    this.people.tell(this.room.state.teacher?.students ?? []);
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
