// Codes and notes on the whole article, by key. What is ticked is saved at once; words are saved
// when one leaves them.
import { fieldOf } from "./attributes.js";
import { make } from "./elements.js";

const NOTE = { slug: "note", name: "Note", key: "n", type: "free", guideline: "" };

export class Codes {
  constructor({ desk, acts, popover }) {
    Object.assign(this, { desk, acts, popover });
    acts.addEventListener("saved", ({ detail: { entry, answer } }) => {
      if (answer?.codes) this.#told(answer.codes);
      else if (entry.undoes === "code") this.#again();
    });
  }

  async #again() {
    if (!(await this.desk.refresh())) return;
    const codes = {};
    for (const { code, value } of this.desk.codes) (codes[code] ??= []).push(value);
    this.#told(codes);
  }

  // What the server says by now, in the list beside the article.
  #told(codes) {
    this.desk.codes = Object.entries(codes).flatMap(([code, values]) =>
      values.map((value) => ({ code, value })));
    const list = document.querySelector("dl[data-codes]");
    for (const code of this.kinds) {
      const words = (codes[code.slug] ?? []).join(", ");
      const row = document.querySelector(`[data-code="${code.slug}"]`);
      const place = row?.matches("dd") ? row : row?.querySelector("dd");
      if (place) place.textContent = words;
      else if (words) list?.append(this.#row(code, words));
      if (row?.matches("div")) row.hidden = !words;
    }
  }

  #row(code, words) {
    const said = make("dd", { dir: "auto" }, words);
    return make("div", { class: "fact", "data-code": code.slug }, make("dt", {}, code.name), said);
  }

  get kinds() {
    return [...this.desk.data.codes, NOTE];
  }

  // Opens at a code; at the first if none is named.
  async open(slug = null) {
    if (!this.desk.codes && !(await this.desk.refresh())) this.desk.codes ??= [];
    const fields = this.kinds.map((code) => this.#field(code));
    const head = make(
      "p",
      { class: "tag-head" },
      make("strong", {}, "The whole article"),
      make("span", { class: "soft" }, "saved as you go"),
    );
    const form = make(
      "form",
      {
        class: "tag-form",
        onsubmit: (event) => {
          event.preventDefault();
          this.popover.close();
        },
        onkeydown: (event) => this.#key(event, fields),
      },
      head,
      ...fields.map((each) => each.element),
      make(
        "p",
        { class: "tag-foot" },
        make("button", { class: "button button-small button-primary" }, "Done ", make("kbd", { "aria-hidden": "true" }, "Esc")),
      ),
    );
    const first = fields.find((each) => each.code.slug === slug) ?? fields[0];
    const onclose = () => fields.forEach((each) => each.save());
    this.popover.open({ label: "Codes and notes on the article", span: null, inside: [form], first: first.input, onclose });
  }

  #field(code) {
    const values = this.desk.codes.filter((each) => each.code === code.slug).map((each) => each.value);
    const field = fieldOf(code, values, { isLong: code.type === "free" });
    const label = field.element.querySelector("legend, label");
    if (code.key) label.append(" ", make("kbd", { "aria-hidden": "true" }, code.key));
    let held = JSON.stringify(values);
    const save = () => {
      const said = field.read();
      if (JSON.stringify(said) === held) return;
      held = JSON.stringify(said);
      this.desk.codes = [
        ...this.desk.codes.filter((each) => each.code !== code.slug),
        ...said.map((value) => ({ code: code.slug, value })),
      ];
      this.acts.code(code, said);
    };
    if (code.type !== "free") field.element.addEventListener("change", save);
    return { code, save, ...field };
  }

  // Outside of words a code's key leads to it, and digits tick what they count.
  #key(event, fields) {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      if (event.key === "Enter") event.currentTarget.requestSubmit();
      return;
    }
    if (event.target.matches("textarea, input[type=text]")) return;
    const named = fields.find((each) => each.code.key === event.key);
    const set = event.target.closest("fieldset");
    const box = set?.querySelector(`[data-digit="${event.key}"]`);
    if (named) named.input.focus();
    else if (box) {
      box.click();
      box.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
