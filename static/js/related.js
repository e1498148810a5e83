// Related coverage by key: w goes to it; within it j and k go from one to the next, y confirms,
// x rejects, m compares, o opens the link. Outside of it those keys are the page's own.
import { bindKeys } from "./keys.js";

const panel = () => document.getElementById("related");
const rows = () => [...panel().querySelectorAll("[data-kin]")].filter((row) => row.checkVisibility());
const here = () => document.activeElement?.closest?.("[data-kin]");
let last = null;

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
  last = here().dataset.kin;
  within[event.key]();
}, true);

bindKeys({ w: () => go(rows()[0] ?? panel()?.querySelector("summary, h2")) });

// What was said puts a new panel in place: one stays where one was.
document.addEventListener("htmx:afterSettle", () => {
  if (!last || document.activeElement !== document.body) return;
  go(panel()?.querySelector(`[data-kin="${last}"]`) ?? rows()[0]);
});
