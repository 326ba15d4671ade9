// The preview: the server draws the words, as it will when they are sent.

const PAUSE = 500;
const LEAST = 1000; // between two questions

export function previewOf(composer) {
  const { element, area } = composer;
  const button = element.querySelector("[data-preview]");
  const pane = element.querySelector("[data-preview-pane]");
  let timer;
  let askedAt = 0;
  let drawn = null;

  async function draw() {
    const body = area.value;
    if (body === drawn) return;
    askedAt = Date.now();
    const answer = await fetch(element.dataset.previewUrl, {
      method: "POST",
      headers: { "X-CSRFToken": composer.token },
      body: new URLSearchParams({ body }),
    }).catch(() => null);
    if (!answer?.ok) {
      pane.setAttribute("aria-busy", "true");
      if (answer?.status === 429) pane.textContent = composer.text("slow");
      return wait(5000);
    }
    drawn = body;
    pane.removeAttribute("aria-busy");
    pane.innerHTML = await answer.text(); // drawn by the server, cleaned by its allow-list
    if (area.value !== body) wait(PAUSE);
  }

  function wait(pause) {
    clearTimeout(timer);
    timer = setTimeout(draw, Math.max(pause, askedAt + LEAST - Date.now()));
  }

  button.addEventListener("click", () => {
    const isShown = pane.hidden;
    pane.hidden = !isShown;
    button.ariaPressed = String(isShown);
    if (isShown) draw();
  });
  return { changed: () => pane.hidden || wait(PAUSE) };
}
