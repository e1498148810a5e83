// Keys of the Compare page: to a question, and to the ways of looking at the same ones.

import { bindKeys } from "./keys.js";

const links = (name) => [...document.querySelectorAll(`a[data-${name}]`)];

function step(name, by, { around = false } = {}) {
  const all = links(name);
  const at = all.findIndex((link) => link.hasAttribute("aria-current"));
  const next = around ? (at + by + all.length) % all.length : at + by;
  all[next]?.click();
}

function write() {
  const box = document.querySelector("input[data-free]") ?? document.querySelector("#q-1");
  box?.focus();
}

bindKeys({
  "/": write,
  m: () => step("measure", 1, { around: true }),
  // Days come first, so that a shorter stretch is one to the left.
  "+": () => step("zoom", -1),
  "-": () => step("zoom", 1),
  f: () => step("field", 1, { around: true }),
  u: () => document.querySelector("a[data-way=articles]")?.click(),
  l: () => document.querySelector("a[data-way=lines]")?.click(),
});
