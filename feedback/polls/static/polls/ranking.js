// Ranks options: buttons up and down, places to choose, and dragging. The selects are what is sent.

for (const list of document.querySelectorAll("[data-ranking]:not([data-is-ready])")) rank(list);

function rank(list) {
  const items = () => [...list.children];
  const select = (item) => item.querySelector("select");
  const place = (item) => Number(select(item).value) || Infinity;
  const ranked = () => items().filter((item) => place(item) !== Infinity).sort((a, b) => place(a) - place(b));
  const announce = list.parentElement.querySelector("[data-announce]");

  // Puts the ranked items in this order, the others below them as they were.
  function show(order) {
    const others = items().filter((item) => !order.includes(item));
    for (const item of others) select(item).value = "";
    order.forEach((item, index) => (select(item).value = String(index + 1)));
    [...order, ...others].forEach((item, index) => {
      if (list.children[index] !== item) list.insertBefore(item, list.children[index]);
      item.classList.toggle("is-ranked", index < order.length);
    });
  }

  function say(item) {
    const at = place(item);
    const words = at === Infinity ? list.dataset.unranked : list.dataset.said;
    announce.textContent = words
      .replace("{option}", item.dataset.text)
      .replace("{place}", at)
      .replace("{of}", ranked().length);
  }

  // To an index among the ranked; beyond them, or -1: out of the ranking.
  function move(item, index) {
    const order = ranked().filter((other) => other !== item);
    if (index >= 0) order.splice(Math.min(index, order.length), 0, item);
    show(order);
    say(item);
  }

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    const item = button.closest("[data-option]");
    const order = ranked();
    const now = order.indexOf(item);
    if (button.dataset.move === "up") move(item, now < 0 ? order.length : Math.max(now - 1, 0));
    else if (now >= 0) move(item, now === order.length - 1 ? -1 : now + 1);
    button.focus();
  });

  list.addEventListener("change", (event) => {
    const item = event.target.closest("[data-option]");
    const wanted = Number(event.target.value);
    // The place it was asked for counts, not its old one.
    event.target.value = "";
    move(item, wanted ? wanted - 1 : -1);
    event.target.focus();
  });

  list.addEventListener("pointerdown", (start) => {
    // A finger on the words scrolls the page; on the grip it drags, as a mouse does on both.
    const handle = start.pointerType === "touch" ? "[data-grip]" : "[data-grip], .row-main, .poll-picture";
    const item = start.target.closest(handle)?.closest("[data-option]");
    if (!item || start.button !== 0) return;
    start.preventDefault();
    item.classList.add("is-dragged");
    const follow = (event) => {
      const over = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-option]");
      if (!over || over === item || over.parentElement !== list) return;
      move(item, items().indexOf(over));
    };
    const end = () => {
      item.classList.remove("is-dragged");
      removeEventListener("pointermove", follow);
      removeEventListener("pointerup", end);
      removeEventListener("pointercancel", end);
    };
    addEventListener("pointermove", follow);
    addEventListener("pointerup", end);
    addEventListener("pointercancel", end);
  });

  list.dataset.isReady = "";
  show(ranked());
}
