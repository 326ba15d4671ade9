// The composer: finds every box one writes in and gives it its bar, preview, pictures and draft.

import { isComposing, onText } from "../composition.js";
import { columns } from "./columns.js";
import { Keeper } from "./keeper.js";
import { mark } from "./marks.js";
import { suggestNames } from "./names.js";
import { takePictures } from "./pictures.js";
import { previewOf } from "./preview.js";
import { quoteInto } from "./quoting.js";
import { fillTemplate } from "./template.js";

const SHORTCUTS = { b: "bold", i: "italic", k: "link" };

class Composer {
  constructor(element) {
    this.element = element;
    this.area = element.querySelector("textarea");
    this.form = this.area.form;
    this.token = this.form.elements.csrfmiddlewaretoken?.value ?? "";
    this.bar = element.querySelector("[role=toolbar]");
    this.listen();
    this.preview = previewOf(this);
    this.names = suggestNames(this);
    takePictures(this);
    fillTemplate(this);
    quoteInto(this);
    if (element.dataset.draftUrl) this.keeper = new Keeper(this);
    this.count();
  }

  listen() {
    this.bar.addEventListener("click", (event) => {
      const button = event.target.closest("[data-mark]");
      if (button) mark(this, button.dataset.mark);
    });
    this.bar.addEventListener("keydown", (event) => this.walk(event));
    [...this.bar.querySelectorAll("button")].forEach((button, index) => (button.tabIndex = index ? -1 : 0));
    this.area.addEventListener("keydown", (event) => this.pressed(event));
    // Safari would send the form with the Enter that ends a composition in a line of its own.
    this.form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && isComposing(event) && event.target.matches("input")) event.preventDefault();
    });
    onText(this.area, () => this.changed());
  }

  // Arrows go along the bar, as toolbars do.
  walk(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const buttons = [...this.bar.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    buttons[at].tabIndex = -1;
    const next = buttons[(at + step + buttons.length) % buttons.length];
    next.tabIndex = 0;
    next.focus();
    event.preventDefault();
  }

  pressed(event) {
    if (isComposing(event) || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.key === "Enter") {
      event.preventDefault();
      this.form.requestSubmit();
    } else if (SHORTCUTS[event.key.toLowerCase()] && !event.shiftKey) {
      event.preventDefault();
      mark(this, SHORTCUTS[event.key.toLowerCase()]);
    }
  }

  changed() {
    this.count();
    this.preview.changed();
    this.keeper?.changed();
  }

  count() {
    const shown = this.element.querySelector("[data-columns]");
    const most = Number(this.area.dataset.mostColumns);
    const n = most ? columns(this.area.value) : 0;
    shown.textContent = n ? this.text("columns", { n: n.toLocaleString(), most: most.toLocaleString() }) : "";
    shown.classList.toggle("strong", n > most);
  }

  // Puts text in place of what is between two points, as if typed: it can be undone.
  put(text, from = this.area.selectionStart, to = this.area.selectionEnd) {
    const { area } = this;
    area.focus();
    area.setSelectionRange(from, to);
    const isTyped = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
    if (!isTyped) {
      area.setRangeText(text, from, to, "end");
      area.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
  }

  // Adds a paragraph of its own after what is written.
  add(text) {
    const { value } = this.area;
    const gap = !value || value.endsWith("\n\n") ? "" : value.endsWith("\n") ? "\n" : "\n\n";
    this.put(`${gap}${text}`, value.length, value.length);
  }

  text(name, values = {}) {
    const key = `text${name[0].toUpperCase()}${name.slice(1)}`;
    return Object.entries(values).reduce((text, [mark, value]) => text.replace(`{${mark}}`, value), this.element.dataset[key]);
  }
}

for (const element of document.querySelectorAll("[data-composer]")) new Composer(element);
