// Keys of the concordance: from line to line, to a hit's article, and from one order to another.
import { bindKeys } from "./keys.js";

const links = () => [...document.querySelectorAll("#kwic .kwic-line a")];
const follow = (selector) => document.querySelector(selector)?.click();

function move(by) {
  const all = links();
  if (!all.length) return;
  const at = all.indexOf(document.activeElement);
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)];
  next.focus({ preventScroll: true });
  next.closest(".kwic-line").scrollIntoView({ block: "nearest" });
}

const sort = (value) => () => follow(`a[data-sort="${value}"]:not([aria-current])`);

bindKeys({
  j: () => move(1),
  k: () => move(-1),
  J: () => follow('.pager a[rel="next"]'),
  K: () => follow('.pager a[rel="prev"]'),
  "l 1": sort("left1"),
  "l 2": sort("left2"),
  "l 3": sort("left3"),
  "r 1": sort("right1"),
  "r 2": sort("right2"),
  "r 3": sort("right3"),
  d: () => follow('a[data-sort$="date"]:not([aria-current])'),
  b: sort("source"),
  u: () => follow("a[data-way=articles]"),
  c: () => follow("a[data-way=compare]"),
  "/": () => document.getElementById("q")?.select(),
});

// A click anywhere on a line is one on its hit, unless words are being chosen.
document.getElementById("kwic")?.addEventListener("click", (event) => {
  const line = event.target.closest(".kwic-line");
  if (!line || event.target.closest("a") || event.button !== 0) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (getSelection()?.type === "Range") return;
  line.querySelector("a").click();
});
