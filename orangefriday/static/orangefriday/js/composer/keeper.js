// Keeps what is written: on this device at once, on the account after a pause.

import { forget, read, write } from "../storage.js";

const PAUSE = 1500;
const PATIENCE = [3, 6, 12, 30, 60]; // seconds until what got no answer is sent again

export class Keeper {
  constructor(composer) {
    this.composer = composer;
    this.form = composer.form;
    const { draftUrl, place, version, member } = composer.element.dataset;
    this.url = draftUrl;
    this.key = `draft:${member}:${place}`;
    this.version = Number(version);
    this.tries = 0;
    this.conflict = composer.element.querySelector("[data-conflict]");
    this.listen();
    this.begin();
  }

  listen() {
    for (const name of ["input", "change"]) {
      this.form.addEventListener(name, (event) => {
        if (event.target !== this.composer.area && event.target.name) this.changed();
      });
    }
    addEventListener("online", () => this.flush());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.flush({ keepalive: true });
    });
    this.form.addEventListener("submit", (event) => this.sending(event));
    this.conflict.querySelector("[data-keep-mine]").addEventListener("click", () => this.settle(this.words));
    this.conflict.querySelector("[data-take-theirs]").addEventListener("click", () => this.settle(this.theirs));
    // Both texts stay until one was chosen.
    this.conflict.addEventListener("cancel", (event) => event.preventDefault());
  }

  // What this device kept and the account does not have goes on where it was left.
  async begin() {
    this.saved = JSON.stringify(this.words);
    if ("draftElsewhere" in this.composer.element.dataset) {
      await new Promise((done) => this.composer.area.addEventListener("focus", done, { once: true }));
      await this.fetch();
    }
    // What was asked to be quoted here is not written over.
    if (new URLSearchParams(location.search).has("quote")) return;
    const kept = read(this.key);
    if (!kept || JSON.stringify(kept.words) === JSON.stringify(this.words)) return;
    // It was on the account and is gone from there: sent, or thrown away.
    if (kept.isOnAccount) return kept.version === this.version ? null : forget(this.key);
    if (kept.version === this.version || !this.version) return this.write(kept.words);
    this.theirs = this.words;
    this.write(kept.words, { isQuiet: true });
    this.ask();
  }

  async fetch() {
    const answer = await fetch(this.url, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) return;
    const draft = await answer.json();
    this.version = draft.version;
    if (!this.composer.area.value) this.write(draft, { isQuiet: true });
    this.saved = JSON.stringify(this.words);
  }

  get words() {
    const { elements } = this.form;
    const fields = {};
    for (const name of ["kind", "device", "build", "tags"]) if (elements[name]) fields[name] = elements[name].value;
    return { title: elements.title?.value ?? "", body: this.composer.area.value, fields };
  }

  write({ title, body, fields }, { isQuiet = false } = {}) {
    const { elements } = this.form;
    if (elements.title) elements.title.value = title;
    for (const [name, value] of Object.entries(fields ?? {})) {
      if (name !== "kind" && elements[name]) elements[name].value = value;
    }
    this.composer.area.value = body;
    this.composer.count();
    this.composer.preview.changed();
    if (!isQuiet) this.changed();
  }

  changed() {
    if (this.isSent || this.conflict.open) return;
    write(this.key, { words: this.words, version: this.version });
    this.say("here");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), PAUSE);
  }

  get isDirty() {
    return JSON.stringify(this.words) !== this.saved;
  }

  async flush(options = {}) {
    clearTimeout(this.timer);
    this.timer = null;
    if (!this.isDirty || this.isSent || this.conflict.open) return;
    if (this.underway) return void (await this.underway);
    this.underway = this.save(options);
    await this.underway;
    this.underway = null;
    if (this.isDirty && !this.timer) this.changed();
  }

  async save(options) {
    const { words } = this;
    const answer = await fetch(this.url, {
      method: "PUT",
      body: JSON.stringify(words),
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json",
        "X-CSRFToken": this.composer.token,
        ...(this.version ? { "If-Match": `"${this.version}"` } : {}),
      },
      ...options,
    }).catch(() => null);
    if (!answer || answer.status >= 500 || answer.status === 429) return this.wait();
    const told = await answer.json().catch(() => ({}));
    if (answer.status === 412) return this.disagree(told.draft);
    if (!answer.ok) return; // it stays on this device
    this.tries = 0;
    this.version = told.version;
    this.saved = JSON.stringify(words);
    write(this.key, { words, version: this.version, isOnAccount: true });
    if (!this.isDirty) this.say("kept");
  }

  wait() {
    const seconds = PATIENCE[Math.min(this.tries++, PATIENCE.length - 1)];
    this.timer = setTimeout(() => this.flush(), seconds * 1000 * (1 + Math.random() / 2));
  }

  disagree(draft) {
    this.theirs = draft;
    this.version = draft.version;
    this.ask();
  }

  ask() {
    this.conflict.querySelector("[data-mine]").textContent = asText(this.words);
    this.conflict.querySelector("[data-theirs]").textContent = asText(this.theirs);
    this.conflict.showModal();
  }

  settle(words) {
    this.conflict.close();
    this.write(words);
    this.composer.area.focus();
    this.flush();
  }

  // The account has the words before they are sent: whatever happens then, they are not lost.
  async sending(event) {
    if (this.isSent) return;
    event.preventDefault();
    await Promise.race([this.flush(), new Promise((done) => setTimeout(done, 2000))]);
    if (this.conflict.open) return;
    clearTimeout(this.timer);
    this.isSent = true;
    this.form.requestSubmit(event.submitter);
    setTimeout(() => (this.isSent = false), 5000); // the form was refused, or the line is dead
  }

  say(where) {
    this.composer.element.querySelector("[data-kept]").textContent = this.composer.text(where);
  }
}

const asText = ({ title, body }) => [title, body].filter(Boolean).join("\n\n");
