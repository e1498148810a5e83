// The margin beside a text: the lines of each block stand where the block stands, and each line
// where its words do as far as there is room. Without scripts they are a list, block by block.

const LINE = 24; // what a line of the margin takes, about
const BELOW = 800; // how far the margin may go on below the text; where it would go on further,
const DRIFT = 240; // lines are pushed so far below their words at most, and scroll block by block
const FINE = 1000; // so many lines are put to the lines of the text one by one

const lines = document.querySelector(".margin-lines");
const text = document.querySelector(".article-main, .reading");
let isDue = false;

if (lines && text) begin();

function begin() {
  align();
  const soon = () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      align();
    });
  };
  new ResizeObserver(soon).observe(text);
  new ResizeObserver(soon).observe(lines.previousElementSibling ?? lines);
  new MutationObserver(soon).observe(lines, { childList: true, subtree: true });
  addEventListener("resize", soon);
}

function align() {
  if (!isBeside()) {
    lines.dataset.aligned = "list";
    lines.style.blockSize = "";
    return;
  }
  const groups = [...lines.querySelectorAll("[data-margin]:not(:empty)")];
  const top = lines.getBoundingClientRect().top;
  const isFine = lines.querySelectorAll("[data-mention]").length <= FINE;
  const tops = isFine ? wordsTops(top) : null;
  // All that is read comes before all that is written: the page is laid out once.
  const wanted = groups.map((group) => {
    const block = text.querySelector(`[data-block="${group.dataset.margin}"]`);
    const notes = [...group.children].map((note) => ({
      note,
      height: height(note),
      words: tops?.get(note.dataset.mention),
    }));
    return {
      group,
      notes,
      at: block ? block.getBoundingClientRect().top - top : 0,
      height: notes.reduce((sum, each) => sum + each.height, 0),
    };
  });
  const needed = wanted.reduce((sum, each) => sum + each.height, 0);
  const drift = needed > text.offsetHeight + BELOW ? DRIFT : Infinity;
  let end = 0;
  for (const [index, each] of wanted.entries()) {
    each.at = Math.max(each.at, Math.min(end, each.at + drift), 0);
    if (index) each.at = Math.max(each.at, wanted[index - 1].at + LINE);
    end = each.at + each.height;
  }
  for (const [index, { group, notes, at, height }] of wanted.entries()) {
    const next = wanted[index + 1];
    group.style.insetBlockStart = `${at}px`;
    group.style.maxBlockSize = next ? `${next.at - at - 2}px` : "";
    group.style.containIntrinsicBlockSize = `${height}px`;
    if (isFine) spread(notes, at, next ? next.at - at - 2 - height : Infinity);
  }
  const last = wanted.at(-1);
  lines.style.blockSize = last ? `${last.at + last.height}px` : "";
  lines.dataset.aligned = "beside";
}

// Whether there is room for the margin beside the text; else it is a list below it.
function isBeside() {
  const margin = lines.getBoundingClientRect();
  const { left, right } = text.getBoundingClientRect();
  return margin.left >= right || margin.right <= left;
}

// What a line takes, about: lines out of sight are not laid out.
function height(note) {
  const isLong = note.textContent.length > 40;
  return LINE * (1 + (isLong ? 1 : 0) + (note.querySelector(".note-comment") ? 1 : 0));
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
function spread(notes, at, left) {
  let room = left;
  let place = at;
  for (const { note, words, height: own } of notes) {
    const gap = Math.max(0, Math.min((words ?? place) - place, room));
    note.style.marginBlockStart = gap > 1 ? `${gap}px` : "";
    room -= gap;
    place += gap + own;
  }
}
