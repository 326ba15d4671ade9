// The queue by keyboard: j and k move, a letter presses the button or link that carries it.

import { isComposing } from "../orangefriday/js/composition.js";

const typing = "input, textarea, select, [contenteditable]";
const rows = [...document.querySelectorAll("[data-key-list] .row-title a")];

function move(by) {
  const at = rows.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by;
  rows[Math.min(Math.max(next, 0), rows.length - 1)]?.focus();
}

const own = {
  j: () => move(1),
  k: () => move(-1),
  o: () => rows.includes(document.activeElement) && document.activeElement.click(),
  e: () => document.querySelector("textarea[name=answer]")?.focus(),
  "?": () => document.querySelector(".keys-help")?.toggleAttribute("open"),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isComposing(event)) return;
  if (event.key === "Escape" && event.target.matches(typing)) event.target.blur();
  if (event.target.closest(typing)) return;
  const pressed = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  const act = own[event.key] ?? (pressed && (() => pressed.click()));
  if (!act) return;
  event.preventDefault();
  act();
});
