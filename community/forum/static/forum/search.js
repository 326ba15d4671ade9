// Results while somebody types: never in the middle of a composition, and after a short rest.

import { onText } from "../orangefriday/js/composition.js";

const REST_MS = 250;

for (const box of document.querySelectorAll("[data-live-search]")) {
  let resting;
  onText(box, () => {
    clearTimeout(resting);
    resting = setTimeout(() => box.form.dispatchEvent(new Event("typed")), REST_MS);
  });
}
