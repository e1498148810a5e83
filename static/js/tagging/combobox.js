// A field for whom or what words name, by the ARIA pattern of a combobox with a list.
import { make, uuid } from "./elements.js";

const GRACE = 300; // ms that Enter waits for what was asked for
const TYPING = 60; // ms between a letter and its question

export class Combobox {
  // `chosen` is whom it names by now: { id, name } or null.
  constructor({ names, kind, words, chosen = null, label }) {
    this.names = names;
    this.kind = kind;
    this.options = [];
    this.active = 0;
    this.isPicked = false;
    const id = `names-${uuid().slice(0, 8)}`;
    this.list = make("ul", { class: "tag-options", id, role: "listbox", "aria-label": label });
    this.input = make("input", {
      type: "text",
      role: "combobox",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      enterkeyhint: "done",
      maxlength: 300,
      dir: "auto",
      "aria-label": label,
      "aria-autocomplete": "list",
      "aria-expanded": "true",
      "aria-controls": id,
      onkeydown: (event) => this.#key(event),
      oninput: () => this.#typed(),
    });
    this.input.value = chosen?.name ?? words;
    this.first = chosen;
    this.element = make("div", { class: "tag-names" }, this.input, this.list);
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (!option) return;
      this.#go(Number(option.dataset.at));
      this.input.form.requestSubmit();
    });
    this.#ask();
  }

  // Another kind is looked for.
  setKind(kind) {
    this.kind = kind;
    this.#ask();
  }

  #typed() {
    this.first = null;
    this.isTyped = true;
    clearTimeout(this.timer);
    this.#offer(this.names.remembered(this.words, this.kind.slug));
    this.timer = setTimeout(() => this.#ask(), TYPING);
  }

  get words() {
    return this.input.value.trim().replace(/\s+/gu, " ");
  }

  async #ask() {
    const { words } = this;
    this.#offer(this.names.remembered(words, this.kind.slug));
    this.asking = this.names.offered(words, this.kind.slug);
    const found = await this.asking;
    if (words === this.words && found) this.#offer(found);
  }

  // What can be chosen: whom is known, then to make a new one, then nobody.
  #offer(found) {
    const { words } = this;
    const known = found.filter((each) => each.kind === this.kind.slug || !each.kind);
    const isSame = (name) => name?.toLocaleLowerCase() === words.toLocaleLowerCase();
    this.options = known.map((each) => ({ ...each, does: "known" }));
    if (this.first && !known.some((each) => each.id === this.first.id)) {
      this.options.unshift({ ...this.first, does: "known", alias: "", mentions: 0 });
    }
    const isThere = known.some((each) => isSame(each.name) || isSame(each.alias));
    if (words && !isThere) this.options.push({ does: "new", name: words });
    if (this.kind.entity === "optional") this.options.push({ does: "none", name: "" });
    const wasPicked = this.isPicked && this.picked;
    const again = wasPicked ? this.options.findIndex((each) => isSamePick(each, wasPicked)) : -1;
    this.isPicked = again >= 0;
    this.#draw();
    this.#go(again >= 0 ? again : this.#likely());
  }

  // What Enter takes. Who types is looking for someone: the first. Of words as they stand in the
  // text all must be whole words of a name, or they are taken for a new one.
  #likely() {
    if (this.isTyped || this.first) return 0;
    const wanted = wordsOf(this.words);
    const bears = (name) => {
      const own = wordsOf(name ?? "");
      return wanted.every((word) => own.includes(word));
    };
    const known = this.options.findIndex((each) => each.does === "known" && (bears(each.name) || bears(each.alias)));
    if (known >= 0) return known;
    return Math.max(this.options.findIndex((each) => each.does === "new"), 0);
  }

  #draw() {
    this.list.replaceChildren(
      ...this.options.map((option, at) =>
        make(
          "li",
          {
            id: `${this.list.id}-${at}`,
            role: "option",
            class: `tag-option is-${option.does}`,
            "data-at": at,
            "aria-selected": "false",
          },
          ...this.#inside(option),
        ),
      ),
    );
  }

  #inside(option) {
    if (option.does === "none") return [make("span", {}, "Name nobody")];
    const name = make("bdi", { class: "tag-option-name" }, option.name);
    if (option.does === "new") return [make("span", { class: "soft" }, `New ${this.kind.name.toLocaleLowerCase()} `), name];
    const about = [];
    if (option.alias) about.push(`“${option.alias}”`);
    if (option.recent) about.push("just now");
    if (option.mentions) about.push(`${option.mentions.toLocaleString("en-GB")}×`);
    return [name, make("span", { class: "tag-option-about soft" }, about.join(" · "))];
  }

  #go(at) {
    this.active = at;
    this.picked = this.options[at];
    [...this.list.children].forEach((each, index) => {
      each.setAttribute("aria-selected", index === at ? "true" : "false");
      if (index === at) {
        this.input.setAttribute("aria-activedescendant", each.id);
        each.scrollIntoView({ block: "nearest" });
      }
    });
    if (!this.options.length) this.input.removeAttribute("aria-activedescendant");
  }

  #key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.options.length && !event.altKey) {
      event.preventDefault();
      this.isPicked = true;
      this.#go((this.active + step + this.options.length) % this.options.length);
    } else if (event.key === "=" && this.isUntouched) {
      const last = this.names.remembered("", this.kind.slug)[0];
      if (!last) return;
      event.preventDefault();
      this.options = [{ ...last, does: last.id === null ? "new" : "known" }];
      this.#draw();
      this.#go(0);
      this.isPicked = true;
      this.input.form.requestSubmit();
    }
  }

  // Whether all of it is still chosen, as when it was opened.
  get isUntouched() {
    const { selectionStart, selectionEnd, value } = this.input;
    return selectionStart === 0 && selectionEnd === value.length;
  }

  // Whom it names: { id | null, name }. Waits for a moment for what was asked for, so that someone
  // who types and presses Enter at once gets the one that is known, and not a second one.
  async answer() {
    if (!this.isPicked) {
      clearTimeout(this.timer);
      const { words } = this;
      const asking = this.names.offered(words, this.kind.slug);
      const late = new Promise((resolve) => setTimeout(() => resolve(null), GRACE));
      const found = await Promise.race([asking, late]);
      if (found && words === this.words) this.#offer(found);
    }
    const { does, id = null, name } = this.picked ?? { does: "new", name: this.words };
    if (does === "none" || !name) return { id: null, name: "" };
    return does === "new" ? { id: null, name } : { id, name };
  }
}

// The words of a name without regard to case and accents.
function wordsOf(name) {
  const plain = name.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

function isSamePick(a, b) {
  return a.does === b.does && (a.does !== "known" || a.id === b.id);
}
