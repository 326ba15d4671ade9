// Input methods: Enter that ends a composition must not send, choose or search.

// Safari ends the composition before the keydown of its Enter and marks that key with 229.
export const isComposing = (event) => event.isComposing || event.keyCode === 229;

// Calls `act` for an Enter that is really an Enter.
export function onEnter(element, act) {
  element.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !isComposing(event)) act(event);
  });
}

// Calls `act` when the text changed, but not in the middle of a composition.
export function onText(element, act) {
  element.addEventListener("input", (event) => {
    if (!event.isComposing) act(event);
  });
  element.addEventListener("compositionend", act);
}
