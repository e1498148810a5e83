// Words and sentences of a text, as its language parts them, in offsets of the version.

const SPACE = /\s/u;

function segmenter(language, granularity) {
  try {
    return new Intl.Segmenter(language || undefined, { granularity });
  } catch {
    return new Intl.Segmenter(undefined, { granularity });
  }
}

export class Words {
  constructor(text, language) {
    this.text = text;
    this.parts = {
      word: segmenter(language, "word"),
      sentence: segmenter(language, "sentence"),
      grapheme: segmenter(language, "grapheme"),
    };
    this.known = { word: new WeakMap(), sentence: new WeakMap() };
  }

  // The words or the sentences of a block, as [start, end] in order.
  #of(block, what) {
    let found = this.known[what].get(block);
    if (found) return found;
    found = [];
    let at = block.start;
    for (const { segment, isWordLike } of this.parts[what].segment(block.text)) {
      const end = at + (block.isWide ? [...segment].length : segment.length);
      if (what === "word") {
        if (isWordLike) found.push([at, end]);
      } else {
        const trimmed = trim(segment);
        if (trimmed) found.push([at + trimmed[0], at + trimmed[1]]);
      }
      at = end;
    }
    this.known[what].set(block, found);
    return found;
  }

  // The one that holds an offset, else the next one, else the last; of the whole text.
  at(offset, what = "word") {
    for (let index = this.text.indexAt(offset); index < this.text.elements.length; index += 1) {
      const found = this.#of(this.text.block(this.text.elements[index]), what);
      const next = found.find(([, end]) => end > offset);
      if (next) return next;
    }
    return this.before(Infinity, what);
  }

  // The first that begins at or behind an offset.
  after(offset, what = "word") {
    for (let index = this.text.indexAt(offset); index < this.text.elements.length; index += 1) {
      const found = this.#of(this.text.block(this.text.elements[index]), what);
      const next = found.find(([start]) => start >= offset);
      if (next) return next;
    }
    return null;
  }

  // The last that ends at or before an offset.
  before(offset, what = "word") {
    for (let index = this.text.indexAt(offset); index >= 0; index -= 1) {
      const found = this.#of(this.text.block(this.text.elements[index]), what);
      const last = found.findLast(([, end]) => end <= offset);
      if (last) return last;
    }
    return null;
  }

  // The first word of the block that is `step` blocks on.
  inBlock(offset, step) {
    let index = this.text.indexAt(offset) + step;
    for (; index >= 0 && index < this.text.elements.length; index += step || 1) {
      const found = this.#of(this.text.block(this.text.elements[index]), "word");
      if (found.length) return found[0];
    }
    return null;
  }

  // The nearest border between characters (as people see them) `step` on from an offset.
  character(offset, step) {
    const block = step > 0 ? this.text.blockAt(offset) : this.text.blockAt(Math.max(offset - 1, 0));
    let at = block.start;
    let before = at;
    for (const { segment } of this.parts.grapheme.segment(block.text)) {
      before = at;
      at += block.isWide ? [...segment].length : segment.length;
      if (step > 0 && at > offset) return at;
      if (step < 0 && at >= offset) return before;
    }
    return offset;
  }

  // A span without white space at its ends; widened to whole words unless it is meant exactly.
  // Null if nothing is left of it.
  snap(start, end, isExact = false) {
    const words = this.text.slice(start, end);
    if (words === null) return null;
    const trimmed = trim(words);
    if (!trimmed) return null;
    const [from, to] = [start + trimmed[0], start + trimmed[1]];
    if (isExact) return [from, to];
    return [this.#border(from, false), this.#border(to, true)];
  }

  #border(offset, isEnd) {
    const block = this.text.blockAt(isEnd ? Math.max(offset - 1, 0) : offset);
    const inside = this.#of(block, "word").find(([start, end]) => start < offset && offset < end);
    return inside ? inside[isEnd ? 1 : 0] : offset;
  }
}

// Where words begin and end without the white space around them, in code points.
function trim(words) {
  const points = [...words];
  const first = points.findIndex((point) => !SPACE.test(point));
  if (first < 0) return null;
  return [first, points.findLastIndex((point) => !SPACE.test(point)) + 1];
}
