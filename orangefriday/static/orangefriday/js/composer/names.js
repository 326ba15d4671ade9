// Who is meant: a list of names after an @, chosen by arrows and Enter or by hand.

import { isComposing } from "../composition.js";

const PAUSE = 150;
const BEGUN = /(?:^|[^\p{Letter}\p{Number}]|\p{Script=Han})@([\p{Letter}\p{Number}\p{Mark}_.'·-]{1,20})$/u;

export function suggestNames(composer) {
  const { element, area } = composer;
  const url = element.dataset.suggestionsUrl;
  const list = element.querySelector("[role=listbox]");
  if (!url || !list) return {};
  const here = /^reply:(\d+)$/.exec(element.dataset.place)?.[1];
  let timer;
  let asked = "";
  let chosen = -1;
  area.setAttribute("aria-autocomplete", "list");
  area.setAttribute("aria-haspopup", "listbox");

  const begun = () => {
    const found = area.value.slice(0, area.selectionStart).match(BEGUN);
    return area.selectionStart === area.selectionEnd && found ? found[1] : "";
  };

  function close() {
    clearTimeout(timer);
    asked = "";
    chosen = -1;
    list.hidden = true;
    area.removeAttribute("aria-activedescendant");
    area.removeAttribute("aria-controls");
  }

  async function ask() {
    const query = begun();
    if (!query) return close();
    if (query === asked) return;
    asked = query;
    const wanted = new URLSearchParams({ q: query, kinds: "member", ...(here ? { topic: here } : {}) });
    const answer = await fetch(`${url}?${wanted}`, { headers: { Accept: "application/json" } }).catch(() => null);
    const found = answer?.ok ? await answer.json() : [];
    if (asked === query) show(found);
  }

  function show(people) {
    list.replaceChildren(...people.slice(0, 8).map(draw));
    list.hidden = !people.length;
    if (list.hidden) return;
    list.style.top = `${caretBottom(area)}px`;
    area.setAttribute("aria-controls", list.id);
    choose(0);
  }

  function draw({ name, note }, index) {
    const option = document.createElement("li");
    option.role = "option";
    option.id = `${list.id}_${index}`;
    option.dataset.name = name;
    option.append(name);
    if (note) option.append(Object.assign(document.createElement("span"), { className: "muted", textContent: note }));
    return option;
  }

  function choose(index) {
    chosen = (index + list.children.length) % list.children.length;
    [...list.children].forEach((option, at) => (option.ariaSelected = String(at === chosen)));
    area.setAttribute("aria-activedescendant", list.children[chosen].id);
    list.children[chosen].scrollIntoView({ block: "nearest" });
  }

  function accept(option) {
    const query = begun();
    const at = area.selectionStart;
    close();
    composer.put(`${option.dataset.name} `, at - query.length, at);
  }

  area.addEventListener("keydown", (event) => {
    if (list.hidden || isComposing(event)) return;
    const act = {
      ArrowDown: () => choose(chosen + 1),
      ArrowUp: () => choose(chosen - 1),
      Enter: () => accept(list.children[chosen]),
      Tab: () => accept(list.children[chosen]),
      Escape: close,
    }[event.ctrlKey || event.metaKey || event.shiftKey ? "" : event.key];
    if (!act) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    act();
  });
  // Letters typed into an input method are asked for too (xm finds 小米); nothing is accepted.
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  area.addEventListener("blur", () => setTimeout(close, 200));
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) accept(option);
  });
  return { close };
}

// Below the line one is writing in, as far as it can be told without drawing the text again.
function caretBottom(area) {
  const style = getComputedStyle(area);
  const line = Number.parseFloat(style.lineHeight) || 24;
  const lines = area.value.slice(0, area.selectionStart).split("\n").length;
  const bottom = Number.parseFloat(style.paddingTop) + lines * line - area.scrollTop;
  return Math.min(Math.max(bottom, line), area.clientHeight);
}
