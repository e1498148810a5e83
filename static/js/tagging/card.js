// What is asked of a tag: whom it names, its attributes, a comment; of one that there is, its kind.
import { attributeFields } from "./attributes.js";
import { Combobox } from "./combobox.js";
import { make, short } from "./elements.js";

export class Card {
  constructor({ desk, acts, names, popover }) {
    Object.assign(this, { desk, acts, names, popover });
  }

  // Whether anything has to be asked before words are tagged.
  static asks(kind) {
    return kind.entity !== "none" || kind.attributes.some((each) => each.required);
  }

  // Asks about words that are to be tagged; they are drawn as tagged meanwhile.
  openNew(span, kind, save) {
    const quote = this.desk.text.slice(...span);
    const names = kind.entity === "none" ? null : this.#names(kind, quote, null);
    const attributes = attributeFields(kind);
    const submit = async (event) => {
      event.preventDefault();
      const said = attributes.read();
      const named = names?.answer();
      this.popover.close();
      const { id = null, name = "" } = (await named) ?? {};
      this.desk.paint.untag("asking");
      save({ entity: id, name, attributes: said });
    };
    const form = make(
      "form",
      { class: "tag-form", onsubmit: submit },
      this.#head(kind, quote),
      names?.element,
      ...attributes.elements,
      this.#foot("Tag"),
    );
    this.#open(`${kind.name}: ${quote}`, span, form, names?.input ?? form.querySelector("input"));
    this.desk.paint.tag("asking", span, kind.colour);
    const { onclose } = this.popover;
    let isSaved = false;
    form.addEventListener("submit", () => { isSaved = true; }, { capture: true });
    this.popover.onclose = () => {
      onclose?.();
      // What is being saved stays drawn until it is drawn as saved.
      if (!isSaved) this.desk.paint.untag("asking");
    };
  }

  // Changes a tag. `tag` is as the server tells it; `save(fields)` gets what was changed.
  openOld(tag, span, { save, remove, isCommenting = false }) {
    const kinds = this.desk.data.kinds;
    const own = this.desk.kind(tag.kind);
    let kind = own ?? { slug: tag.kind, name: tag.kind, entity: "none", attributes: [], colour: 7 };
    const chosen = tag.entity_name ? { id: tag.entity, name: tag.entity_name } : null;
    const select = make("select", { "aria-label": "Kind", class: "tag-kind-choice" },
      ...(own ? kinds : [kind, ...kinds]).map((each) =>
        make("option", { value: each.slug, selected: each.slug === kind.slug }, each.name)));
    const comment = make("textarea", { rows: 2, dir: "auto", maxlength: 10_000, id: "tag-comment" });
    comment.value = tag.comment;
    const body = make("div", { class: "tag-form-body" });
    let names;
    let attributes;
    const build = () => {
      names = kind.entity === "none" ? null : this.#names(kind, tag.quote, chosen);
      attributes = attributeFields(kind, tag.attributes);
      body.replaceChildren(...[names?.element, ...attributes.elements].filter(Boolean));
    };
    build();
    select.addEventListener("change", () => {
      kind = this.desk.kind(select.value) ?? kind;
      build();
    });
    const submit = async (event) => {
      event.preventDefault();
      const fields = await this.#changed(tag, { kind, names, attributes, comment });
      this.popover.close();
      if (Object.keys(fields).length) save(fields);
    };
    const form = make(
      "form",
      {
        class: "tag-form",
        onsubmit: submit,
        onkeydown: (event) => {
          if (event.key !== "Enter" || event.isComposing) return;
          const isWith = event.ctrlKey || event.metaKey;
          // As its button says; in a comment ⇧ makes a new line. A phone has no ⇧, and has the button.
          const isSaid = event.target.matches("textarea") && !event.shiftKey && !matchMedia("(pointer: coarse)").matches;
          if (!isWith && !isSaid && event.target !== select) return;
          event.preventDefault();
          form.requestSubmit();
        },
      },
      this.#head(kind, tag.quote, select),
      body,
      make("div", { class: "field" }, make("label", { for: "tag-comment" }, "Comment"), comment),
      this.#foot("Save", () => {
        this.popover.close();
        remove();
      }),
    );
    this.#open(`Change ${kind.name}: ${tag.quote}`, span, form, isCommenting ? comment : names?.input ?? attributes.first ?? comment);
  }

  async #changed(tag, { kind, names, attributes, comment }) {
    const fields = {};
    if (kind.slug !== tag.kind) fields.kind = kind.slug;
    if (names) {
      const { id, name } = await names.answer();
      if (id !== null && id !== tag.entity) fields.entity = id;
      else if (id === null && name !== tag.entity_name) fields.entity_name = name;
    }
    const said = attributes.read();
    if (JSON.stringify(sorted(said)) !== JSON.stringify(sorted(tag.attributes))) fields.attributes = said;
    if (comment.value.trim() !== tag.comment) fields.comment = comment.value.trim();
    return fields;
  }

  #names(kind, words, chosen) {
    const label = `${kind.name} that “${short(words, 60)}” names`;
    return new Combobox({ names: this.names, kind, words: short(words, 300), chosen, label });
  }

  #head(kind, quote, select = null) {
    return make(
      "p",
      { class: `tag-head m${kind.colour}` },
      select ?? make("strong", { class: "tag-kind" }, kind.name),
      make("q", { class: "tag-quote", dir: "auto" }, short(quote, 80)),
    );
  }

  #foot(word, remove = null) {
    return make(
      "p",
      { class: "tag-foot" },
      make("button", { class: "button button-primary button-small" }, `${word} `, make("kbd", { "aria-hidden": "true" }, "↵")),
      make("button", { class: "button button-small", type: "button", onclick: () => this.popover.close() }, "Cancel ", make("kbd", { "aria-hidden": "true" }, "Esc")),
      remove && make("button", { class: "button button-small button-danger", type: "button", onclick: remove }, "Remove"),
    );
  }

  #open(label, span, form, first) {
    this.popover.open({ label, span, inside: [form], first });
  }
}

function sorted(held) {
  return Object.entries(held ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}
