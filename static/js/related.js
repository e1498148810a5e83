// Related coverage by key: w goes to it; within it j and k go from one to the next, y confirms,
// x rejects, m compares, o opens the link. Outside of it those keys are the page's own.
import { bindKeys } from "./keys.js";

const panel = () => document.getElementById("related");
const rows = () => [...panel().querySelectorAll("[data-kin]")].filter((row) => row.checkVisibility());
const here = () => document.activeElement?.closest?.("[data-kin]");
// What was judged last, and its place: the page comes anew where that is undone.
const KEPT = "related:last";
const kept = () => {
  try { return sessionStorage.getItem(KEPT); } catch { return null; }
};
const keep = (id) => {
  try { sessionStorage.setItem(KEPT, id); } catch { /* no storage: an undo leads to the first */ }
};
let last = kept();
let place = 0;
let unfolded = [];

function go(to) {
  to?.focus({ preventScroll: true });
  to?.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = rows();
  const at = all.indexOf(here());
  go(all[Math.min(Math.max(at + by, 0), all.length - 1)]);
}

const within = {
  j: () => step(1),
  k: () => step(-1),
  y: () => here()?.querySelector("[data-kin-yes]")?.click(),
  x: () => here()?.querySelector("[data-kin-no]")?.click(),
  m: () => here()?.querySelector("[data-kin-compare]")?.click(),
  o: () => here()?.querySelector("[data-kin-open]")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !here()) return;
  if (event.target.closest("input, textarea, select")) return;
  if (event.key === "Escape") document.activeElement.blur();
  if (!Object.hasOwn(within, event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  within[event.key]();
}, true);

bindKeys({ w: () => go(rows()[0] ?? panel()?.querySelector("summary, h2")) });

const folds = () => [...panel().querySelectorAll("details.kin-fold, details.kin-editions")];

// The article that a fold is of, or the kind: its heading stands above the list before it.
function nameOf(fold) {
  const list = fold.previousElementSibling;
  return fold.parentElement.dataset.kin ?? list.previousElementSibling.firstChild.textContent;
}

document.addEventListener("submit", (event) => {
  const row = event.target.closest("[data-kin]");
  if (!row) return;
  last = row.dataset.kin;
  keep(last);
  place = rows().indexOf(row);
  unfolded = folds().filter((fold) => fold.open).map(nameOf);
}, true);

// What was said puts a new panel in place: one stays where one was, or comes to what took its place.
document.addEventListener("htmx:afterSettle", (event) => {
  if (!last || event.target.id !== "related") return;
  for (const fold of folds()) if (unfolded.includes(nameOf(fold))) fold.open = true;
  if (document.activeElement !== document.body) return;
  const all = rows();
  const same = all.find((row) => row.dataset.kin === last);
  go(same ?? all[Math.min(place, all.length - 1)] ?? panel().querySelector("h2"));
});

// An undo leads back to the panel: to what came back. The browser goes to the fragment first, and
// takes the focus away with that.
addEventListener("load", () => {
  if (!last || !panel() || location.hash !== "#related") return;
  const back = panel().querySelector(`[data-kin="${CSS.escape(last)}"]`);
  for (let fold = back?.closest("details"); fold; fold = fold.parentElement.closest("details")) {
    fold.open = true;
  }
  go(back ?? panel().querySelector("h2"));
});
