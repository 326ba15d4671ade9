// Offers the browser's time zone: fills the hidden field at sign-up, hints in the settings.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const field of document.querySelectorAll("input[type=hidden][name=time_zone]")) {
  field.value = zone;
}

for (const hint of document.querySelectorAll("[data-zone-hint]")) {
  const select = document.getElementById(hint.dataset.zoneHint);
  const option = [...select.options].find((one) => one.value === zone);
  if (!option || option.selected) continue;
  hint.querySelector("strong").textContent = option.text;
  hint.querySelector("button").addEventListener("click", () => {
    select.value = zone;
    hint.hidden = true;
    select.focus();
  });
  hint.hidden = false;
}
