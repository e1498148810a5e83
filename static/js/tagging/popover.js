// A small window beside the words it is about; at the lower edge on a phone. One at a time.
import { make } from "./elements.js";
import { rectangle } from "./selection.js";

const GAP = 8; // px

export class Popover {
  constructor(desk) {
    this.desk = desk;
    this.element = null;
    addEventListener("resize", () => this.#place());
    visualViewport?.addEventListener("resize", () => this.#place());
    document.addEventListener("pointerdown", (event) => {
      if (this.element && !this.element.contains(event.target)) this.close(false);
    });
  }

  get isOpen() {
    return this.element !== null;
  }

  // Opens on a span of the text, or in the middle where there is none. `onclose(isSaved)`.
  open({ label, span, inside, first, onclose = null }) {
    this.close(false);
    this.span = span;
    this.onclose = onclose;
    this.element = make(
      "div",
      {
        class: "tag-popover",
        role: "dialog",
        "aria-label": label,
        onkeydown: (event) => this.#key(event),
      },
      ...inside,
    );
    this.desk.selection.hold();
    document.body.append(this.element);
    this.#place();
    first?.focus({ preventScroll: true });
    if (first?.select && first.type === "text") first.select();
  }

  // Puts the focus back into the text, on the words that were chosen.
  close(isReturning = true) {
    if (!this.element) return;
    const { element, onclose } = this;
    this.element = null;
    this.onclose = null;
    const hadFocus = element.contains(document.activeElement);
    element.remove();
    if (isReturning || hadFocus) this.desk.root.focus({ preventScroll: true });
    this.desk.selection.release();
    onclose?.();
  }

  #key(event) {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "Tab") {
      const fields = [...this.element.querySelectorAll("input, select, textarea, button")].filter(
        (each) => !each.disabled && each.offsetParent,
      );
      const [first, last] = [fields[0], fields.at(-1)];
      const from = event.shiftKey ? first : last;
      if (document.activeElement !== from) return;
      event.preventDefault();
      (event.shiftKey ? last : first).focus();
    }
  }

  // Below the words where there is room, else above them. On a phone above the keyboard.
  #place() {
    if (!this.element) return;
    const { style } = this.element;
    const seen = visualViewport ?? { height: innerHeight, offsetTop: 0 };
    style.setProperty("--lift", `${Math.max(innerHeight - seen.height - seen.offsetTop, 0)}px`);
    const [width, height] = [this.element.offsetWidth, this.element.offsetHeight];
    if (!this.span) {
      style.left = `${scrollX + (innerWidth - width) / 2}px`;
      style.top = `${scrollY + Math.max((innerHeight - height) / 3, GAP)}px`;
      return;
    }
    const first = rectangle(this.desk.text, this.span);
    const last = rectangle(this.desk.text, this.span, true);
    const isBelow = last.bottom + GAP + height < innerHeight || first.top - GAP - height < 0;
    const top = isBelow ? last.bottom + GAP : first.top - GAP - height;
    const start = this.desk.isRightToLeft ? last.right - width : isBelow ? last.left : first.left;
    style.left = `${scrollX + Math.min(Math.max(start, GAP), innerWidth - width - GAP)}px`;
    style.top = `${scrollY + top}px`;
  }
}
