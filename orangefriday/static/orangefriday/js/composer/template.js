// Keeps device and build in an untouched template; what somebody wrote is never written over.

export function fillTemplate(composer) {
  const { area, form } = composer;
  const { template } = area.dataset;
  if (!template) return;
  const fields = [...form.querySelectorAll("[data-fills]")];
  const filled = () =>
    fields.reduce((text, field) => {
      const words = field.matches("select") ? (field.value && field.selectedOptions[0].textContent) : field.value;
      return text.replaceAll(`{${field.dataset.fills}}`, words || "…");
    }, template);
  let shown = area.value;
  const untouched = filled();
  if (shown.replaceAll("\r", "").trim() !== untouched.replaceAll("\r", "").trim()) return;
  shown = area.value;
  for (const field of fields) {
    field.addEventListener("change", () => {
      if (area.value !== shown) return;
      area.value = shown = filled();
      composer.changed();
    });
  }
}
