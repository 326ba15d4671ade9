// The ballot page: cells, drafts and sending brought together.

import { fromForm, LISTS, toSend, unanswered } from "./answers.js";
import { Cell } from "./cell.js";
import { Courier } from "./courier.js";
import { dragPicks } from "./drag.js";

const STEPS = 4;

class Ballot {
  constructor(form) {
    this.form = form;
    this.bar = document.getElementById("ballot-bar");
    this.receipt = document.getElementById("receipt");
    this.problem = form.querySelector("[data-problem]");
    this.cells = Object.fromEntries(
      LISTS.map((name) => [name, new Cell(form.querySelector(`[data-cell=${name}]`), this)]),
    );
    this.courier = new Courier(form, (outcome) => this.told(outcome));
    const server = fromForm(form);
    const kept = this.courier.kept();
    this.fill(kept?.answers ?? server);
    for (const part of [form, this.bar]) part.classList.add("is-enhanced");
    this.showSent(Boolean(this.courier.revision) && !kept && !form.dataset.draft);
    this.go(kept || form.dataset.draft ? this.firstOpen() : 1);
    this.listen();
    if (kept?.isQueued) this.send(kept);
  }

  listen() {
    const { form } = this;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.trySend();
    });
    form.addEventListener("change", (event) => {
      if (event.target.name === "mood") this.changed("mood");
    });
    for (const area of form.querySelectorAll("textarea[data-comment]:not(.pick *)")) {
      area.addEventListener("input", () => this.changed());
      this.count(area);
    }
    this.bar.querySelector("[data-back]").addEventListener("click", () => this.go(this.at - 1, true));
    this.bar.querySelector("[data-next]").addEventListener("click", () => this.go(this.at + 1, true));
    form.querySelector("[data-keep-mine]").addEventListener("click", () => this.send({ isForced: true }));
    form.querySelector("[data-take-theirs]").addEventListener("click", async () => {
      await this.courier.forget();
      location.reload();
    });
    this.receipt.querySelector("[data-copy]").addEventListener("click", (event) => this.copy(event.currentTarget));
    const change = this.receipt.querySelector("[data-change]");
    change.hidden = false;
    change.addEventListener("click", () => {
      this.showSent(false);
      this.go(1, true);
    });
    dragPicks(form, {
      accepts: (from, to) => from === to || (from.dataset.look !== "wish" && to.dataset.look !== "wish" && "most" in to.dataset),
      drop: (id, from, to, index) => this.cells[to.dataset.cell].put(id, index),
    });
  }

  get answers() {
    const answers = { comments: {} };
    const mood = this.form.querySelector("[name=mood]:checked");
    if (mood) answers.mood = mood.value;
    for (const area of this.form.querySelectorAll("textarea[data-comment]:not(.pick *)")) {
      answers.comments[area.dataset.comment] = area.value;
    }
    for (const [name, cell] of Object.entries(this.cells)) {
      if (cell.answer) answers[name] = cell.answer;
      if (cell.look === "wish") continue;
      for (const id of cell.ids) answers.comments[`feature:${id}`] = cell.words[id] ?? "";
    }
    return toSend(answers);
  }

  fill(answers) {
    const mood = answers.mood && this.form.querySelector(`[name=mood][value="${CSS.escape(answers.mood)}"]`);
    if (mood) mood.checked = true;
    for (const area of this.form.querySelectorAll("textarea[data-comment]:not(.pick *)")) {
      area.value = answers.comments?.[area.dataset.comment] ?? "";
      if (area.value) area.closest("details").open = true;
    }
    for (const [name, cell] of Object.entries(this.cells)) {
      const words = {};
      for (const id of answers[name] ?? []) words[id] = answers.comments?.[`feature:${id}`] ?? "";
      cell.fill(answers[name], words);
    }
    this.showProgress();
  }

  // --- what cells ask of the whole -------------------------------------------------------------
  changed(cell) {
    const { answers } = this;
    for (const area of this.form.querySelectorAll("textarea[data-comment]:not(.pick *)")) this.count(area);
    if (cell) this.showErrors({ [cell]: [] });
    for (const name of LISTS) if (answers[name]) this.showErrors({ [name]: [] });
    this.showSent(false);
    this.showProgress();
    this.courier.keep(answers, (isOnAccount) => this.showProgress(isOnAccount ? "kept" : "here"));
  }

  // A cell was drawn anew: its chooser and the other's show where things stand.
  shown(cell) {
    for (const one of [cell, this.otherOf(cell)]) one?.chooser.show(this.otherOf(one));
  }

  // The cell that a feature in this one must not stand in.
  otherOf(cell) {
    return cell.look === "wish" ? null : this.cells?.[cell.name === "loved" ? "let_down" : "loved"];
  }

  takeFromOthers(id, cell) {
    const other = this.otherOf(cell);
    if (!other?.ids.includes(id)) return null;
    other.takeOut(id, { isSilent: true });
    return other;
  }

  foldOthers(cell) {
    for (const other of Object.values(this.cells)) if (other !== cell) other.unfold(false);
  }

  text(name, values = {}) {
    const key = `text${name[0].toUpperCase()}${name.slice(1)}`;
    return Object.entries(values).reduce((text, [mark, value]) => text.replace(`{${mark}}`, value), this.form.dataset[key]);
  }

  say(text) {
    this.form.querySelector("[data-say]").textContent = text;
  }

  // --- steps and progress ----------------------------------------------------------------------
  firstOpen() {
    const [first] = unanswered(this.answers);
    return first && !this.courier.revision ? Number(this.form.querySelector(`[data-cell=${first}]`).dataset.step) : 1;
  }

  go(step, isAsked = false) {
    this.at = Math.min(Math.max(step, 1), STEPS);
    this.form.dataset.at = this.bar.dataset.at = this.at;
    const fieldset = this.form.querySelector(`[data-step="${this.at}"]`);
    const cell = this.cells[fieldset.dataset.cell];
    const isPhone = matchMedia("(max-width: 40rem)").matches;
    if (cell && isPhone && !cell.answer) cell.unfold(true);
    if (!isAsked) return;
    const title = fieldset.querySelector("h2");
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
    if (isPhone) scrollTo({ top: 0 });
    else fieldset.scrollIntoView({ block: "nearest" });
  }

  showProgress(where) {
    const filled = STEPS - unanswered(this.answers).length;
    const text = this.text("cells", { n: filled });
    const bars = this.bar.querySelector(".four-bars");
    bars.setAttribute("aria-label", text);
    [...bars.children].forEach((bar, index) => bar.classList.toggle("is-filled", index < filled));
    this.bar.querySelector("[data-progress]").textContent = where ? `${text} · ${this.text(where)}` : text;
  }

  count(area) {
    const left = area.closest("details").querySelector("[data-count]");
    left.textContent = area.value ? `${[...area.value].length}/${area.maxLength}` : "";
  }

  // --- sending ---------------------------------------------------------------------------------
  trySend() {
    const missing = unanswered(this.answers);
    this.showErrors(Object.fromEntries(missing.map((cell) => [cell, [this.text("missing")]])));
    if (!missing.length) return this.send();
    this.go(Number(this.form.querySelector(`[data-cell=${missing[0]}]`).dataset.step), true);
  }

  send({ isForced = false } = {}) {
    this.showProblem("");
    this.showProgress("sending");
    return this.courier.send(this.answers, { isForced });
  }

  told({ kind, ballot, problem, status }) {
    if (kind === "saved") return this.showSaved(ballot);
    if (kind !== "refused") {
      const name = { offline: "offline", busy: "busy", "signed-out": "signedOut" }[kind];
      this.showProgress("here");
      return this.showProblem(this.text(name));
    }
    this.showProgress("here");
    this.showErrors(problem.errors ?? {});
    this.showProblem(problem.detail ?? problem.errors?.[""]?.[0] ?? this.text("missing"), status === 412);
  }

  showSaved(ballot) {
    for (const cell of Object.values(this.cells)) cell.fold();
    this.showProblem("");
    this.showProgress("sent");
    const send = this.bar.querySelector("[data-send]");
    send.textContent = send.dataset.change;
    this.receipt.querySelector("[data-receipt]").textContent = ballot.receipt;
    this.receipt.querySelector("[data-saved-at]").textContent = `${this.text("saved")} ${this.text("now")}`;
    this.receipt.hidden = false;
    this.showSent(true);
    this.say(this.text("thanks"));
    this.receipt.focus({ preventScroll: true });
    scrollTo({ top: 0, behavior: "smooth" });
  }

  // On a phone the receipt then takes the place of the steps.
  showSent(isSent) {
    for (const part of [this.form, this.bar]) part.classList.toggle("is-sent", isSent);
  }

  showProblem(text, isConflict = false) {
    this.problem.querySelector("[data-problem-text]").textContent = text;
    this.problem.querySelector("[data-conflict]").hidden = !isConflict;
    this.problem.hidden = !text;
    if (text) this.problem.scrollIntoView({ block: "nearest" });
  }

  showErrors(errors) {
    for (const [cell, sentences] of Object.entries(errors)) {
      const list = document.getElementById(`${cell}-errors`);
      if (!list) continue;
      list.replaceChildren(...sentences.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence })));
      list.hidden = !sentences.length;
    }
  }

  async copy(button) {
    await navigator.clipboard.writeText(this.receipt.querySelector("[data-receipt]").textContent);
    button.querySelector("span").textContent = button.dataset.copied;
  }
}

const form = document.getElementById("ballot");
if (form) new Ballot(form);
