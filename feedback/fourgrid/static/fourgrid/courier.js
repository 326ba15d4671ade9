// Keeps the answers on this device and the account, and brings the report to the server once.

import { forget, read, write } from "../orangefriday/js/storage.js";

const PAUSE = 1500; // before a draft goes to the account
const PATIENCE = [3, 6, 12, 30, 60]; // seconds until a report that got no answer is tried again

export class Courier {
  // `tell(outcome)` hears how a report fared: saved, refused, offline, busy or signed-out.
  constructor(form, tell) {
    this.url = form.dataset.url;
    this.draftUrl = form.dataset.draftUrl;
    this.key = `fourgrid:${form.dataset.key}`;
    this.token = form.elements.csrfmiddlewaretoken.value;
    this.base = `${form.dataset.revision}/${form.dataset.draft ?? ""}`;
    this.revision = Number(form.dataset.revision);
    this.tell = tell;
    this.tries = 0;
    addEventListener("online", () => this.resend());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.flush({ keepalive: true });
    });
  }

  // What is kept here and newer than what the server knew when it made the page.
  kept() {
    const kept = read(this.key);
    if (!kept) return null;
    const isOurs = kept.isQueued || !kept.isOnAccount;
    if (isOurs) return kept;
    forget(this.key);
    return null;
  }

  // Keeps answers: here at once, on the account after a pause. `done(isOnAccount)` says where.
  keep(answers, done) {
    this.draft = { answers, done };
    write(this.key, { answers, revision: this.revision });
    done(false);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), PAUSE);
  }

  async flush(options = {}) {
    clearTimeout(this.timer);
    const draft = this.draft;
    if (!draft) return;
    this.draft = null;
    this.underway = this.request(this.draftUrl, draft.answers, {}, options);
    const response = await this.underway;
    if (!response?.ok || this.draft) return;
    write(this.key, { answers: draft.answers, revision: this.revision, isOnAccount: true });
    draft.done(true);
  }

  // Sends a report. It is kept until the server has answered; the same report twice is one.
  async send(answers, { isForced = false } = {}) {
    clearTimeout(this.timer);
    this.draft = null;
    this.queued = { answers, isForced };
    write(this.key, { answers, revision: this.revision, isQueued: true });
    await this.underway; // a draft must not arrive after its report
    return this.resend();
  }

  async resend() {
    clearTimeout(this.timer);
    const queued = this.queued;
    if (!queued || this.isSending) return;
    this.isSending = true;
    const seen = this.revision ? { "If-Match": `"${this.revision}"` } : { "If-None-Match": "*" };
    const response = await this.request(this.url, queued.answers, queued.isForced ? {} : seen);
    this.isSending = false;
    if (!response || response.status >= 500 || response.status === 429) return this.wait(response);
    if (response.status === 401) return this.tell({ kind: "signed-out" });
    this.queued = null;
    this.tries = 0;
    const document = await response.json().catch(() => ({}));
    if (response.ok) {
      this.revision = document.revision;
      forget(this.key);
      this.tell({ kind: "saved", ballot: document });
    } else {
      write(this.key, { answers: queued.answers, revision: this.revision });
      this.tell({ kind: "refused", status: response.status, problem: document });
    }
  }

  wait(response) {
    const seconds = Number(response?.headers.get("Retry-After")) || PATIENCE[Math.min(this.tries++, PATIENCE.length - 1)];
    this.timer = setTimeout(() => this.resend(), seconds * 1000 * (1 + Math.random() / 2));
    this.tell({ kind: response ? "busy" : "offline" });
  }

  // Forgets what is kept, here and on the account.
  async forget() {
    this.queued = this.draft = null;
    forget(this.key);
    await fetch(this.draftUrl, { method: "DELETE", headers: { "X-CSRFToken": this.token } }).catch(() => null);
  }

  request(url, body, headers, options = {}) {
    return fetch(url, {
      method: "PUT",
      body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.token, ...headers },
      ...options,
    }).catch(() => null);
  }
}
