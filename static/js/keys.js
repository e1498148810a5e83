// One table of keys for the page. A key is what KeyboardEvent.key says; "g a" is one after another.
// Keys rest while someone types or a dialog is open, and leave the browser's own shortcuts alone.

const PATIENCE = 1000; // ms between the two keys of a pair
const table = new Map();
let first = null;

export function bindKeys(keys) {
  for (const [key, act] of Object.entries(keys)) table.set(key, act);
}

function isTyping({ target, key }) {
  // A box that was ticked takes no letters: Space, Escape and arrows are its own, the others go on.
  const isBox = target.matches?.("input[type=checkbox], input[type=radio]");
  if (isBox && key.length === 1 && key !== " ") return false;
  return target.closest?.("input, textarea, select, [contenteditable]") !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (document.querySelector("dialog[open]")) return;
  if (isTyping(event)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const pair = first && event.timeStamp - first.at < PATIENCE ? `${first.key} ${event.key}` : null;
  first = { key: event.key, at: event.timeStamp };
  const act = table.get(pair) ?? table.get(event.key);
  if (!act) return;
  first = null;
  // An act returns false to leave the key to the browser, e.g. Enter on a link.
  if (act(event) !== false) event.preventDefault();
});
