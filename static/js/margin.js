// The margin beside a text: the lines of each block stand where the block stands, and each line
// where its words do as far as there is room. Without scripts they are a list, block by block.
// What is in sight is put in its place at once, lines far down are made when it is painted.
import { boxOf, isNear, isWhole, layOutRest } from "./far.js";
import { countOf, forget, heightOf, isSure, measured, notesOf, rowHeight, wholeLines } from "./margin_heights.js";
import { fill, fillAll, held } from "./margin_lines.js";

const GAP = 4; // px that part a list from the next one at least: half of them are its last line's
const BELOW = 800; // how far the margin may go on below the text; where it would go on further,
const DRIFT = 240; // lines are pushed so far below their words at most, and scroll block by block
const FINE = 1000; // of more lines, only those near what is in sight are put beside their words
const PAUSE = 300; // ms that lines far down wait at most for a moment in which nothing is done
const SPELL = 30; // ms that are spent on them at a time: each time, the page is drawn once

const lines = document.querySelector(".margin-lines");
const text = document.querySelector(".article-main, .reading");
let isDue = false;
// While the text is still laid out bit by bit, below what is in sight.
let isGrowing = !isWhole(document);

if (lines && text) begin();

function begin() {
  fillInSight();
  align();
  const changes = new MutationObserver((records) => {
    for (const { target } of records) forget(target.closest?.("[data-margin]"));
    soon();
  });
  changes.observe(lines, { childList: true, subtree: true });
  // An observer speaks up once as it begins: that is what is aligned already.
  for (const each of [text, lines.previousElementSibling ?? lines]) {
    let isFirst = true;
    new ResizeObserver(() => {
      if (isFirst) isFirst = false;
      else if (!isGrowing) soon();
    }).observe(each);
  }
  addEventListener("resize", soon);
  lines.addEventListener("contentvisibilityautostatechange", () => isGrowing || soon(), true);
  lines.addEventListener("scroll", markEnd, true);
  addEventListener("beforeprint", fillAll);
  addEventListener("hashchange", showNamed);
  showNamed();
  if (held().length || isGrowing) requestAnimationFrame(() => setTimeout(() => makeRest(changes)));
  else lines.dataset.whole = "";
  if (document.readyState === "complete") fetchLater();
  else addEventListener("load", fetchLater);
}

// Scripts that a long text is painted without: they look through all of it as they begin, and
// know that it is there by the page being complete.
function fetchLater() {
  const later = document.getElementById("later");
  if (later) requestAnimationFrame(() => setTimeout(() => idle(() => document.head.append(later.content))));
}

function soon() {
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(() => {
    isDue = false;
    align();
  });
}

function idle(act) {
  if (globalThis.requestIdleCallback) requestIdleCallback(act, { timeout: PAUSE });
  else setTimeout(act);
}

// Makes the lines beside the part of the text that is in sight, and a screen around it.
function fillInSight() {
  const waiting = held();
  if (!waiting.length) return;
  const blocks = blocksByNumber();
  for (const list of waiting) {
    const block = blocks.get(list.dataset.margin);
    if (!block) continue;
    const { top, bottom } = boxOf(block).getBoundingClientRect();
    if (top > innerHeight * 2) break;
    if (bottom > -innerHeight) fill(list);
  }
}

// What is far from what is in sight: the text, then the lines beside it.
function makeRest(changes) {
  layOutRest(text, idle, () => {
    isGrowing = false;
    idle(() => fillRest(changes));
  });
}

// Makes the others bit by bit, when nothing else is to be done.
function fillRest(changes) {
  const over = performance.now() + SPELL;
  const waiting = held();
  let count = 0;
  while (count < waiting.length && (count === 0 || performance.now() < over)) {
    fill(waiting[count]);
    count += 1;
  }
  // Where they stand is known, about: all are put in their places once they are there.
  changes.takeRecords();
  if (count < waiting.length) {
    idle(() => fillRest(changes));
    return;
  }
  requestAnimationFrame(() => {
    align();
    lines.dataset.whole = "";
  });
}

