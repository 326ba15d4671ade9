// The frame of every page: dismissing messages, light and dark without a reload, tabs, `/`, menus.

import { isComposing } from "./composition.js";

const root = document.documentElement;

document.addEventListener("click", (event) => {
  const dismiss = event.target.closest("[data-dismiss]");
  if (dismiss) dismiss.closest(".toast, .alert").remove();
});

// The form works by itself; here the choice shows at once and is remembered behind the page.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form.scheme");
  if (!form || !event.submitter) return;
  event.preventDefault();
  const chosen = event.submitter.value;
  if (chosen === "auto") delete root.dataset.scheme;
  else root.dataset.scheme = chosen;
  for (const button of form.elements) {
    if (button.name === "scheme") button.ariaPressed = String(button === event.submitter);
  }
  fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, event.submitter)), redirect: "manual" });
});

// Tabs wider than a phone begin with the current one in sight; at once, so nothing moves.
for (const tab of document.querySelectorAll(".tabs > [aria-current]")) {
  const bar = tab.parentElement;
  bar.scrollLeft = tab.offsetLeft - bar.offsetLeft - (bar.clientWidth - tab.offsetWidth) / 2;
}

// `/` goes to the search or filter box of the page; without one, to the page that searches.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isComposing(event)) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const box = document.querySelector("input[data-focus-key='/']") ?? document.querySelector("[data-focus-key='/']");
  if (!box) return;
  event.preventDefault();
  if (box.href) location.assign(box.href);
  else box.focus();
});

// Browsers without popover: the same button opens the same menu.
if (!("popover" in HTMLElement.prototype)) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[popovertarget]");
    const menu = button && document.getElementById(button.getAttribute("popovertarget"));
    for (const open of document.querySelectorAll("[popover].is-open")) {
      if (open !== menu && !open.contains(event.target)) open.classList.remove("is-open");
    }
    menu?.classList.toggle("is-open");
  });
}
