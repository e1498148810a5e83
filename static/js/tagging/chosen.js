// What is done with the words that are chosen: tag them, change the tag they bear, go on to others.
import { act } from "./bar.js";
import { Card } from "./card.js";
import * as caret from "./caret.js";
import { announce, make, short } from "./elements.js";
import { bringIntoSight } from "./selection.js";

// Letters of a codebook that the page itself has a use for as long as nothing is chosen.
const PAGES = "pv";

export class Chosen {
  constructor({ desk, acts, names, queue, card, codes, leading, bar, elsewhere }) {
    Object.assign(this, { desk, acts, names, queue, card, codes, leading, bar, elsewhere });
    // The mention that was gone to, where several stand at one place.
    this.gone = null;
    desk.selection.addEventListener("change", () => this.#changed());
    desk.addEventListener("applied", () => this.show());
    acts.addEventListener("change", () => this.show());
    acts.addEventListener("saved", ({ detail }) => this.#saved(detail));
  }

  // ---- Going about ----

  move(meant) {
    const isMoved = caret.move(this.desk.selection, meant);
    if (!isMoved) return false;
    const { selection } = this.desk;
    const [, end] = selection.span;
    const seen = meant.isExtending ? selection.focus : selection.span;
    bringIntoSight(this.desk.text, seen[0] === seen[1] ? [Math.max(end - 1, 0), end] : seen);
    const { current } = this;
    const bears = current?.id ? `, ${this.acts.named(current.id)}` : "";
    announce(`${short(selection.quote ?? "", 200)}${bears}`);
    return true;
  }

  // What stands at the words that are chosen: { id } of a mention, { entry } of one not saved yet,
  // and whether they are its very words; null if there is none.
  get current() {
    const { span } = this.desk.selection;
    if (!span) return null;
    const entry = this.queue.waiting.findLast(
      (each) => each.what === "tag" && each.article === this.desk.data.article && isSame(each.span, span),
    );
    if (entry) return { entry, isExact: true };
    const covering = this.desk.covering(span);
    const places = covering.map((id) => ({ id, place: this.desk.place(id) }));
    if (covering.includes(this.gone)) {
      const { place } = places.find((each) => each.id === this.gone);
      if (isSame(place, span)) return { id: this.gone, isExact: true };
    }
    const exact = places.filter(({ place }) => isSame(place, span)).at(-1);
    if (exact) return { id: exact.id, isExact: true };
    const around = places.filter(({ place }) => place && place[0] <= span[0] && place[1] >= span[1]).at(-1);
    return around ? { id: around.id, isExact: false } : null;
  }

  // Goes to a mention.
  go(id, by = "keys") {
    const place = this.desk.place(id);
    if (!place) return false;
    this.gone = id;
    this.desk.root.focus({ preventScroll: true });
    this.desk.selection.choose([place[0], place[0]], [place[1], place[1]], by);
    bringIntoSight(this.desk.text, place);
    const suggestion = this.desk.isSuggested(id) ? "Suggestion, " : "";
    announce(`${suggestion}${this.acts.named(id)}: ${short(this.desk.selection.quote ?? "", 100)}`);
    return true;
  }

  // The mention that was clicked on: the innermost.
  pick(piece, by) {
    this.go(Number(piece.dataset.m.split(" ").at(-1)), by);
  }

  // The next mention from where one is, or the one before; suggestions alone if asked for.
  step(by, isSuggestion = false) {
    const { suggested } = this.desk;
    const found = [...this.desk.places]
      .map(([id, place]) => ({ id, place }))
      .filter(({ id }) => !isSuggestion || suggested.has(id))
      .sort((a, b) => a.place[0] - b.place[0] || b.place[1] - a.place[1] || a.id - b.id);
    if (!found.length) {
      announce(isSuggestion ? "No suggestions here." : "Nothing is tagged here.");
      return true;
    }
    const { current } = this;
    const at = current?.id ? found.findIndex((each) => each.id === current.id) : -1;
    let next = at + by;
    if (at < 0) {
      const from = this.desk.selection.span?.[0] ?? this.desk.selection.place ?? 0;
      const behind = found.findIndex((each) => each.place[0] >= from);
      next = by > 0 ? (behind < 0 ? 0 : behind) : (behind < 0 ? found.length : behind) - 1;
    }
    return this.go(found[(next + found.length) % found.length].id);
  }

  // ---- Keys ----

  // Whether a key meant something here.
  key(key) {
    const everywhere = {
      "]": () => this.step(1), "[": () => this.step(-1),
      "}": () => this.step(1, true), "{": () => this.step(-1, true),
      i: () => this.begin(),
    };
    if (everywhere[key]) return everywhere[key]() || true;
    const { span } = this.desk.selection;
    const code = this.desk.data.codes.find((each) => each.key && each.key === key);
    if (code && (span || !PAGES.includes(key))) return Boolean(this.codes.open(code.slug));
    if (!span) return false;
    const kind = this.desk.data.kinds.find((each) => each.key && each.key === key);
    if (kind) return this.tag(kind);
    const does = this.#keys[key];
    return does ? does() !== false : false;
  }

  get #keys() {
    const { current } = this;
    const suggested = current?.id && this.desk.isSuggested(current.id);
    return {
      "=": () => this.same(),
      "-": () => caret.turn(this.desk.selection),
      Escape: () => this.desk.selection.clear(),
      m: () => this.step(1),
      M: () => this.step(-1),
      ...(current && {
        Enter: () => this.open(),
        e: () => this.open(),
        c: () => this.open(true),
        x: () => this.remove(),
        Delete: () => this.remove(),
        Backspace: () => this.remove(),
      }),
      ...(suggested && { y: () => this.accept() }),
      ...(this.#leads(current) && { ">": () => this.leading.open(current.id) }),
      ...(this.movable && { t: () => this.put() }),
    };
  }

  // Whether the tag that the words bear may lead to another.
  #leads(current) {
    return Boolean(current?.id) && !this.desk.isSuggested(current.id) && this.leading.relations(current.id).length > 0;
  }

  // Puts the caret on a word that is in sight.
  begin() {
    if (!caret.begin(this.desk.selection)) return true;
    this.desk.root.focus({ preventScroll: true });
    announce(`${this.desk.selection.quote}. Arrow keys go on, letters tag.`);
    return true;
  }

  // ---- Tagging ----

  // Why the words that are chosen can't be tagged; nothing if they can.
  get whyNot() {
    const { span, quote } = this.desk.selection;
    if (!quote) return "These words can’t be tagged as the page shows them. Load it again.";
    const { text } = this.desk;
    if (text.indexAt(span[0]) === text.indexAt(span[1] - 1)) return "";
    return "A tag stays within one paragraph: choose less, or tag each by itself.";
  }

  tag(kind) {
    const { span } = this.desk.selection;
    if (this.whyNot) {
      announce(this.whyNot);
      return true;
    }
    if (Card.asks(kind)) this.card.openNew(span, kind, (said) => this.#tagged(span, kind, said));
    else this.#tagged(span, kind, {});
    return true;
  }

  // The same kind and entity as last, for the words that are chosen.
  same() {
    const [last] = this.names.last;
    const kind = last && this.desk.kind(last.kind);
    if (this.whyNot) {
      announce(this.whyNot);
      return true;
    }
    if (!kind) {
      announce("Nothing was tagged yet that this could be the same as.");
      return true;
    }
    this.#tagged(this.desk.selection.span, kind, { entity: last.id, name: last.name });
    return true;
  }

  #tagged(span, kind, said) {
    const entry = this.acts.tag(span, kind, said);
    if (entry) this.names.remember(kind.slug, said.entity ?? null, said.name ?? "");
    this.show();
  }

  #saved({ entry, answer }) {
    const mention = answer?.mention;
    if (entry.what !== "tag" || !mention) return;
    const [last] = this.names.last;
    if (last && last.kind === mention.kind && last.id === null && last.name && mention.entity) {
      this.names.remember(mention.kind, mention.entity, mention.entity_name);
    }
  }

