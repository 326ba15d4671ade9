// A long topic, read, left and returned to: tells how far one has read, keeps the address of the
// page in view while the posts go on, and shows new posts when one asks for them.

const TELL_EVERY_MS = 10_000;

const posts = document.getElementById("posts");
const mark = document.getElementById("read-mark");
const inView = new Set();
let lastRead = Number(mark?.dataset.lastRead ?? 0);
let told = "";

const number = (post) => Number(post.dataset.number);

// A post is read when its end has been on the screen; the place is the first one in view.
const seen = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting, boundingClientRect, rootBounds } of entries) {
    if (isIntersecting) inView.add(target);
    else inView.delete(target);
    if (isIntersecting && rootBounds && boundingClientRect.bottom <= rootBounds.bottom + 1) {
      lastRead = Math.max(lastRead, number(target));
    }
  }
  followPage();
}, { threshold: [0, 0.25, 0.5, 0.75, 1] });

function watch() {
  for (const post of posts.querySelectorAll(".post:not([data-watched])")) {
    post.dataset.watched = "";
    seen.observe(post);
  }
}

function firstInView() {
  const shown = [...inView].filter((post) => post.isConnected).sort((a, b) => number(a) - number(b));
  const below = shown.find((post) => post.getBoundingClientRect().bottom > 64);
  return below ?? shown.at(-1);
}

// Pages that follow each other on one: the address is that of the page in view.
function followPage() {
  const post = firstInView();
  const page = post?.dataset.page;
  if (!page || page === posts.dataset.page) return;
  posts.dataset.page = page;
  const address = new URL(location.href);
  if (page === "1") address.searchParams.delete("page");
  else address.searchParams.set("page", page);
  address.hash = "";
  history.replaceState(history.state, "", address);
}

function tell() {
  const post = firstInView();
  if (!mark || !post) return;
  const place = number(post);
  const last = Math.max(lastRead, place);
  if (told === `${last} ${place}`) return;
  told = `${last} ${place}`;
  const body = new FormData(mark);
  body.set("last_read", last);
  body.set("place", place);
  fetch(mark.action, { method: "POST", body, keepalive: true }).catch(() => { told = ""; });
}

if (posts) {
  watch();
  new MutationObserver(watch).observe(posts, { childList: true });
  document.addEventListener("visibilitychange", () => { if (document.hidden) tell(); });
  addEventListener("pagehide", tell);
  setInterval(tell, TELL_EVERY_MS);
}
