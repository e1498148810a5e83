// After a tag: where the same words stand else, here and in the corpus. Quiet, below the text; one
// key tags them here, another leads to the page on which one chooses.
import { act } from "./bar.js";
import { announce, make, short } from "./elements.js";

const PAUSE = 500; // ms after the last tag: who tags on is not told of each

export class Same {
  constructor({ desk, acts, bar }) {
    Object.assign(this, { desk, acts, bar });
    this.found = null;
    acts.addEventListener("saved", ({ detail }) => this.#saved(detail));
  }

  #saved({ entry, answer }) {
    this.drop();
    const mention = answer?.mention;
    const kind = mention && this.desk.kind(mention.kind);
    if (entry.what !== "tag" || !kind || kind.passage || mention.status !== "accepted") return;
    if (kind.entity === "none") return;
    this.timer = setTimeout(() => this.#look(mention), PAUSE);
  }

  async #look(mention) {
    const { task } = this.desk.data;
    const path = `${this.desk.data.urls.tag.replace("/0/", `/${mention.id}/`)}same/`;
    this.asked = mention.id;
    try {
      const response = await fetch(task === null ? path : `${path}?task=${task}`, {
        headers: { Accept: "application/json" },
      });
      if (!response.ok || this.asked !== mention.id) return;
      this.#offer(mention, path, await response.json());
    } catch {
      // It is only an offer: without a network there is none.
    }
  }

  #offer(mention, path, { here, corpus, page }) {
    if (!here.count && !corpus.count) return;
    this.found = { mention, path, here, page };
    const spans = here.lines.map(({ start, end }) => [start, end]);
    this.desk.paint.mark("same", spans);
    const count = (number) => number.toLocaleString("en-GB");
    const inCorpus = `${corpus.exact ? "" : "about "}${count(corpus.count)} in ${count(corpus.articles)} other ${corpus.articles === 1 ? "article" : "articles"}`;
    const words = [here.count && `${count(here.count)} more here`, corpus.count && inCorpus].filter(Boolean).join(", ");
    const name = short(mention.entity_name || mention.quote);
    announce(`${name}: ${words}.`);
    this.bar.row("spread", `${mention.id} ${words}`, () => [
      make("span", {}, make("bdi", { class: "tag-name" }, name), ` ${words}.`),
      here.count && act(here.count === 1 ? "Tag it" : `Tag the ${count(here.count)} here`, "+", () => this.here()),
      make("a", { class: "button button-small", href: page }, "Look at all ", make("kbd", { "aria-hidden": "true" }, "*")),
      act("Not now", "Esc", () => this.drop(), { class: "tag-quiet" }),
    ]);
  }

  // Whether a key meant something here.
  key(key) {
    if (!this.found) return false;
    if (key === "+" && this.found.here.count) this.here();
    else if (key === "*") location.assign(this.found.page);
    else if (key === "Escape" && !this.desk.selection.span) this.drop();
    else return false;
    return true;
  }

  here() {
    const { mention, path, here } = this.found;
    const kind = this.desk.kind(mention.kind);
    const name = mention.entity_name || mention.quote;
    const words = `${kind.name} ${short(name)}, ${here.count} more here`;
    const spans = here.lines.map(({ start, end }) => [start, end]);
    this.drop();
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
