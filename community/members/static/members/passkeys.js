// Where passkeys cannot work, their buttons give way to a sentence that says why.
const isNumber = /^[\d.]+$|^\[/.test(location.hostname);

if (!window.PublicKeyCredential || isNumber) {
  for (const button of document.querySelectorAll("[data-passkey]")) button.hidden = true;
  for (const note of document.querySelectorAll("[data-no-passkey]")) note.hidden = false;
}
