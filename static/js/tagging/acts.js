// What a person does to an article's tags: shown at once, sent in order, undone and done again.
import { announce, short, uuid } from "./elements.js";

const STEPS = 200; // that can be undone

export class Acts extends EventTarget {
  constructor(desk, queue) {
    super();
    this.desk = desk;
    this.queue = queue;
    // Steps done and undone, the newest last: { what, words, entry | null, undo: address | null }.
    this.done = [];
    this.undone = [];
    this.#remember();
    queue.addEventListener("saved", ({ detail }) => this.#saved(detail));
    queue.addEventListener("refused", ({ detail }) => this.#refused(detail.entry));
    queue.addEventListener("elsewhere", () => desk.refresh());
    if (queue.wasBusyWith(desk.data.article)) desk.refresh();
    for (const entry of queue.entries) this.#show(entry);
  }

  // ---- What can be done ----

  tag(span, kind, { entity = null, name = "", attributes = {}, comment = "" } = {}) {
    const quote = this.desk.text.slice(...span);
    if (quote === null) return null;
    const key = uuid();
    const body = { key, ...this.desk.about, start: span[0], end: span[1], quote, kind: kind.slug };
    if (entity !== null) body.entity = entity;
    else if (name) body.entity_name = name;
    if (Object.keys(attributes).length) body.attributes = attributes;
    if (comment) body.comment = comment;
    const of = name && name !== quote ? ` as ${name}` : "";
    return this.#do({
      what: "tag",
      key,
      url: this.desk.url("tags"),
      body,
      span,
      colour: kind.colour,
      words: `${kind.name} “${short(quote)}”${of}`,
    });
  }

  change(id, fields, words) {
    return this.#act(id, { action: "change", ...fields, ...this.#seen(id) }, `Changed ${words}`);
  }

  // Puts a tag to other words.
  move(id, span) {
    const [start, end] = span;
    const quote = this.desk.text.slice(start, end);
    if (quote === null) return null;
    const words = `Put ${this.named(id)} to “${short(quote)}”`;
    const body = { action: "move", start, end, quote, ...this.#seen(id) };
    return this.#act(id, body, words, { span, colour: this.desk.colour(this.desk.line(id)?.dataset.kind) });
  }

  // What a tag was like when it was decided to change it.
  #seen(id) {
    const revision = this.desk.line(id)?.dataset.revision;
    return revision ? { revision } : {};
  }

  remove(id) {
    return this.#act(id, { action: "remove" }, `Removed ${this.named(id)}`);
  }

  decide(id, isAccepted) {
    const action = isAccepted ? "accept" : "reject";
    return this.#act(id, { action }, `${isAccepted ? "Accepted" : "Rejected"} ${this.named(id)}`);
  }

  // Leads from a tag to another, or no more: { action, relation, target }.
  relate(id, body, words) {
    return this.#act(id, body, words);
  }

