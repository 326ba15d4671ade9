// Quoting: the words selected in a post, or the whole post, into the form below.

export function quoteInto(composer) {
  if (!document.querySelector(".post") || !composer.element.dataset.place.startsWith("reply:")) return;
  const button = document.querySelector("[data-quote-selection]");
  let quoted = null;

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-quote]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const answer = await fetch(link.dataset.quote).catch(() => null);
    if (!answer?.ok) return location.assign(link.href);
    insert(composer, await answer.text(), link.closest(".post"));
  });
  if (!button) return;

  document.addEventListener("selectionchange", () => {
    quoted = selectedWords();
    button.hidden = !quoted;
    if (!quoted) return;
    button.style.top = `${quoted.box.bottom + scrollY + 8}px`;
    button.style.left = `${Math.min(Math.max(quoted.box.left + scrollX, 8), document.documentElement.clientWidth - 120)}px`;
  });
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    if (!quoted) return;
    const { post, text } = quoted;
    const said = `[${nameOf(post)} #${post.dataset.number}](${addressOf(post)})`;
    const lines = [said, ...text.split("\n")].map((line) => `> ${line}`.trimEnd());
    getSelection().removeAllRanges();
    insert(composer, `${lines.join("\n")}\n\n`, post);
  });
}

function insert(composer, quotation, post) {
  composer.add(quotation.endsWith("\n\n") ? quotation : `${quotation.trimEnd()}\n\n`);
  const answers = composer.form.elements.answers;
  if (answers && !answers.value) answers.value = addressOf(post).match(/\d+/)?.[0] ?? "";
  composer.area.scrollIntoView({ block: "center" });
}

const addressOf = (post) => post?.querySelector(".post-number")?.getAttribute("href") ?? "";
const nameOf = (post) => post.querySelector(".post-head .strong")?.textContent.trim().replaceAll("_", "\\_") ?? "";

// What is selected inside the words of one post.
function selectedWords() {
  const selection = getSelection();
  const text = selection.toString().trim();
  if (!text || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const within = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest(".post .prose");
  const prose = within(range.startContainer);
  if (!prose || prose !== within(range.endContainer)) return null;
  return { post: prose.closest(".post"), text, box: range.getBoundingClientRect() };
}
