// Where passkeys cannot work, their buttons give way to a sentence that says why.
const isNumber = /^[\d.]+$|^\[/.test(location.hostname);

if (!window.PublicKeyCredential || isNumber) {
  for (const button of document.querySelectorAll("[data-passkey]")) button.hidden = true;
  const reason = isNumber ? "address" : "browser";
  for (const note of document.querySelectorAll(`[data-no-passkey="${reason}"]`)) note.hidden = false;
}
