// One cell that holds a list: the picks in order, and the chooser that adds to them.

import { Chooser } from "./chooser.js";

export class Cell {
  // `board` tells what was changed, says it aloud, and knows the other cells.
  constructor(fieldset, board) {
    this.element = fieldset;
    this.board = board;
    this.name = fieldset.dataset.cell;
    this.number = Number(fieldset.dataset.step);
    this.most = Number(fieldset.dataset.most);
    this.look = fieldset.dataset.look;
    this.ids = [];
    this.words = {};
    this.isNone = false;
    this.open = new Set();
    this.list = fieldset.querySelector("[data-picks]");
    this.none = fieldset.querySelector("[data-none]");
    this.add = fieldset.querySelector("[data-add]");
    this.invitations = [...fieldset.querySelector("[data-invitations]").content.children].map((span) => span.textContent);
    this.chooser = new Chooser(fieldset.querySelector("[data-chooser]"), this);
    this.add.hidden = false;
    this.add.addEventListener("click", () => this.unfold(this.chooser.element.hidden));
    this.none.addEventListener("change", () => this.answerNone(this.none.checked));
    this.list.addEventListener("click", (event) => this.clicked(event));
    this.list.addEventListener("keydown", (event) => this.pressed(event));
    this.list.addEventListener("input", (event) => {
      this.words[event.target.closest(".pick").dataset.id] = event.target.value;
      this.board.changed();
    });
  }

  // What the cell answers: a list of ids, or undefined.
  get answer() {
    return this.ids.length || this.isNone ? this.ids : undefined;
  }

  fill(ids, words) {
    this.ids = (ids ?? []).filter((id) => this.chooser.has(id)).slice(0, this.most);
    this.isNone = ids !== undefined && !this.ids.length;
    this.words = words;
    for (const id of this.ids) if (words[id]) this.open.add(id);
    this.show();
  }

  toggle(id) {
    if (this.ids.includes(id)) this.takeOut(id);
    else this.put(id);
  }

  // Puts something into the list; it leaves the cell it stood in.
  put(id, index = this.ids.length) {
    const place = this.ids.indexOf(id);
    if (place < 0 && this.ids.length >= this.most) return this.board.say(this.invitations[0]);
    if (place >= 0) this.ids.splice(place, 1);
    const origin = place < 0 ? this.board.takeFromOthers(id, this) : null;
    if (origin) this.words[id] = origin.words[id] ?? "";
    this.ids.splice(index, 0, id);
    this.isNone = false;
    const name = this.chooser.name(id);
    const text = this.board.text(place < 0 ? "added" : "moved", { name, n: index + 1 });
    this.board.say(origin ? `${text} ${this.board.text("other", { n: origin.number })}` : text);
    this.show();
    this.board.changed();
  }

  takeOut(id, { isSilent = false } = {}) {
    const place = this.ids.indexOf(id);
    this.ids.splice(place, 1);
    this.show();
    if (isSilent) return;
    this.board.say(this.board.text("removed", { name: this.chooser.name(id) }));
    const next = this.list.children[Math.min(place, this.ids.length - 1)]?.querySelector(".pick-name");
    if (this.chooser.element.hidden) (next ?? this.add).focus();
    this.board.changed();
  }

  move(id, step, role) {
    const index = this.ids.indexOf(id) + step;
    if (index < 0 || index >= this.ids.length) return;
    this.put(id, index);
    this.list.querySelector(`[data-id="${id}"] ${role}`).focus();
  }

  answerNone(isNone) {
    this.isNone = isNone;
    if (isNone) {
      this.ids = [];
      this.unfold(false);
    }
    this.show();
    this.board.changed();
  }

  unfold(isOpen) {
    if (isOpen) this.board.foldOthers(this);
    this.chooser.element.hidden = !isOpen;
    this.add.ariaExpanded = String(isOpen);
    if (isOpen) this.chooser.start();
  }

  clicked(event) {
    const pick = event.target.closest(".pick");
    const id = Number(pick?.dataset.id);
    if (event.target.closest("[data-remove]")) this.takeOut(id);
    else if (event.target.closest("[data-up]")) this.move(id, -1, "[data-up]");
    else if (event.target.closest("[data-down]")) this.move(id, 1, "[data-down]");
    else if (event.target.closest(".pick-name")) this.unfoldPick(pick, !this.open.has(id));
  }

  pressed(event) {
    if (!event.target.matches(".pick-name")) return;
    const id = Number(event.target.closest(".pick").dataset.id);
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step && event.altKey) this.move(id, step, ".pick-name");
    else if (event.key === "Delete" || event.key === "Backspace") this.takeOut(id);
    else return;
    event.preventDefault();
  }

  fold() {
    this.open.clear();
    this.unfold(false);
    this.show();
  }

  unfoldPick(pick, isOpen) {
    const id = Number(pick.dataset.id);
    this.open[isOpen ? "add" : "delete"](id);
    pick.querySelector(".pick-name").ariaExpanded = String(isOpen);
    pick.querySelector(".pick-more").hidden = !isOpen;
  }

  show() {
    this.list.replaceChildren(...this.ids.map((id, index) => this.draw(id, index)));
    this.none.checked = this.isNone;
    this.add.querySelector("[data-invitation]").textContent = this.invitations[this.most - this.ids.length];
    this.add.disabled = this.ids.length === this.most;
    this.none.closest(".cluster").hidden = this.ids.length > 0;
    this.board.shown(this);
  }

  draw(id, index) {
    const pick = document.getElementById("pick").content.firstElementChild.cloneNode(true);
    const name = this.chooser.name(id);
    const place = pick.querySelector(".place");
    pick.dataset.id = id;
    place.textContent = index + 1;
    place.classList.add(`place-${this.look}`);
    pick.querySelector(".pick-name").textContent = name;
    pick.querySelector("[data-faces]").replaceWith(this.chooser.faces(id));
    pick.querySelector("[data-remove]").ariaLabel += ` ${name}`;
    pick.querySelector("[data-up]").disabled = index === 0;
    pick.querySelector("[data-down]").disabled = index === this.ids.length - 1;
    if (this.look === "wish") pick.querySelector("label").remove();
    else pick.querySelector("textarea").value = this.words[id] ?? "";
    this.unfoldPick(pick, this.open.has(id));
    return pick;
  }
}
