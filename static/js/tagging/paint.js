// What is drawn before the server has answered, and what is only for the moment, by the CSS Custom
// Highlight API: nothing in the page changes, so nothing has to be laid out again.

const COLOURS = 12;

export class Paint {
  constructor(text) {
    this.text = text;
    // By id: { spans, colour }, drawn as tags of their kind until the server has answered.
    this.tags = new Map();
    // By name (chosen, same, link): spans.
    this.marks = new Map();
    this.highlights = typeof Highlight === "function" && CSS.highlights;
  }

  tag(id, span, colour) {
    this.tagAll(id, [span], colour);
  }

  tagAll(id, spans, colour) {
    this.tags.set(id, { spans, colour });
    this.#drawTags();
  }

  untag(id) {
    if (this.tags.delete(id)) this.#drawTags();
  }

  mark(name, spans) {
    this.marks.set(name, spans);
    this.#draw(`tag-${name}`, spans);
  }

  // After blocks were replaced: their nodes are others.
  again() {
    this.#drawTags();
    for (const [name, spans] of this.marks) this.#draw(`tag-${name}`, spans);
  }

  #drawTags() {
    const byColour = Array.from({ length: COLOURS }, () => []);
    for (const { spans, colour } of this.tags.values()) byColour[colour % COLOURS].push(...spans);
    byColour.forEach((spans, colour) => this.#draw(`tag-k${colour}`, spans));
  }

  #draw(name, spans) {
    if (!this.highlights) return;
    if (spans.length === 0) this.highlights.delete(name);
    else this.highlights.set(name, new Highlight(...spans.map((span) => this.text.rangeOf(...span))));
  }
}
