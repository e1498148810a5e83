// Everything that is written goes through here, one after another and in order. What can't be sent
// stays in the store and is sent again, later and later; what the server refuses stays until the
// person decides.
import { uuid } from "./elements.js";
import * as store from "./store.js";

const FIRST_PAUSE = 1000; // ms
const LONGEST_PAUSE = 30_000;
const PATIENCE = 20_000;
let count = 0;

export class Queue extends EventTarget {
  // Events: saved {entry, answer}, refused {entry}, changed, elsewhere (another window sent it).
  constructor(user) {
    super();
    this.user = user;
    this.sending = null;
    this.pause = 0;
    this.timer = null;
    // Why nothing can be sent at the moment: "" (it can), "offline", "login", "old".
    this.trouble = "";
    this.mine = new Set(store.all(user).map((entry) => entry.id));
    addEventListener("online", () => this.send());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible" && this.trouble) this.send();
    });
    addEventListener("storage", (event) => this.#heard(event));
  }

  get entries() {
    return store.all(this.user);
  }

  // Whether something of an article was saved while this page was on its way: the server may have
  // drawn the page before.
  wasBusyWith(article) {
    return store.isSavedSince(article, performance.timeOrigin);
  }

  get waiting() {
    return this.entries.filter((entry) => !entry.problem);
  }

  get refused() {
    return this.entries.filter((entry) => entry.problem);
  }

  add(entry) {
    count += 1;
    const now = Date.now().toString(36).padStart(9, "0");
    const id = `${now}.${String(count).padStart(5, "0")}.${uuid().slice(0, 8)}`;
    const whole = { ...entry, id, user: this.user, tries: 0 };
    store.put(whole);
    this.mine.add(id);
    this.#tell("changed");
    this.send();
    return whole;
  }

  // Takes back what was not sent yet; false if it is under way or gone.
  cancel(id) {
    if (this.sending === id || !this.entries.some((entry) => entry.id === id)) return false;
    this.#remove(id);
    return true;
  }

  // Says otherwise what was not sent yet; false if it is under way or gone.
  amend(id, body) {
    const entry = this.entries.find((each) => each.id === id);
    if (!entry || this.sending === id) return false;
    store.put({ ...entry, body: { ...entry.body, ...body } });
    return true;
  }

  retry(id) {
    const entry = this.entries.find((each) => each.id === id);
    if (!entry) return;
    store.put({ ...entry, problem: null, tries: 0 });
    this.#tell("changed");
    this.send();
  }

  #remove(id) {
    this.mine.delete(id);
    store.drop(id);
    this.#tell("changed");
  }

  #tell(type, detail = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #heard(event) {
    const id = store.idOf(event);
    if (!id) return;
    if (event.newValue === null && this.mine.delete(id) && id !== this.sending) {
      this.#tell("elsewhere");
    }
    this.#tell("changed");
  }

  async send() {
    if (this.isRunning) {
      this.isAskedAgain = true;
      return;
    }
    this.isRunning = true;
    clearTimeout(this.timer);
    const run = () => this.#sendAll();
    // Where the page came without TLS there are no locks: the server takes the same thing once.
    await (navigator.locks ? navigator.locks.request("newsroom.tagging", run) : run());
    this.isRunning = false;
    if (this.isAskedAgain) {
      this.isAskedAgain = false;
      this.send();
    }
  }

  async #sendAll() {
    for (;;) {
      const entry = this.waiting[0];
      if (!entry) break;
      this.sending = entry.id;
      const isDone = await this.#sendOne(entry);
      this.sending = null;
      if (!isDone) {
        this.pause = Math.min(this.pause * 2 || FIRST_PAUSE, LONGEST_PAUSE);
        this.timer = setTimeout(() => this.send(), this.pause);
        break;
      }
      this.pause = 0;
    }
    this.#tell("changed");
  }

  // Whether the server has decided on it, one way or the other.
  async #sendOne(entry) {
    store.put({ ...entry, tries: entry.tries + 1 });
    let response;
    let answer;
    try {
      response = await fetch(entry.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
        body: JSON.stringify(entry.body),
        redirect: "manual",
        signal: AbortSignal.timeout(PATIENCE),
      });
      const isJson = response.headers.get("Content-Type")?.includes("json");
      answer = isJson ? await response.json() : null;
    } catch {
      return this.#later("offline");
    }
    if (response.type === "opaqueredirect" || response.status === 401) return this.#later("login");
    if (response.status >= 500 || response.status === 429) return this.#later("offline");
    if (!answer) return this.#later(response.status === 403 ? "old" : "offline");
    // Who is logged out is told that something is not theirs, or not there.
    const isNobody = [403, 404].includes(response.status) && (await isLoggedOut());
    if (isNobody) return this.#later("login");
    this.trouble = "";
    if (response.ok || (entry.isUndo && entry.tries > 0 && response.status === 409)) {
      this.#saved(entry, response.ok ? answer : null);
    } else this.#refuse(entry, { status: response.status, ...answer });
    return true;
  }

  #later(trouble) {
    this.trouble = trouble;
    return false;
  }

  #saved(entry, answer) {
    store.noteSaved(entry.article);
    this.#remove(entry.id);
    this.#tell("saved", { entry, answer });
  }

  #refuse(entry, problem) {
    const refused = { ...entry, problem };
    store.put(refused);
    this.#tell("refused", { entry: refused });
    this.#tell("changed");
  }
}

async function isLoggedOut() {
  try {
    return (await fetch("/account/", { redirect: "manual" })).type === "opaqueredirect";
  } catch {
    return false;
  }
}

function token() {
  return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
}
