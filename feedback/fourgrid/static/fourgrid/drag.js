// Drags picks to another place, also into another cell, with mouse, pen or finger.

const placeMarks = ["drop-before", "drop-after"];

// `accepts(from, to)` says whether a pick may go from one cell to another; `drop(id, from, to,
// index)` is called when it was let go. Cells are the fieldsets that hold a [data-picks] list.
export function dragPicks(root, { accepts, drop }) {
  root.addEventListener("pointerdown", (start) => {
    const item = start.target.closest("[data-grip]")?.closest(".pick");
    if (!item || start.button !== 0) return;
    start.preventDefault();
    const from = item.closest("[data-cell]");
    let target = null;
    item.classList.add("is-dragged");

    const move = (event) => {
      item.style.transform = `translate(${event.clientX - start.clientX}px, ${event.clientY - start.clientY}px)`;
      unmark(root);
      target = under(event, item, (to) => accepts(from, to));
      mark(target);
    };
    const end = (event) => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", end);
      removeEventListener("pointercancel", end);
      item.classList.remove("is-dragged");
      item.style.transform = "";
      unmark(root);
      if (event.type === "pointerup" && target) drop(Number(item.dataset.id), from, target.cell, target.index);
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", end);
    addEventListener("pointercancel", end);
  });
}

function under(event, item, isAccepted) {
  const cell = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-cell]");
  const list = cell?.querySelector("[data-picks]");
  if (!list || !isAccepted(cell)) return null;
  const others = [...list.children].filter((pick) => pick !== item);
  const before = others.findIndex((pick) => {
    const box = pick.getBoundingClientRect();
    return event.clientY < box.top + box.height / 2;
  });
  return { cell, others, index: before < 0 ? others.length : before };
}

function mark(target) {
  if (!target) return;
  const { cell, others, index } = target;
  cell.classList.add("is-target");
  if (index < others.length) others[index].classList.add("drop-before");
  else others.at(-1)?.classList.add("drop-after");
}

function unmark(root) {
  for (const marked of root.querySelectorAll(".is-target, .drop-before, .drop-after")) {
    marked.classList.remove("is-target", ...placeMarks);
  }
}
