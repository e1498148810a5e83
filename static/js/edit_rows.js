// Rows that one adds, moves and removes: [data-rows] > [data-list] > [data-row], with buttons
// [data-does]. Without this script the same buttons ask the server.

const after = new Map();

// What else is to be done by a button, by its name: gets the row and the whole.
export function bindDoing(name, act) {
  after.set(name, act);
}

export function rowsOf(whole) {
  return [...whole.querySelector("[data-list]").children];
}

export function say(whole, words) {
  whole.querySelector("[data-said]").textContent = words;
}

export function number(whole) {
  rowsOf(whole).forEach((row, index) => {
    for (const place of row.querySelectorAll("[data-number]")) place.textContent = index + 1;
  });
}

export function blank(whole) {
  return whole.querySelector("[data-blank]").content.firstElementChild.cloneNode(true);
}

// Puts a new row behind another, or at the end.
export function add(whole, behind = null, row = blank(whole)) {
  if (behind) behind.after(row);
  else whole.querySelector("[data-list]").append(row);
  window.htmx?.process(row);
  number(whole);
  row.querySelector("textarea, input")?.focus();
  return row;
}

export function move(whole, row, by) {
  const rows = rowsOf(whole);
  const to = rows.indexOf(row) + by;
  if (to < 0 || to >= rows.length) return;
  const focused = document.activeElement;
  if (by < 0) rows[to].before(row);
  else rows[to].after(row);
  focused?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  number(whole);
  say(whole, `Moved to place ${to + 1} of ${rows.length}.`);
}

export function remove(whole, row) {
  const rows = rowsOf(whole);
  const at = rows.indexOf(row);
  const next = rows[at + 1] ?? rows[at - 1];
  row.remove();
  number(whole);
  const button = whole.querySelector("[data-does='back']");
  if (button) {
    button.hidden = false;
    button.onclick = () => {
      const now = rowsOf(whole);
      if (at < now.length) now[at].before(row);
      else whole.querySelector("[data-list]").append(row);
      number(whole);
      button.hidden = true;
      say(whole, `Put back in place ${at + 1}.`);
      row.querySelector("textarea, input")?.focus();
    };
  }
  say(whole, `Number ${at + 1} was removed.`);
  (next?.querySelector("[data-does='remove']") ?? whole.querySelector("[data-does='add']"))?.focus();
}

const doings = {
  up: (whole, row) => move(whole, row, -1),
  down: (whole, row) => move(whole, row, 1),
  remove,
  add: (whole) => add(whole),
  insert: (whole, row) => add(whole, row),
};

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-rows] [data-does]");
  if (!button || button.dataset.does === "back") return;
  const act = doings[button.dataset.does] ?? after.get(button.dataset.does);
  if (!act) return;
  event.preventDefault();
  act(button.closest("[data-rows]"), button.closest("[data-row]"));
});
