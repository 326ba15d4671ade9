// Everything a cell offers, by area, with a filter and arrow keys.

import { onEnter, onText } from "../orangefriday/js/composition.js";

const FEW = 8; // no filter for so few
const plain = (text) => text.normalize("NFKC").toLowerCase();

export class Chooser {
  constructor(element, cell) {
    this.element = element;
    this.cell = cell;
    this.filter = element.querySelector("[data-filter]");
    this.nothing = element.querySelector("[data-nothing]");
    this.groups = [...element.querySelectorAll("[data-group]")];
    this.options = new Map();
    for (const option of element.querySelectorAll(".option")) {
      const area = option.closest("[data-group]").querySelector("h3").textContent;
      const people = option.querySelector(".faces")?.ariaLabel ?? "";
      this.options.set(Number(option.dataset.id), option);
      option.words = plain(`${option.textContent} ${area} ${people}`);
    }
    this.filter.hidden = this.options.size <= FEW;
    onText(this.filter, () => this.narrow());
    onEnter(this.filter, (event) => {
      event.preventDefault();
      this.visible[0]?.click();
    });
    element.addEventListener("click", (event) => {
      const option = event.target.closest(".option");
      if (option) cell.toggle(Number(option.dataset.id));
    });
    element.addEventListener("keydown", (event) => this.pressed(event));
  }

  get visible() {
    return [...this.options.values()].filter((option) => option.offsetParent);
  }

  has(id) {
    return this.options.has(id);
  }

  name(id) {
    return this.options.get(id).querySelector(".row-main").textContent;
  }

  faces(id) {
    const faces = this.options.get(id).querySelector("[data-faces]");
    return faces ? faces.cloneNode(true) : "";
  }

  // Opened by its button: ready to type, or at the first choice.
  start() {
    if (!matchMedia("(pointer: coarse)").matches) (this.filter.hidden ? this.visible[0] : this.filter)?.focus();
  }

  narrow() {
    const wanted = plain(this.filter.value).split(/\s+/).filter(Boolean);
    for (const option of this.options.values()) {
      option.parentElement.hidden = !wanted.every((word) => option.words.includes(word));
    }
    for (const group of this.groups) group.hidden = !group.querySelector("li:not([hidden])");
    this.nothing.hidden = this.groups.length === 0 || this.groups.some((group) => !group.hidden);
  }

  pressed(event) {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      this.cell.unfold(false);
      this.cell.add.focus();
    }
    const options = this.visible;
    const at = options.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: at < 0 ? at : 0, End: at < 0 ? at : options.length - 1 }[event.key];
    if (to === undefined || to === at) return;
    (options[to] ?? (to < 0 ? this.filter : null))?.focus();
    event.preventDefault();
  }

  // Numbers what is chosen: here, or in the other cell, from where it would be moved.
  show(others) {
    const { ids, look } = this.cell;
    for (const [id, option] of this.options) {
      const isHere = ids.includes(id);
      const there = others?.ids.indexOf(id) ?? -1;
      const number = option.querySelector(".place");
      option.ariaPressed = String(isHere);
      option.classList.toggle("is-elsewhere", there >= 0);
      number.textContent = isHere ? ids.indexOf(id) + 1 : there >= 0 ? there + 1 : "";
      number.className = `place ${isHere ? `place-${look}` : there >= 0 ? `place-${others.look}` : ""}`;
    }
  }
}