  code(code, values) {
    const said = values.length ? `: ${short(values.join(", "))}` : " taken away";
    return this.#do({
      what: "code",
      url: this.desk.url("codes"),
      body: { code: code.slug, values, ...this.desk.about },
      words: `${code.name}${said}`,
    });
  }

  // Something that another address does, and that can be undone like the rest.
  send(url, body, words, more = {}) {
    return this.#do({ what: "other", url, body, words, ...more });
  }

  #act(id, body, words, more = {}) {
    return this.#do({
      what: "act",
      mention: id,
      action: body.action,
      url: this.desk.url("tag", id),
      body: { ...body, ...this.desk.about },
      words,
      ...more,
    });
  }

  // How a mention is called, for sentences.
  named(id) {
    const line = this.desk.line(id);
    const name = line?.querySelector(".note-name")?.textContent ?? "";
    const kind = this.desk.kind(line?.dataset.kind)?.name ?? "";
    return `${kind} ${short(name)}`.trim() || "the tag";
  }

  // ---- Steps ----

  #do(wanted) {
    const { article } = this.desk.data;
    const { version } = this.desk.data;
    const entry = this.queue.add({ ...wanted, article, version, page: location.pathname });
    this.undone = [];
    this.last = null;
    this.done.push({ what: entry.what, words: entry.words, entry: entry.id, undo: null, again: wanted });
    if (this.done.length > STEPS) this.done.shift();
    this.#show(entry);
    announce(entry.words);
    this.#tell();
    return entry;
  }

  // Takes one tag back that was not saved yet, or is just being saved.
  takeBack(id) {
    const step = this.done.find((each) => each.entry === id);
    if (!step) return;
    this.done = [...this.done.filter((each) => each !== step), step];
    this.step(false);
  }

  // Back by one step; on with it again if `isRedo`.
  step(isRedo) {
    const [from, to] = isRedo ? [this.undone, this.done] : [this.done, this.undone];
    const step = from.pop();
    if (!step) {
      announce(isRedo ? "There is nothing to do again." : "There is nothing to undo.");
      this.#tell();
      return false;
    }
    const words = `${isRedo ? "Done again" : "Undone"}: ${step.words}`;
    if (step.undo === null && step.again && this.queue.cancel(step.entry)) {
      this.#hide(step.entry);
      to.push({ ...step, entry: null });
    } else if (step.entry === null && step.again) {
      const wanted = { ...step.again };
      if (wanted.key) wanted.body = { ...wanted.body, key: (wanted.key = uuid()) };
      const { article, version } = this.desk.data;
      const entry = this.queue.add({ ...wanted, article, version, page: location.pathname });
      to.push({ ...step, entry: entry.id, again: wanted });
      this.#show(entry);
    } else if (step.undo === null) {
      // It is on its way: it is undone as soon as the server has answered.
      step.isLeaving = true;
      to.push(step);
    } else {
      const back = this.#back(step);
      to.push(back);
    }
    announce(words);
    this.last = words;
    this.#tell();
    return true;
  }

  #back(step) {
    const entry = this.queue.add({
      what: "undo",
      isUndo: true,
      undoes: step.what,
      url: this.desk.shownAt(step.undo),
      body: {},
      article: this.desk.data.article,
      version: this.desk.data.version,
      page: location.pathname,
      words: `undo of: ${step.words}`,
    });
    return { what: step.what, words: step.words, entry: entry.id, undo: null, again: null };
  }

  #find(id) {
    const is = (step) => step.entry === id;
    return this.done.find(is) ?? this.undone.find(is);
  }

  #saved({ entry, answer }) {
    const step = this.#find(entry.id);
    if (step) {
      step.undo = answer?.undo || null;
      if (step.isLeaving) {
        step.isLeaving = false;
        Object.assign(step, this.#back(step));
      } else if (!answer?.undo) this.#forget(step);
    }
    this.#hide(entry.id);
    if (entry.article !== this.desk.data.article || entry.version !== this.desk.data.version) return;
    if (answer?.blocks) this.desk.apply(answer);
    else if (entry.what !== "code") this.desk.refresh();
    this.#remember(true);
    this.dispatchEvent(new CustomEvent("saved", { detail: { entry, answer } }));
    this.#tell();
  }

  #refused(entry) {
    const step = this.#find(entry.id);
    if (step) this.#forget(step);
    this.#hide(entry.id);
    if (entry.mention) this.desk.refresh();
    this.#tell();
  }

  #forget(step) {
    this.done = this.done.filter((each) => each !== step);
    this.undone = this.undone.filter((each) => each !== step);
  }

  // What was saved can be undone after a reload too.
  #remember(isWriting = false) {
    const place = `newsroom.steps.${this.desk.data.article}.${this.desk.data.task ?? ""}`;
    const plain = (steps) => steps.filter((each) => each.undo).map(({ what, words, undo }) => ({ what, words, undo }));
    try {
      if (isWriting) {
        const kept = { done: plain(this.done), undone: plain(this.undone) };
        sessionStorage.setItem(place, JSON.stringify(kept));
        return;
      }
      const { done, undone } = JSON.parse(sessionStorage.getItem(place) ?? "{}");
      const whole = (step) => ({ ...step, entry: null, again: null, isRestored: true });
      this.done = (done ?? []).map(whole);
      this.undone = (undone ?? []).map(whole);
    } catch {
      // Without it only this page's own steps can be undone.
    }
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }

  // ---- On the page, before the server has answered ----

  #show(entry) {
    const { article, version } = this.desk.data;
    if (entry.article !== article || entry.version !== version || entry.problem) return;
    if (entry.what === "tag") this.desk.paint.tag(entry.id, entry.span, entry.colour);
    if (entry.spans) this.desk.paint.tagAll(entry.id, entry.spans, entry.colour);
    if (entry.what !== "act") return;
    if (["change", "relate", "unrelate"].includes(entry.action)) return;
    const isGoing = entry.action !== "accept";
    for (const piece of [...this.desk.pieces(entry.mention), this.desk.line(entry.mention)]) {
      piece?.classList.toggle("is-going", isGoing);
      if (entry.action === "accept") piece?.classList.add("is-coming");
    }
    if (entry.action === "move") this.desk.paint.tag(entry.id, entry.span, entry.colour);
    if (entry.action === "accept") {
      const place = this.desk.place(entry.mention);
      const kind = this.desk.line(entry.mention)?.dataset.kind;
      if (place) this.desk.paint.tag(entry.id, place, this.desk.colour(kind));
    }
  }

  #hide(id) {
    this.desk.paint.untag(id);
    for (const piece of document.querySelectorAll(".is-going, .is-coming")) {
      piece.classList.remove("is-going", "is-coming");
    }
    for (const entry of this.queue.waiting) this.#show(entry);
  }
}
