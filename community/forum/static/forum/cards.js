// A card for whoever and whatever a post names: on hover, on focus, on the first tap.

const NAMED = ".prose :is(a.mention, a.reference)";
const WITH_CARD = /^\/(?:members|builds|engineers|features)\/[^/]+\/$/;
const PAUSE = 350;
const cards = new Map();
let timer;
let link = null;

const popup = document.createElement("div");
popup.className = "card named-card";
popup.popover = "manual";
document.body.append(popup);

const linkAt = (event) => {
  const found = event.target.closest?.(NAMED);
  return found && WITH_CARD.test(found.pathname) && found.origin === location.origin ? found : null;
};

async function cardOf(path) {
  if (!cards.has(path)) {
    const answer = await fetch(`${path}card/`).catch(() => null);
    if (!answer?.ok) return "";
    cards.set(path, await answer.text());
  }
  return cards.get(path);
}

async function show(named) {
  link = named;
  const card = await cardOf(named.pathname);
  if (!card || link !== named) return;
  popup.innerHTML = card; // drawn by this site
  popup.showPopover?.();
  const box = named.getBoundingClientRect();
  const width = popup.offsetWidth;
  popup.style.left = `${Math.min(Math.max(box.left, 8), document.documentElement.clientWidth - width - 8)}px`;
  const isRoomBelow = box.bottom + popup.offsetHeight + 8 < innerHeight;
  popup.style.top = `${isRoomBelow ? box.bottom + 4 : box.top - popup.offsetHeight - 4}px`;
}

function hide() {
  clearTimeout(timer);
  link = null;
  if (popup.matches(":popover-open")) popup.hidePopover();
}

function later(act, pause = PAUSE) {
  clearTimeout(timer);
  timer = setTimeout(act, pause);
}

if ("popover" in HTMLElement.prototype) {
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const named = linkAt(event);
    if (named && named !== link) later(() => show(named));
    else if (named || popup.contains(event.target)) clearTimeout(timer);
    else if (link) later(hide, 200);
    else clearTimeout(timer);
  });
  document.addEventListener("focusin", (event) => {
    const named = linkAt(event);
    if (named?.matches(":focus-visible")) later(() => show(named));
    else if (!popup.contains(event.target)) hide();
  });
  // The first tap shows the card; its title, or a second tap, leads on.
  document.addEventListener("click", (event) => {
    const named = linkAt(event);
    if (named && event.pointerType === "touch" && link !== named) {
      event.preventDefault();
      show(named);
    } else if (!popup.contains(event.target)) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
}
