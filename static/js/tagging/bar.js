// The quiet bar at the lower edge: what is chosen and which keys tag it, what was just done, what
// the same words offer elsewhere, what waits to be saved, what was refused. Rows without anything
// to say are not there.
import { make } from "./elements.js";

const ROWS = ["refused", "waiting", "spread", "chosen", "said"];

export class Bar {
  constructor(desk) {
    this.desk = desk;
    this.shown = new Map();
    this.rows = new Map(
      ROWS.map((name) => [name, make("div", { class: `tag-row tag-row-${name}`, hidden: true })]),
    );
    this.element = make(
      "section",
      { class: "tag-bar", "aria-label": "Tagging", hidden: true, "data-not-text": true },
      ...this.rows.values(),
    );
    // The words stay chosen while one presses its buttons.
    this.element.addEventListener("mousedown", (event) => {
      if (event.target.closest("button")) event.preventDefault();
    });
    document.body.append(this.element);
    // Above what the page itself has at its lower edge.
    const other = document.querySelector(".task-bar");
    if (other) {
      const lift = () => this.element.style.setProperty("--lift", `${other.offsetHeight}px`);
      new ResizeObserver(lift).observe(other);
      lift();
    }
  }

  // Shows a row, or hides it where there are no parts. It is built again only if `key` changed.
  row(name, key, parts) {
    if (this.shown.get(name) === key) return;
    this.shown.set(name, key);
    const row = this.rows.get(name);
    const hadFocus = row.contains(document.activeElement);
    row.replaceChildren(...(parts?.() ?? []).filter(Boolean));
    row.hidden = !row.childNodes.length;
    if (hadFocus) this.desk.root.focus({ preventScroll: true });
    this.element.hidden = [...this.rows.values()].every((each) => each.hidden);
    // The end of the page can still be scrolled out from below it.
    document.documentElement.classList.toggle("has-tag-bar", !this.element.hidden);
  }
}

// A button with its key; `does` is what pressing either does.
export function act(words, key, does, more = {}) {
  const { class: more_ = "", ...rest } = more;
  return make(
    "button",
    { type: "button", class: `button button-small tag-act ${more_}`.trim(), onclick: does, ...rest },
    make("span", {}, words),
    key && make("kbd", { "aria-hidden": "true" }, key),
  );
}
