// Places in a version's text, between this browser and everyone else. Everyone else counts Unicode
// code points from the text's beginning; a browser counts UTF-16 units from the beginning of a node.
// A block is any element with data-start and data-end. What it shows beside the text (labels that
// are hidden from sight, keys, buttons) is passed over: see NOT_TEXT.

export const NOT_TEXT = ".visually-hidden, kbd, button, [data-not-text]";
const BLOCK = "[data-start][data-end]";
const SURROGATE = /[\ud800-\udfff]/;

// How many code points are in the first `units` UTF-16 units. A point between the two halves of a
// character counts as before it.
export function codePoints(text, units = text.length) {
  let points = 0;
  for (let at = 0; at < units; points += 1) {
    at += text.codePointAt(at) > 0xffff ? 2 : 1;
    if (at > units) break;
  }
  return points;
}

// How many UTF-16 units the first `points` code points take.
export function units(text, points) {
  let at = 0;
  for (let left = points; left > 0 && at < text.length; left -= 1) {
    at += text.codePointAt(at) > 0xffff ? 2 : 1;
  }
  return at;
}

class Block {
  constructor(element) {
    this.element = element;
    this.start = Number(element.dataset.start);
    this.end = Number(element.dataset.end);
    // Text nodes and where each begins, in UTF-16 units of the block.
    this.nodes = [];
    this.text = "";
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_ALL, (node) => {
      if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
      if (node.nodeType !== Node.ELEMENT_NODE) return NodeFilter.FILTER_REJECT;
      const isOther = node.matches(NOT_TEXT) || node.matches(BLOCK);
      return isOther ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
    });
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      this.nodes.push({ node, at: this.text.length });
      this.text += node.data;
    }
    this.isWide = SURROGATE.test(this.text);
    const length = this.isWide ? codePoints(this.text) : this.text.length;
    // Whether the page shows the very characters that the version has here, as far as can be told.
    this.isSound = length === this.end - this.start;
  }

  unitsAt(offset) {
    const points = offset - this.start;
    return this.isWide ? units(this.text, points) : points;
  }

  offsetAt(unit) {
    return this.start + (this.isWide ? codePoints(this.text, unit) : unit);
  }

  // The boundary point of an offset. One that begins a range stands before what follows it, one
  // that ends a range behind what precedes it.
  pointAt(offset, isEnd) {
    const unit = this.unitsAt(offset);
    let found = this.nodes[0];
    for (const each of this.nodes) {
      if (isEnd ? each.at >= unit && each !== this.nodes[0] : each.at > unit) break;
      if (each.node.data || found === each) found = each;
    }
    if (!found) return [this.element, 0];
    return [found.node, Math.min(Math.max(unit - found.at, 0), found.node.data.length)];
  }
}

export class Text {
  constructor(root) {
    this.root = root;
    this.#elements();
    this.read = new WeakMap();
  }

  #elements() {
    this.elements = [...this.root.querySelectorAll(BLOCK)].sort(
      (a, b) => a.dataset.start - b.dataset.start || b.dataset.end - a.dataset.end,
    );
  }

  // To be told when blocks were replaced or what is in them changed.
  refresh() {
    this.#elements();
    this.read = new WeakMap();
  }

  block(element) {
    let block = this.read.get(element);
    if (!block) {
      block = new Block(element);
      this.read.set(element, block);
    }
    return block;
  }

  get blocks() {
    return this.elements.map((element) => this.block(element));
  }

  // The number of the block that holds an offset; of the one before it if none does.
  indexAt(offset) {
    let [low, high] = [0, this.elements.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (Number(this.elements[middle].dataset.start) <= offset) low = middle + 1;
      else high = middle;
    }
    return Math.max(low - 1, 0);
  }

  blockAt(offset) {
    return this.elements.length ? this.block(this.elements[this.indexAt(offset)]) : null;
  }

  // The offset of a boundary point; outside of the text that of the next block, or, with `isEnd`,
  // of the end of the block before. Null if there is none.
  offsetOf(node, place, isEnd = false) {
    const inside = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    const element = inside?.closest(BLOCK);
    if (element && this.root.contains(element)) {
      const block = this.block(element);
      const own = block.nodes.find((each) => each.node === node);
      return block.offsetAt(own ? own.at + place : this.#unitsBefore(block, node, place));
    }
    return this.#nearest(node, place, isEnd);
  }

  #unitsBefore(block, node, place) {
    const point = document.createRange();
    point.setStart(node, place);
    for (const each of block.nodes) {
      if (point.comparePoint(each.node, 0) >= 0) return each.at;
    }
    return block.text.length;
  }

  #nearest(node, place, isEnd) {
    const point = document.createRange();
    point.setStart(node, place);
    const after = this.elements.find((element) => point.comparePoint(element, 0) >= 0);
    if (!isEnd) return after ? this.block(after).start : null;
    const last = after ? this.elements.indexOf(after) - 1 : this.elements.length - 1;
    return last < 0 ? null : this.block(this.elements[last]).end;
  }

  // What a DOM range covers, as [start, end]; null if it covers nothing of the text.
  offsetsOf(range) {
    const start = this.offsetOf(range.startContainer, range.startOffset);
    const end = this.offsetOf(range.endContainer, range.endOffset, true);
    if (start === null || end === null || start > end) return null;
    return [start, end];
  }

  rangeOf(start, end) {
    const range = document.createRange();
    const [first, last] = [this.blockAt(start), this.#blockBefore(end)];
    range.setStart(...first.pointAt(Math.min(start, first.end), false));
    range.setEnd(...last.pointAt(Math.min(end, last.end), true));
    return range;
  }

  // The block that an end stands in: one that stands at a block's start belongs to the one before.
  #blockBefore(end) {
    return this.blockAt(Math.max(end - 1, 0));
  }

  // The version's text between two offsets. Blocks are parted by a blank line, a dateline from its
  // paragraph by a space; null if the page does not show all of it as it is.
  slice(start, end) {
    let words = "";
    for (let index = this.indexAt(start); index < this.elements.length; index += 1) {
      const block = this.block(this.elements[index]);
      if (block.start >= end) break;
      if (!block.isSound) return null;
      const gap = block.start - start - codePoints(words);
      if (gap > 2) return null;
      if (gap > 0) words += gap === 1 ? " " : "\n\n";
      const from = block.unitsAt(Math.max(start, block.start));
      words += block.text.slice(from, block.unitsAt(Math.min(end, block.end)));
    }
    return words;
  }
}
