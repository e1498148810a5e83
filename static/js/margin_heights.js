// How high the lines of a margin are. Most take one row, and that is known without asking; where one
// may take more (a long name, a comment), those of a list near what is in sight are measured.

const ONE_ROW = 34; // letters that fit into a row, about
const BUTTONS = 6; // letters that the buttons of a suggestion take beside their signs
const ROW = 22; // px, where there is no line to ask

// By list, until its lines change: `notes`, { note, height } of each, and how they were found out.
const known = new WeakMap();

export function forget(list) {
  known.delete(list);
}

// How high a row is set.
export function rowHeight(lines) {
  const note = lines.querySelector(".note");
  return (note && parseFloat(getComputedStyle(note).lineHeight)) || ROW;
}

// The lines of a list, each with its height; `inline` is how wide they are. Lists that are not
// `isNear` are not laid out, and said about.
export function notesOf(list, { row, inline, isNear }) {
  if (list.dataset.lines) return [];
  const found = known.get(list);
  if (found?.row === row && (found.isMeasured ? found.inline === inline : found.isSure || !isNear)) return found.notes;
  const rows = [...list.children].map(rowsOf);
  const sure = rows.every((count) => count === 1);
  const isMeasured = isNear && !sure;
  const notes = isMeasured
    ? measured(list)
    : [...list.children].map((note, index) => ({ note, height: rows[index] * row }));
  known.set(list, { notes, row, inline, isMeasured, isSure: sure });
  return notes;
}

// The lines of a list with the heights that they have.
export function measured(list) {
  return [...list.children].map((note) => ({ note, height: note.getBoundingClientRect().height }));
}

// Whether each line of a list takes one row, for sure.
export function isSure(list) {
  return known.get(list)?.isSure ?? true;
}

export function countOf(list) {
  return Number(list.dataset.lines ?? list.childElementCount);
}

export function heightOf(list, setting) {
  if (list.dataset.lines) return setting.row * countOf(list);
  return notesOf(list, setting).reduce((sum, each) => sum + each.height, 0);
}

// Of a list that does not fit, as much of the room as whole lines take: none is cut in half.
export function wholeLines(notes, height, room) {
  if (height <= room) return room;
  let taken = 0;
  for (const { height: own } of notes) {
    if (taken && taken + own > room) break;
    taken += own;
  }
  return taken || room;
}

function rowsOf(note) {
  const letters = note.textContent.length + (note.classList.contains("is-suggested") ? BUTTONS : 0);
  const comment = note.querySelector(".note-comment");
  const said = comment?.textContent.length ?? 0;
  return Math.ceil((letters - said) / ONE_ROW) + Math.ceil(said / ONE_ROW);
}
