// Where keys lead in a text: by word, line, sentence and paragraph, or by a character.
import { boxOf } from "../far.js";
import { rectangle } from "./selection.js";

// Returns what a key means: { by, step, isExtending }; null if it is no key of the caret.
// In a text from right to left the left arrow leads on.
export function meaning(event, isRightToLeft) {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  const isExtending = shiftKey;
  if (metaKey) return null;
  if (altKey && !shiftKey) return null; // the browser's way back
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const step = (key === "ArrowRight") === isRightToLeft ? -1 : 1;
    if (altKey) return { by: "character", step, isExtending };
    return { by: ctrlKey ? "sentence" : "word", step, isExtending };
  }
  if (altKey) return null;
  if (key === "ArrowUp" || key === "ArrowDown") {
    return { by: ctrlKey ? "block" : "line", step: key === "ArrowDown" ? 1 : -1, isExtending };
  }
  if (key === "Home" || key === "End") {
    return { by: ctrlKey ? "text" : "edge", step: key === "End" ? 1 : -1, isExtending };
  }
  return null;
}

// Moves or extends a selection; false if there is nothing further that way.
export function move(selection, { by, step, isExtending }) {
  if (!selection.anchor) return begin(selection);
  const found = isExtending ? extended(selection, by, step) : moved(selection, by, step);
  if (!found) return false;
  if (!isExtending) selection.choose(found);
  else if (by === "character") return adjust(selection, found);
  else selection.choose(selection.anchor, found);
  return true;
}

// At the word where one was last, if it can be seen; else at the first that can.
export function begin(selection) {
  const { text, words } = selection;
  if (selection.place !== null) {
    const word = words.at(selection.place);
    if (word && isInSight(text, word)) {
      selection.choose(word);
      return true;
    }
  }
  const block = text.blocks.find((each) => boxOf(each.element).getBoundingClientRect().bottom > 64);
  let word = words.at(block?.start ?? 0);
  while (word && !isInSight(text, word) && rectangle(text, word).top < 64) word = words.after(word[1]);
  if (!word) return false;
  selection.choose(word);
  return true;
}

function isInSight(text, span) {
  const { top, bottom } = rectangle(text, span);
  return top >= 56 && bottom <= innerHeight;
}

// The other end becomes the one that moves.
export function turn(selection) {
  if (selection.anchor) selection.choose(selection.focus, selection.anchor);
}

function moved(selection, by, step) {
  const { words, span } = selection;
  const from = step > 0 ? span[1] : span[0];
  if (by === "word") return step > 0 ? words.after(from) : words.before(from);
  if (by === "line") return onNextLine(selection, step);
  if (by === "block") {
    if (step > 0) return words.inBlock(from - 1, 1);
    const first = words.inBlock(from, 0);
    return first && first[0] < from ? first : words.inBlock(from, -1);
  }
  const place = border(selection, by, step, from);
  if (place === null) return null;
  return step > 0 && by !== "sentence" ? words.before(place) : words.at(place);
}

function extended(selection, by, step) {
  const { words, focus } = selection;
  const from = step > 0 ? focus[1] : focus[0];
  if (by === "character") return words.character(movingEnd(selection), step);
  if (by === "word") return step > 0 ? words.after(from) : words.before(from);
  if (by === "line") return onNextLine(selection, step);
  const place = by === "sentence" || by === "block" ? edge(selection, by, step, from)
    : border(selection, by, step, from);
  return place === null ? null : [place, place];
}

// The end or the beginning of the sentence or the block, of the next one if one is there already.
function edge({ words, text }, by, step, from) {
  if (by === "sentence" && step > 0) return words.at(from, "sentence")?.[1] ?? null;
  if (by === "sentence") return border({ words, text }, by, step, from);
  const index = text.indexAt(step > 0 ? from : Math.max(from - 1, 0));
  const block = text.block(text.elements[index]);
  if (step > 0 && block.end > from) return block.end;
  if (step < 0 && block.start < from) return block.start;
  const next = text.elements[index + step];
  return next ? text.block(next)[step > 0 ? "end" : "start"] : null;
}

function border({ words, text }, by, step, from) {
  if (by === "sentence") {
    if (step > 0) return words.after(from, "sentence")?.[0] ?? null;
    const here = words.at(from, "sentence");
    if (here && here[0] < from) return here[0];
    return words.before(from, "sentence")?.[0] ?? null;
  }
  if (by === "edge") {
    const block = text.blockAt(Math.max(step > 0 ? from - 1 : from, 0));
    return step > 0 ? block.end : block.start;
  }
  const blocks = text.elements;
  return step > 0 ? text.block(blocks[blocks.length - 1]).end : text.block(blocks[0]).start;
}

function movingEnd({ anchor, focus, span }) {
  return focus[0] < anchor[0] ? span[0] : span[1];
}

function adjust(selection, place) {
  const { anchor, focus, span } = selection;
  const isBackwards = focus[0] < anchor[0];
  const other = isBackwards ? span[1] : span[0];
  if (place === other) return false;
  selection.choose([other, other], [place, place]);
  return true;
}

// The word nearest to where one is, in the line below or above.
function onNextLine(selection, step) {
  const { text, words, focus } = selection;
  const next = (word) => (step > 0 ? words.after(word[1]) : words.before(word[0]));
  const here = focus[0] === focus[1] ? words.at(Math.max(focus[0] - 1, 0)) : focus;
  const from = rectangle(text, here, step > 0);
  const middle = (from.left + from.right) / 2;
  let best = null;
  let line = null;
  for (let word = next(here); word; word = next(word)) {
    const found = rectangle(text, word, step < 0);
    const isOn = (a, b) => a.top < b.bottom - 2 && b.top < a.bottom - 2;
    if (isOn(found, from)) continue;
    line ??= found;
    if (!isOn(found, line)) break;
    const distance = Math.abs((found.left + found.right) / 2 - middle);
    if (!best || distance < best.distance) best = { word, distance };
  }
  return best?.word ?? null;
}
