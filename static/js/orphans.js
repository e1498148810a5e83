// Orphans: from one to the next, a place chosen, placed and given up by key.
import { bindKeys } from "./keys.js";

const rows = () => [...document.querySelectorAll(".orphan")];
const here = () => document.activeElement?.closest(".orphan");
const follow = (selector) => document.querySelector(selector)?.click();

function move(by) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(here());
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)];
  next.querySelector(".orphan-article").focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function press(selector) {
  const button = here()?.querySelector(selector);
  if (!button) return false;
  button.click();
}

function choose(nth) {
  const radio = here()?.querySelector(`input[data-nth="${nth}"]`);
  if (!radio) return false;
  radio.checked = true;
}

function type() {
  const field = here()?.querySelector("input[name=words]");
  if (!field) return false;
  field.focus();
}

bindKeys({
  j: () => move(1),
  k: () => move(-1),
  J: () => follow('.pager a[rel="next"]'),
  K: () => follow('.pager a[rel="prev"]'),
  1: () => choose(1),
  2: () => choose(2),
  3: () => choose(3),
  4: () => choose(4),
  5: () => choose(5),
  w: type,
  y: () => press("[data-place]"),
  x: () => press("[data-drop]"),
  u: () => follow("a[data-back]"),
});
