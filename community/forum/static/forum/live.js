// New posts, counts and votes without a reload: asks every few seconds what a topic counts, an
// answer all readers share; a hidden tab asks ever more seldom. Posts come when one wants them.

const EVERY_MS = 10_000;
const SELDOM_MS = 10 * 60_000;

const posts = document.getElementById("posts");
const live = document.getElementById("live");
const pills = document.getElementById("reaction-pills");

const numbers = () => [...posts.querySelectorAll(".post")].map((post) => Number(post.dataset.number));
const pageOf = (number) => Math.ceil(number / Number(live.dataset.aPage));

let wait = EVERY_MS;
let timer;
let known = Number(live?.dataset.known);

function plan() {
  clearTimeout(timer);
  wait = document.hidden ? Math.min(wait * 2, SELDOM_MS) : EVERY_MS;
  timer = setTimeout(ask, wait);
}

async function ask() {
  try {
    const address = new URL(live.dataset.address, location.href);
    const { page } = posts.dataset;
    address.searchParams.set("page", page);
    // Without a cookie the answer is the one that everybody gets, kept at the edge.
    const answer = await fetch(address, { credentials: live.dataset.credentials });
    if (answer.ok) show(await answer.json(), page);
  } catch { /* offline: ask again later */ }
  plan();
}

function show(counts, page) {
  for (const place of document.querySelectorAll("[data-live=me_too]")) place.textContent = counts.me_too;
  for (const post of posts.querySelectorAll(`.post[data-page="${page}"]`)) {
    showReactions(post, counts.reactions[post.dataset.number] ?? {});
  }
  const count = counts.posts - known;
  live.hidden = count <= 0;
  live.textContent = live.dataset.words.replace("{n}", count);
}

// A kind nobody had felt has no pill yet; while one chooses there is a form instead of pills.
function showReactions(post, counts) {
  const list = post.querySelector("div.reactions");
  for (const blank of list ? pills.content.children : []) {
    const { kind } = blank.dataset;
    const pill = list.querySelector(`[data-kind="${kind}"]`) ?? (counts[kind] && blank.cloneNode(true));
    if (!pill) continue;
    pill.hidden = !counts[kind];
    pill.querySelector(".num").textContent = counts[kind] ?? 0;
    list.lastElementChild.before(pill);
  }
}

// What does not fit on this page stands on the next one, at its own address.
async function bring() {
  const next = Math.max(known, ...numbers()) + 1;
  const address = new URL(location.pathname, location.href);
  if (pageOf(next) > 1) address.searchParams.set("page", pageOf(next));
  const isHere = pageOf(next) === Number(posts.dataset.page) || live.dataset.continuous;
  if (!isHere || document.getElementById("more")) {
    address.hash = `post-${next}`;
    location.assign(address);
    return;
  }
  address.searchParams.set("since", known); // not the copy from before
  const text = await (await fetch(address)).text();
  const there = new DOMParser().parseFromString(text, "text/html").querySelectorAll("#posts > .post");
  for (const post of there) {
    if (Number(post.dataset.number) < next) continue;
    posts.append(document.adoptNode(post));
    window.htmx?.process(post);
    known = Number(post.dataset.number);
  }
  live.hidden = true;
  document.getElementById(`post-${next}`)?.querySelector("a")?.focus({ preventScroll: true });
  ask();
}

if (live && posts) {
  live.addEventListener("click", bring);
  document.addEventListener("visibilitychange", () => { if (document.hidden) plan(); else ask(); });
  plan();
}