// An address may lead to a line that is not there yet.
function showNamed() {
  const { hash } = location;
  if (!/^#tag-\d+$/.test(hash) || document.getElementById(hash.slice(1)) || !held().length) return;
  fillAll();
  if (document.getElementById(hash.slice(1))) location.replace(hash);
}

function blocksByNumber() {
  return new Map([...text.querySelectorAll("[data-block]")].map((block) => [block.dataset.block, block]));
}

function align() {
  const groups = [...lines.querySelectorAll("[data-margin]:not(:empty)")];
  if (!isBeside()) {
    alignAsList(groups);
    return;
  }
  // All that is read comes before all that is written: the page is laid out once.
  const wanted = places(groups);
  for (const { group, at, height, room, notes, words } of wanted) {
    group.style.insetBlockStart = `${at}px`;
    if (room < Infinity) clip(group, notes, wholeLines(notes, height, room));
    else clip(group, [], Infinity);
    group.style.containIntrinsicBlockSize = `${height}px`;
    if (words) spread(notes, at, room - height, words);
  }
  const last = wanted.at(-1);
  lines.style.blockSize = last ? `${last.at + last.height}px` : "";
  lines.dataset.aligned = "beside";
  trim(wanted.filter(({ group, height, room, setting }) => height > room && setting.isNear && !isSure(group)));
}

// What scrolls is narrower by its bar, and its lines may take more rows for that.
function trim(clipped) {
  const found = clipped.map(({ group, room }) => ({ group, room, notes: measured(group) }));
  for (const { group, room, notes } of found) {
    clip(group, notes, wholeLines(notes, Infinity, room));
  }
}

// Shows so much of a list, and says how many of its lines are below that.
function clip(group, notes, shown) {
  group.style.maxBlockSize = shown < Infinity ? `${shown + GAP / 2}px` : "";
  let end = 0;
  const below = notes.filter(({ height }) => (end += height) > shown + 1).length;
  if (below) group.dataset.below = `+${below}`;
  else delete group.dataset.below;
}

// Who has gone to the end of a list need not be told that there is more.
function markEnd({ target }) {
  if (!target.matches?.("[data-below]")) return;
  target.classList.toggle("is-at-end", target.scrollTop + target.clientHeight >= target.scrollHeight - GAP);
}

function alignAsList(groups) {
  const setting = { row: rowHeight(lines), inline: 0, isNear: false };
  for (const group of groups) {
    if (lines.dataset.aligned === "beside") spread(notesOf(group, setting), 0, 0);
    delete group.dataset.below;
    group.style.containIntrinsicBlockSize = `auto ${heightOf(group, setting)}px`;
  }
  lines.dataset.aligned = "list";
  lines.style.blockSize = "";
}

// Where each list is to stand, from the top of the margin, and how much room it has there; for those
// that have room to spare beside what is in sight, where their words are.
function places(groups) {
  const { top, width: inline } = lines.getBoundingClientRect();
  const row = rowHeight(lines);
  const blocks = blocksByNumber();
  const isFine = !isGrowing && groups.reduce((sum, group) => sum + countOf(group), 0) <= FINE;
  const wanted = groups.map((group) => {
    const block = blocks.get(group.dataset.margin);
    const setting = { row, inline, isNear: Boolean(block) && (isFine || isNear(block)) };
    const box = setting.isNear ? block : block && boxOf(block);
    const notes = notesOf(group, setting);
    const at = box ? box.getBoundingClientRect().top - top : 0;
    return { group, block, setting, notes, at, height: heightOf(group, setting) };
  });
  const needed = wanted.reduce((sum, each) => sum + each.height, 0);
  const drift = needed > textHeight() + BELOW ? DRIFT : Infinity;
  let end = 0;
  for (const [index, each] of wanted.entries()) {
    each.at = Math.max(each.at, Math.min(end, each.at + drift), 0);
    // There is room for the first line of the list before, at least.
    const before = wanted[index - 1];
    if (before) each.at = Math.max(each.at, before.at + (before.notes[0]?.height ?? row) + GAP);
    end = each.at + each.height + GAP;
  }
  for (const [index, each] of wanted.entries()) {
    each.room = index + 1 < wanted.length ? wanted[index + 1].at - each.at - GAP : Infinity;
    each.words = each.setting.isNear && each.room > each.height ? wordsTops(each.block, top) : null;
  }
  return wanted;
}

// How high the words are; what holds them is as high as the margin beside it.
function textHeight() {
  const last = text.lastElementChild ?? text;
  return last.getBoundingClientRect().bottom - text.getBoundingClientRect().top;
}

// Whether there is room for the margin beside the text; else it is a list below it.
function isBeside() {
  const margin = lines.getBoundingClientRect();
  const { left, right } = text.getBoundingClientRect();
  return margin.left >= right || margin.right <= left;
}

// Where the words of each mention of a block begin, from the top of the margin.
function wordsTops(block, top) {
  const found = new Map();
  for (const piece of block.querySelectorAll("[data-m]")) {
    for (const id of piece.dataset.m.split(" ")) {
      if (!found.has(id)) found.set(id, piece.getClientRects()[0].top - top);
    }
  }
  return found;
}

// Puts lines beside their words as far as what comes after them leaves room.
function spread(notes, at, left, words) {
  let room = left;
  let place = at;
  for (const { note, height: own } of notes) {
    const wanted = words?.get(note.dataset.mention) ?? place;
    const gap = Math.max(0, Math.min(wanted - place, room));
    note.style.marginBlockStart = gap > 1 ? `${gap}px` : "";
    room -= gap;
    place += gap + own;
  }
}