  // ---- The tag that the words bear ----

  remove() {
    const { current } = this;
    if (current.entry) this.acts.takeBack(current.entry.id);
    else if (this.desk.isSuggested(current.id)) this.#decide(current.id, false);
    else this.acts.remove(current.id);
  }

  accept() {
    this.#decide(this.current.id, true);
  }

  // What was decided is left behind: on to the next suggestion.
  #decide(id, isAccepted) {
    const words = `${isAccepted ? "Accepted" : "Rejected"} ${this.acts.named(id)}`;
    const { suggested } = this.desk;
    suggested.delete(id);
    if (suggested.size) this.step(1, true);
    this.acts.decide(id, isAccepted);
    announce(words);
  }

  // The tag that one came from, if by now other words are chosen that it could be put to.
  get movable() {
    const { span } = this.desk.selection;
    const place = span && this.gone && this.desk.place(this.gone);
    if (!place || isSame(place, span) || this.desk.isSuggested(this.gone)) return null;
    return place[0] < span[1] && span[0] < place[1] ? this.gone : null;
  }

  put() {
    this.acts.move(this.movable, this.desk.selection.span);
  }

  async open(isCommenting = false) {
    const { current } = this;
    const { span } = this.desk.selection;
    if (current.entry) {
      this.#openWaiting(current.entry, isCommenting);
      return;
    }
    const tag = await this.desk.whole(current.id);
    if (!tag) {
      announce("The server can’t be reached: what is said of this tag is not known here.");
      return;
    }
    const words = this.acts.named(current.id);
    this.card.openOld(tag, this.desk.place(current.id) ?? span, {
      isCommenting,
      save: (fields) => this.acts.change(current.id, fields, words),
      remove: () => this.acts.remove(current.id),
    });
  }

  // A tag that waits to be saved is changed where it waits.
  #openWaiting(entry, isCommenting) {
    const { body } = entry;
    const tag = {
      kind: body.kind, quote: body.quote, comment: body.comment ?? "", attributes: body.attributes ?? {},
      entity: body.entity ?? null, entity_name: body.entity_name ?? "",
    };
    const amended = ({ entity, entity_name: name, ...fields }) => {
      const named = entity ? { entity, entity_name: undefined } : name ? { entity: undefined, entity_name: name } : {};
      if (!this.queue.amend(entry.id, { ...fields, ...named })) announce("It was just saved: change it again.");
    };
    this.card.openOld(tag, entry.span, {
      isCommenting, save: amended, remove: () => this.acts.takeBack(entry.id),
    });
  }

  // ---- The bar ----

  #changed() {
    const { span, by } = this.desk.selection;
    if (!span) this.gone = null;
    // The browser shows what it selected itself; a tap on a tag selects nothing.
    this.desk.paint.mark("chosen", span && by === "touch" ? [span] : []);
    this.show();
    if (span) this.#lookAhead();
  }

  // Asks whom the words may name before a key is pressed.
  #lookAhead() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const { quote } = this.desk.selection;
      if (!quote || quote.length > 80 || !navigator.onLine) return;
      const { current } = this;
      if (current?.isExact) return;
      const first = this.desk.data.kinds.find((each) => each.entity !== "none");
      if (first) this.names.offered(quote, first.slug);
    }, 200);
  }

  show() {
    const { span, quote } = this.desk.selection;
    const { current } = this;
    const [last] = this.names.last;
    const key = JSON.stringify([span, this.movable, current?.id, current?.entry?.id, current?.isExact, last,
      current?.id && this.desk.isSuggested(current.id), current?.id && this.acts.named(current.id)]);
    const led = current?.id ? this.leading.led(current.id) : [];
    this.desk.paint.mark("link", led.map(({ target }) => this.desk.place(target)).filter(Boolean));
    this.bar.row("chosen", key, () => (span ? this.#row(quote ?? "", current, last) : []));
  }

  #row(quote, current, last) {
    const lastKind = last && this.desk.kind(last.kind);
    const isBorne = current?.isExact;
    if (this.whyNot) {
      return [
        make("q", { class: "tag-quote", dir: "auto" }, short(quote, 48)),
        make("span", { class: "soft" }, this.whyNot),
        act("Let go", "Esc", () => this.desk.selection.clear(), { class: "tag-quiet" }),
      ];
    }
    return [
      !isBorne && make("q", { class: "tag-quote", dir: "auto" }, short(quote, 48)),
      current && this.#borne(current),
      this.movable && act(`Put ${this.acts.named(this.movable)} to these words`, "t", () => this.put()),
      make(
        "span",
        { class: `tag-kinds${isBorne ? " is-second" : ""}`, role: "group", "aria-label": "Tag as" },
        ...this.desk.data.kinds.map((kind) =>
          act(kind.name, kind.key, () => this.tag(kind), { class: `tag-as m${kind.colour}`, title: kind.name })),
        lastKind && act(last.name ? short(last.name, 24) : lastKind.name, "=", () => this.same(), { class: `tag-as tag-same m${lastKind.colour}` }),
      ),
      act("Let go", "Esc", () => this.desk.selection.clear(), { class: "tag-quiet" }),
    ];
  }

  #borne({ id, entry }) {
    const isSuggested = id && this.desk.isSuggested(id);
    const name = entry ? entry.words : this.acts.named(id);
    return make(
      "span",
      { class: "tag-borne", role: "group", "aria-label": name },
      make("bdi", { class: "tag-name" }, name, entry && make("span", { class: "soft" }, " waits to be saved")),
      isSuggested && act("Accept", "y", () => this.accept()),
      isSuggested ? act("Reject", "x", () => this.remove()) : act("Remove", "x", () => this.remove()),
      act("Change", "e", () => this.open()),
      act("Comment", "c", () => this.open(true), { class: "tag-quiet" }),
      id && !isSuggested && this.elsewhere.isNaming(this.desk.line(id)?.dataset.kind) && act("Same elsewhere", null, () => this.elsewhere.offer(id), { class: "tag-quiet" }),
      this.#leads({ id }) && act("Leads to", ">", () => this.leading.open(id), { class: "tag-quiet" }),
    );
  }
}

function isSame(a, b) {
  return Boolean(a && b) && a[0] === b[0] && a[1] === b[1];
}
