// Pictures pasted, dropped or chosen: sent at once, each with its progress and its place.

let count = 0;

export function takePictures(composer) {
  const { element, area } = composer;
  const files = element.querySelector("[data-files]");
  if (!element.dataset.picturesUrl || !files) return;
  element.querySelector("[data-picture]").addEventListener("click", () => files.click());
  files.addEventListener("change", () => {
    sendAll(composer, files.files);
    files.value = "";
  });
  area.addEventListener("paste", (event) => take(event, event.clipboardData));
  for (const type of ["dragenter", "dragover"]) {
    element.addEventListener(type, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      element.classList.add("is-over");
    });
  }
  for (const type of ["dragleave", "drop"]) element.addEventListener(type, () => element.classList.remove("is-over"));
  element.addEventListener("drop", (event) => take(event, event.dataTransfer));

  function take(event, data) {
    const pictures = [...(data?.files ?? [])].filter((file) => file.type.startsWith("image/"));
    if (!pictures.length) return;
    event.preventDefault();
    sendAll(composer, pictures);
  }
}

function sendAll(composer, files) {
  for (const file of files) send(composer, file);
}

function send(composer, file) {
  const name = (file.name || "").replace(/[[\]()\n]/g, " ").trim() || `${++count}`;
  const place = `![${composer.text("sending", { name })}](#${++count})`;
  composer.put(place);
  const line = drawLine(composer, name);
  const request = new XMLHttpRequest(); // fetch tells nothing of what has gone out
  request.open("POST", composer.element.dataset.picturesUrl);
  request.responseType = "json";
  request.setRequestHeader("X-CSRFToken", composer.token);
  request.setRequestHeader("Accept", "application/json");
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) line.progress.value = event.loaded / event.total;
  });
  request.addEventListener("loadend", () => {
    const picture = request.status === 201 ? request.response : null;
    replace(composer, place, picture ? picture.markdown : "");
    if (picture) line.element.remove();
    else refuse(line, sentence(request.response) ?? composer.text("refused", { name }));
  });
  const form = new FormData();
  form.append("file", file, file.name || "picture.png");
  request.send(form);
}

// The words may have moved meanwhile, or the writer has taken the place out again.
function replace(composer, place, markdown) {
  const { area } = composer;
  const at = area.value.indexOf(place);
  if (at < 0) return;
  const shift = markdown.length - place.length;
  const [from, to] = [area.selectionStart, area.selectionEnd].map((point) => (point > at ? Math.max(point + shift, at) : point));
  area.setRangeText(markdown, at, at + place.length, "preserve");
  area.setSelectionRange(from, to);
  area.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

function sentence(problem) {
  if (!problem) return null;
  const [errors] = Object.values(problem.errors ?? {});
  return errors?.[0] ?? problem.detail ?? null;
}

function drawLine(composer, name) {
  const element = document.createElement("li");
  const label = document.createElement("span");
  const progress = document.createElement("progress");
  label.textContent = composer.text("sending", { name });
  progress.ariaLabel = label.textContent;
  progress.max = 1;
  progress.value = 0;
  element.append(label, progress);
  composer.element.querySelector("[data-sendings]").append(element);
  return { element, label, progress };
}

function refuse(line, text) {
  line.progress.remove();
  line.label.textContent = text;
  line.element.classList.add("is-refused");
  setTimeout(() => line.element.remove(), 20000);
}
