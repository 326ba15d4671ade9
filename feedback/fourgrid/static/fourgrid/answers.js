// What the form says, and putting it back: { mood, loved, let_down, wishes, comments }.
// A cell that is not answered has no key; "none" is an empty list.

export const LISTS = ["loved", "let_down", "wishes"];

// The answers the server wrote into the form's own controls.
export function fromForm(form) {
  const answers = { comments: {} };
  const mood = form.querySelector("[name=mood]:checked");
  if (mood) answers.mood = mood.value;
  for (const area of form.querySelectorAll("textarea[data-comment]")) {
    if (area.value) answers.comments[area.dataset.comment] = area.value;
  }
  for (const name of LISTS) {
    const slots = [...form.querySelectorAll(`[data-cell=${name}] .slot`)].filter((slot) => idIn(slot));
    if (slots.length || form.elements[`${name}_none`].checked) answers[name] = slots.map(idIn);
    for (const slot of slots) {
      const words = slot.querySelector("[data-slot-comment]")?.value;
      if (words) answers.comments[`feature:${idIn(slot)}`] = words;
    }
  }
  return answers;
}

const idIn = (slot) => Number(slot.querySelector("select").value);

// The answers as they are sent: comments only where there are words and something to speak of.
export function toSend(answers) {
  const places = new Set(["mood", ...LISTS]);
  for (const id of [...(answers.loved ?? []), ...(answers.let_down ?? [])]) places.add(`feature:${id}`);
  const comments = Object.fromEntries(
    Object.entries(answers.comments)
      .map(([place, words]) => [place, words.trim()])
      .filter(([place, words]) => words && places.has(place)),
  );
  return { ...answers, comments };
}

export const unanswered = (answers) => ["mood", ...LISTS].filter((cell) => answers[cell] === undefined);
