// Shows which reactions are one's own; the page itself is the same for all of its readers.

function show() {
  const mine = document.querySelector("[data-my-reactions]")?.dataset.myReactions.split(" ") ?? [];
  for (const one of mine.filter(Boolean)) {
    const [post, kind] = one.split(":");
    document.querySelector(`#reactions-${post} [data-kind="${kind}"]`)?.classList.add("is-mine");
  }
}

show();
// Posts that come later, and a choice that was closed again.
document.addEventListener("htmx:afterSwap", show);
