// The words that are chosen in a text, in offsets of the version; however they were chosen.
// A choice stretches from an anchor to a focus, each an interval (a word, or a bare place).

export class Selection extends EventTarget {
  constructor(text, words) {
    super();
    this.text = text;
    this.words = words;
    this.anchor = null;
    this.focus = null;
    // Where a caret begins when nothing is chosen.
    this.place = null;
    this.by = "keys";
    this.isHeld = false;
  }

  get span() {
    if (!this.anchor) return null;
    return [
      Math.min(this.anchor[0], this.focus[0]),
      Math.max(this.anchor[1], this.focus[1]),
    ];
  }

  get quote() {
    return this.span && this.text.slice(...this.span);
  }

  choose(anchor, focus = anchor, by = "keys") {
    this.anchor = anchor;
    this.focus = focus;
    this.place = focus[0];
    this.by = by;
    this.show();
    this.dispatchEvent(new Event("change"));
  }

  clear() {
    if (!this.anchor) return;
    this.anchor = null;
    this.focus = null;
    this.dispatchEvent(new Event("change"));
    const native = getSelection();
    if (native.rangeCount && this.text.root.contains(native.anchorNode)) native.removeAllRanges();
  }

  // Shows the choice as the browser's own selection, so that it can be seen, copied and read out.
  // A choice by touch is left as it is: its handles would go.
  show() {
    if (!this.span || this.isHeld || this.by === "touch") return;
    const range = this.text.rangeOf(...this.span);
    const isBackwards = this.focus[0] < this.anchor[0];
    const [from, to] = [
      [range.startContainer, range.startOffset],
      [range.endContainer, range.endOffset],
    ];
    if (isBackwards) getSelection().setBaseAndExtent(...to, ...from);
    else getSelection().setBaseAndExtent(...from, ...to);
  }

  // While words are typed elsewhere the browser's selection is there.
  hold() {
    this.isHeld = true;
  }

  release() {
    this.isHeld = false;
    this.show();
  }

  // The browser's selection, if it is in the text: by mouse, touch, or its own keys. That it
  // collapsed means that the words are let go, unless it is just passed on (`isPassive`) after a tap.
  take(by, isExact = false, isPassive = false) {
    const native = getSelection();
    if (this.isHeld || !native.rangeCount) return;
    const range = native.getRangeAt(0);
    if (!this.text.root.contains(range.commonAncestorContainer)) {
      if (range.collapsed || !range.intersectsNode(this.text.root)) return;
    }
    if (range.collapsed && isPassive && by === "touch") return;
    if (range.collapsed) {
      this.place = this.text.offsetOf(range.startContainer, range.startOffset);
      if (this.anchor) {
        this.anchor = null;
        this.focus = null;
        this.dispatchEvent(new Event("change"));
      }
      return;
    }
    const found = this.text.offsetsOf(range);
    // What was chosen by our own keys comes back as the browser's selection.
    const isOurs = this.span && found?.[0] === this.span[0] && found[1] === this.span[1];
    if (!found || (isPassive && isOurs)) return;
    const span = this.words.snap(...found, isExact);
    if (span) this.choose([span[0], span[0]], [span[1], span[1]], by);
  }
}

// To see where a span is: its rectangle in the window; of its last line with `isEnd`.
export function rectangle(text, span, isEnd = false) {
  const rectangles = text.rangeOf(...span).getClientRects();
  return rectangles[isEnd ? rectangles.length - 1 : 0] ?? text.root.getBoundingClientRect();
}

const MARGIN = 96; // px that stay between the words and the window's edges

export function bringIntoSight(text, span) {
  const { top, bottom } = rectangle(text, span, true);
  const bar = document.querySelector(".tag-bar:not([hidden])")?.offsetHeight ?? 0;
  const lowest = innerHeight - MARGIN - bar;
  if (top < MARGIN) scrollBy({ top: top - MARGIN * 1.5, behavior: "instant" });
  else if (bottom > lowest) scrollBy({ top: bottom - lowest + MARGIN / 2, behavior: "instant" });
}
