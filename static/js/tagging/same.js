// After a tag, or at one that one came to: where the same words stand else, here and in the corpus.
// Quiet, below the text; one key tags them here, another leads to the page on which one chooses.
import { act } from "./bar.js";
import { announce, make, short } from "./elements.js";

const SAID = 6000; // ms that a sentence stays
const PAUSE = 500; // ms after the last tag: who tags on is not told of each

export class Same {
  constructor({ desk, acts, bar }) {
    Object.assign(this, { desk, acts, bar });
    this.found = null;
    // A key that was pressed before its tag was saved: { entry, key }.
    this.wish = null;
    acts.addEventListener("saved", ({ detail }) => this.#saved(detail));
  }

  #saved({ entry, answer }) {
    // What was tagged here by this is no reason to forget the corpus.
    if (entry.what === "other" && this.found) return;
    this.drop();
    const mention = answer?.mention;
    const isWished = this.wish?.entry === entry.id;
    const wish = isWished ? this.wish.key : null;
    if (isWished) this.wish = null;
    if (entry.what !== "tag" || !mention || !this.#names(mention)) return;
    if (wish) this.#does(mention.id, wish);
    else this.timer = setTimeout(() => this.#look(mention), PAUSE);
  }

  // Whether a mention is a name that may stand elsewhere too.
  #names({ kind, status }) {
    return this.isNaming(kind) && status === "accepted";
  }

  // Whether what is of a kind is a name.
  isNaming(slug) {
    const kind = this.desk.kind(slug);
    return Boolean(kind) && !kind.passage && kind.entity !== "none";
  }

  // Asks where else a mention's name stands, and offers it; says why it can't, if someone waits.
  async #look(mention, isAwaited = false) {
    const { task } = this.desk.data;
    const path = `${this.desk.data.urls.tag.replace("/0/", `/${mention.id}/`)}same/`;
    this.asked = mention.id;
    let problem = "The server can’t be reached.";
    try {
      const response = await fetch(task === null ? path : `${path}?task=${task}`, {
        headers: { Accept: "application/json" },
      });
      if (this.asked !== mention.id) return;
      const answer = await response.json();
      if (response.ok) {
        this.#offer(mention, path, answer, isAwaited);
        return;
      }
      problem = answer.problem ?? problem;
    } catch {
      // It is only an offer: without a network there is none.
    }
    if (isAwaited) this.#say(problem);
  }

  // Says what came of a key, to eyes and ears, for as long as it takes to read.
  #say(words) {
    this.drop();
    announce(words);
    this.bar.row("spread", words, () => [make("span", {}, words)]);
    this.timer = setTimeout(() => this.drop(), SAID);
  }

  #offer(mention, path, { here, corpus, page }, isAwaited) {
    const name = short(mention.entity_name || mention.quote);
    if (!here.count && !corpus.count) {
      if (isAwaited) this.#say(`${name}: nowhere else.`);
      return;
    }
    this.found = { mention, path, here, corpus, page };
    const spans = here.lines.map(({ start, end }) => [start, end]);
    this.desk.paint.mark("same", spans);
    const words = this.#show();
    announce(`${name}: ${words}.`);
  }

  // Shows what was found in the bar; returns it as words.
  #show() {
    const { mention, here, corpus, page } = this.found;
    const name = short(mention.entity_name || mention.quote);
    const count = (number) => number.toLocaleString("en-GB");
    const inCorpus = `${corpus.exact ? "" : "about "}${count(corpus.count)} in ${count(corpus.articles)} other ${corpus.articles === 1 ? "article" : "articles"}`;
    const words = [here.count && `${count(here.count)} more here`, corpus.count && inCorpus].filter(Boolean).join(", ");
    this.bar.row("spread", `${mention.id} ${words}`, () => [
      make("span", {}, make("bdi", { class: "tag-name" }, name), ` ${words}.`),
      here.count && act(here.count === 1 ? "Tag it" : `Tag the ${count(here.count)} here`, "+", () => this.here()),
      make("a", { class: "button button-small", href: page }, "Look at all ", make("kbd", { "aria-hidden": "true" }, "*")),
      act("Not now", "Esc", () => this.drop(), { class: "tag-quiet" }),
    ]);
    return words;
  }

  // Whether a key meant something here. `current` is the tag that the chosen words bear, if any:
  // where they are its very words it comes before the one that was tagged last.
  key(key, current) {
    if (key === "Escape" && this.found && !this.desk.selection.span) {
      this.drop();
      return true;
    }
    if (key !== "+" && key !== "*") return false;
    if (current?.entry) {
      this.wish = { entry: current.entry.id, key };
      return true;
    }
    const id = (current?.isExact && current.id) || this.found?.mention.id || current?.id;
    if (!id) return false;
    this.#does(id, key);
    return true;
  }

  // Offers where else a tag's name stands, for who asks by the bar.
  offer(id) {
    this.#does(id, "");
  }

  async #does(id, key) {
    if (this.found?.mention.id !== id) {
      this.drop();
      if (this.desk.isSuggested(id)) {
        this.#say("This is a suggestion: accept it first.");
        return;
      }
      const mention = await this.desk.whole(id);
      if (!mention || !this.#names(mention)) {
        this.#say(mention ? "This tag names nobody that could stand elsewhere." : "The server can’t be reached.");
        return;
      }
      await this.#look(mention, true);
    }
    if (this.found?.mention.id !== id) return;
    if (key === "*") location.assign(this.found.page);
    else if (key === "+" && this.found.here.count) this.here();
    else if (key === "+") announce("Nowhere else in this article.");
  }

  // Tags it here; where it stands in the corpus can still be looked at.
  here() {
    const { mention, path, here, corpus } = this.found;
    const kind = this.desk.kind(mention.kind);
    const name = mention.entity_name || mention.quote;
    const words = `${kind.name} ${short(name)}, ${here.count} more here`;
    const spans = here.lines.map(({ start, end }) => [start, end]);
    if (corpus.count) {
      this.found.here = { count: 0, lines: [] };
      this.desk.paint.mark("same", []);
      this.#show();
    } else this.drop();
    const body = { where: "here", as: "tags", ...this.desk.about };
    this.acts.send(this.desk.shownAt(path), body, words, { spans, colour: kind.colour });
  }

  drop() {
    clearTimeout(this.timer);
    this.asked = null;
    this.found = null;
    this.desk.paint.mark("same", []);
    this.bar.row("spread", "", null);
  }
}
