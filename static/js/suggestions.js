// Rows of names and of places: from one to the next, ticked, accepted and rejected by key.
import { bindKeys } from "./keys.js";

const rows = () => [...document.querySelectorAll(".suggestion-row, .spread-lines .kwic-line")];
const here = () => document.activeElement?.closest(".suggestion-row, .kwic-line");
const handle = (row) => row.querySelector("a.suggestion-name, .kwic-text a") ?? row.querySelector("input");
const follow = (selector) => document.querySelector(selector)?.click();

function move(by) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(here());
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)];
  handle(next).focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function press(selector) {
  const button = here()?.querySelector(selector);
  if (!button) return false;
  button.click();
}

function tick() {
  const box = here()?.querySelector("input[type=checkbox]");
  if (!box) return false;
  box.checked = !box.checked;
}

bindKeys({
  j: () => move(1),
  k: () => move(-1),
  J: () => follow('.pager a[rel="next"]'),
  K: () => follow('.pager a[rel="prev"]'),
  y: () => press("[data-accept]"),
  x: () => press("[data-reject]"),
  t: tick,
  u: () => follow("a[data-back]"),
});

document.querySelector("[data-ticks]")?.addEventListener("click", ({ currentTarget }) => {
  const boxes = [...currentTarget.form.querySelectorAll("input[name=group]")];
  const all = !boxes.every((box) => box.checked);
  for (const box of boxes) box.checked = all;
});
