// Wishes like the one being written: never in the middle of a composition, and after a short rest.

import { onText } from "../orangefriday/js/composition.js";

const REST_MS = 250;
const ASKED = ["product", "title", "area", "device"];

class Similar {
  constructor(form) {
    this.form = form;
    this.place = form.querySelector("#similar-wishes");
    // Beside the title, where one looks while typing.
    form.elements.title.closest("div, p")?.after(this.place);
    for (const name of ASKED) {
      const field = form.elements[name];
      if (field) onText(field, () => this.rest());
    }
    if (form.elements.title.value) this.find();
  }

  rest() {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.find(), REST_MS);
  }

  // An answer that was overtaken by the next question is not shown.
  async find() {
    this.asking?.abort();
    this.asking = new AbortController();
    const said = ASKED.map((name) => [name, this.form.elements[name]?.value ?? ""]);
    const url = `${this.form.dataset.similarUrl}?${new URLSearchParams(said)}`;
    try {
      const answer = await fetch(url, { signal: this.asking.signal });
      if (answer.ok) this.place.innerHTML = await answer.text();
    } catch (error) {
      if (error.name !== "AbortError") this.place.replaceChildren();
    }
  }
}

for (const form of document.querySelectorAll("form[data-similar-url]")) new Similar(form);
