// A new poll asks only for what its kind and its eligibility need.

const form = document.querySelector(".poll-new");

function fit() {
  const chosen = new FormData(form);
  for (const part of form.querySelectorAll("[data-for-way]")) {
    part.hidden = !part.dataset.forWay.split(" ").includes(chosen.get("way"));
  }
  for (const part of form.querySelectorAll("[data-for-eligibility]")) {
    part.hidden = part.dataset.forEligibility !== chosen.get("eligibility");
  }
}

form.addEventListener("change", fit);
fit();
