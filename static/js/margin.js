// The margin beside a text: the lines of each block stand where the block stands, and each line
// where its words do as far as there is room. Without scripts they are a list, block by block.
// What is in sight is put in its place at once, lines far down are made when it is painted.
import { fill, fillAll, held } from "./margin_lines.js";

const LINE = 24; // what a line of the margin takes, about
const BELOW = 800; // how far the margin may go on below the text; where it would go on further,
const DRIFT = 240; // lines are pushed so far below their words at most, and scroll block by block
const FINE = 1000; // so many lines are put to the lines of the text one by one
const PAUSE = 300; // ms that lines far down wait at most for a moment in which nothing is done
const SPELL = 30; // ms that are spent on them at a time: each time, the page is drawn once

const lines = document.querySelector(".margin-lines");
const text = document.querySelector(".article-main, .reading");
// What is known of the lines of a list until they change: { note, height } of each.
const known = new WeakMap();
let isDue = false;

if (lines && text) begin();

function begin() {
  fillInSight();
  align();
  const changes = new MutationObserver((records) => {
    for (const { target } of records) known.delete(target.closest?.("[data-margin]"));
    soon();
  });
  changes.observe(lines, { childList: true, subtree: true });
  // An observer speaks up once as it begins: that is what is aligned already.
  for (const each of [text, lines.previousElementSibling ?? lines]) {
    let isFirst = true;
    new ResizeObserver(() => (isFirst ? (isFirst = false) : soon())).observe(each);
  }
  addEventListener("resize", soon);
  addEventListener("beforeprint", fillAll);
  addEventListener("hashchange", showNamed);
  showNamed();
  if (held().length) requestAnimationFrame(() => setTimeout(() => idle(() => fillRest(changes))));
  else lines.dataset.whole = "";
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
    const { top, bottom } = block.getBoundingClientRect();
    if (top > innerHeight * 2) break;
    if (bottom > -innerHeight) fill(list);
  }
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
  lines.dataset.whole = "";
  soon();
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
    if (lines.dataset.aligned === "beside") for (const group of groups) spread(notesOf(group), 0, 0);
    lines.dataset.aligned = "list";
    lines.style.blockSize = "";
    for (const group of groups) group.style.containIntrinsicBlockSize = `auto ${heightOf(group)}px`;
    return;
  }
  const { top } = lines.getBoundingClientRect();
  const isFine = groups.reduce((sum, group) => sum + countOf(group), 0) <= FINE;
  const tops = isFine ? wordsTops(top) : null;
  const blocks = blocksByNumber();
  // All that is read comes before all that is written: the page is laid out once.
  const wanted = groups.map((group) => {
    const block = blocks.get(group.dataset.margin);
    const at = block ? block.getBoundingClientRect().top - top : 0;
    return { group, at, height: heightOf(group) };
  });
  const needed = wanted.reduce((sum, each) => sum + each.height, 0);
  const drift = needed > text.offsetHeight + BELOW ? DRIFT : Infinity;
  let end = 0;
  for (const [index, each] of wanted.entries()) {
    each.at = Math.max(each.at, Math.min(end, each.at + drift), 0);
    if (index) each.at = Math.max(each.at, wanted[index - 1].at + LINE);
    end = each.at + each.height;
  }
  const row = rowHeight();
  for (const [index, { group, at, height }] of wanted.entries()) {
    const next = wanted[index + 1];
    group.style.insetBlockStart = `${at}px`;
    group.style.maxBlockSize = next ? `${wholeRows(group, height, next.at - at - 2, row)}px` : "";
    group.style.containIntrinsicBlockSize = `${height}px`;
    if (isFine) spread(notesOf(group), at, next ? next.at - at - 2 - height : Infinity, tops);
  }
  const last = wanted.at(-1);
  lines.style.blockSize = last ? `${last.at + last.height}px` : "";
  lines.dataset.aligned = "beside";
}

// How high a line of the margin is set.
function rowHeight() {
  const note = lines.querySelector(".note");
  return (note && parseFloat(getComputedStyle(note).lineHeight)) || LINE;
}

// Of a list that does not fit, as much of the room as whole lines take: none is cut in half.
function wholeRows(group, height, room, row) {
  if (height <= room) return room;
  let taken = 0;
  for (const { height: own } of notesOf(group)) {
    const more = (own / LINE) * row;
    if (taken && taken + more > room + 2) break;
    taken += more;
  }
  return taken || room;
}

// Whether there is room for the margin beside the text; else it is a list below it.
function isBeside() {
  const margin = lines.getBoundingClientRect();
  const { left, right } = text.getBoundingClientRect();
  return margin.left >= right || margin.right <= left;
}

// The lines of a list, each with its height, about: those out of sight are not laid out.
function notesOf(group) {
  if (group.dataset.lines) return [];
  let found = known.get(group);
  if (!found) {
    found = [...group.children].map((note) => ({ note, height: height(note) }));
    known.set(group, found);
  }
  return found;
}

function height(note) {
  const isLong = note.textContent.length > 40;
  return LINE * (1 + (isLong ? 1 : 0) + (note.querySelector(".note-comment") ? 1 : 0));
}

function countOf(group) {
  return Number(group.dataset.lines ?? group.childElementCount);
}

function heightOf(group) {
  if (group.dataset.lines) return LINE * countOf(group);
  return notesOf(group).reduce((sum, each) => sum + each.height, 0);
}

// Where the words of each mention begin, from the top of the margin.
function wordsTops(top) {
  const found = new Map();
  for (const piece of text.querySelectorAll("[data-m]")) {
    for (const id of piece.dataset.m.split(" ")) {
      if (!found.has(id)) found.set(id, piece.getClientRects()[0].top - top);
    }
  }
  return found;
}

// Puts lines beside their words as far as what comes after them leaves room.
function spread(notes, at, left, tops) {
  let room = left;
  let place = at;
  for (const { note, height: own } of notes) {
    const words = tops?.get(note.dataset.mention) ?? place;
    const gap = Math.max(0, Math.min(words - place, room));
    note.style.marginBlockStart = gap > 1 ? `${gap}px` : "";
    room -= gap;
    place += gap + own;
  }
}
