// Whom words may name: what the server offers, remembered for as long as the page is open, and what
// was tagged last, so that there is something to offer without a network too.

const LAST = 20;

export class Names {
  constructor(desk) {
    this.desk = desk;
    this.found = new Map();
    this.place = `newsroom.last.${desk.data.corpus}.${desk.data.task ?? ""}`;
    try {
      this.last = JSON.parse(sessionStorage.getItem(this.place) ?? "[]");
    } catch {
      this.last = [];
    }
  }

  // What was tagged last, the newest first: { kind, id | null, name }.
  remember(kind, id, name) {
    const isOther = (each) => each.kind !== kind || each.name !== name;
    this.last = [{ kind, id, name }, ...this.last.filter(isOther)].slice(0, LAST);
    this.found.clear();
    try {
      sessionStorage.setItem(this.place, JSON.stringify(this.last));
    } catch {
      // It is remembered until the page is left.
    }
  }

  // A promise of what is offered for words; asked once.
  offered(words, kind) {
    const key = `${kind}\n${words}`;
    if (!this.found.has(key)) {
      const asking = this.#ask(words, kind).catch(() => {
        this.found.delete(key);
        return null;
      });
      this.found.set(key, asking);
    }
    return this.found.get(key);
  }

  async #ask(words, kind) {
    const asked = new URLSearchParams({ q: words, corpus: this.desk.data.corpus, kind });
    if (this.desk.data.task !== null) asked.set("task", this.desk.data.task);
    const response = await fetch(`${this.desk.data.urls.suggest}?${asked}`, {
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(5000),
    });
    if (!response.ok) throw new Error(`${response.status}`);
    return (await response.json()).results;
  }

  // What of the last ones has these words in its name.
  remembered(words, kind) {
    const wanted = words.toLocaleLowerCase();
    return this.last
      .filter((each) => each.name && (!kind || each.kind === kind))
      .filter((each) => each.name.toLocaleLowerCase().includes(wanted))
      .map((each) => ({ ...each, alias: "", mentions: 0, recent: true }));
  }
}
