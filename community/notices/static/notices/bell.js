// Keeps the bell current: asks once a minute, and when the page comes back into view. On the page
// a notice led to it says that the notice is read.

const EVERY_MS = 60_000;
const MOST = 99;
const bell = document.querySelector("[data-bell]");

export function show(unread) {
  const count = bell.querySelector(".bell-count");
  count.hidden = unread === 0;
  count.textContent = unread > MOST ? `${MOST}+` : String(unread);
  const { none, some } = bell.dataset;
  bell.setAttribute("aria-label", unread ? some.replace("{n}", String(unread)) : none);
  // The number on the icon of the installed application, the same on every device.
  if (unread) navigator.setAppBadge?.(unread).catch(() => {});
  else navigator.clearAppBadge?.().catch(() => {});
}

async function ask() {
  if (document.hidden) return;
  try {
    const answer = await fetch(bell.dataset.bell, { redirect: "error" });
    if (answer.ok) show((await answer.json()).unread);
  } catch {
    // No network, or signed out meanwhile: the next page says so.
  }
}

async function readOpened() {
  const opened = /(?:^|; )opened_notice=(\d+)/.exec(document.cookie)?.[1];
  if (!opened) return;
  document.cookie = "opened_notice=; path=/; max-age=0; samesite=lax";
  const headers = JSON.parse(document.body.getAttribute("hx-headers"));
  try {
    await fetch(`${bell.pathname}${opened}/read/`, { method: "POST", headers, redirect: "manual" });
    await ask();
  } catch {
    // No network: it stays unread.
  }
}

if (bell) {
  readOpened();
  setInterval(ask, EVERY_MS);
  document.addEventListener("visibilitychange", ask);
}
