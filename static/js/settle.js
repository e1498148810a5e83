// Settling by keys: a b c … n choose in the place one is at, j and k go on and back, e says anew.
// What was decided is sent once, however often a key is pressed.
import { bindKeys } from "./keys.js";

const cases = [...document.querySelectorAll("[data-case]")];
let isLeaving = false;
addEventListener("pageshow", () => { isLeaving = false; });

for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (isLeaving) event.preventDefault();
    isLeaving = true;
  });
}

function current() {
  return cases.find((each) => each.classList.contains("is-current"));
}

function goTo(place, { scrolls = true } = {}) {
  if (!place) return;
  current()?.classList.remove("is-current");
  place.classList.add("is-current");
  const at = document.getElementById(`m${place.dataset.case}`);
  for (const each of document.querySelectorAll(".settle-text .is-here")) each.classList.remove("is-here");
  for (const each of document.querySelectorAll(".settle-text [data-m]")) {
    if (each.dataset.m.split(" ").includes(place.dataset.case)) each.classList.add("is-here");
  }
  if (!scrolls) return;
  place.scrollIntoView({ block: "nearest" });
  // On a wide page text and places scroll apart; on a narrow one only the places are looked at.
  if (matchMedia("(min-width: 62rem)").matches) at?.scrollIntoView({ block: "center" });
}

function step(by) {
  const now = cases.indexOf(current());
  goTo(cases[Math.min(Math.max(now + by, 0), cases.length - 1)]);
}

function choose(key) {
  const place = current();
  if (!place || isLeaving) return false;
  const nothing = key === "n" ? "[data-nothing], " : "";
  const button = place.querySelector(`${nothing}[data-choice="${key}"]`);
  button?.click();
  return Boolean(button);
}

for (const key of "abcdfilmopqrstvwzn") {
  bindKeys({ [key]: () => choose(key) });
}

bindKeys({
  j: () => step(1),
  k: () => step(-1),
  e: () => {
    const details = current()?.querySelector(".case-edit");
    if (!details) return false;
    details.open = true;
    details.querySelector("input[type=text]").select();
    return true;
  },
});

for (const control of document.querySelectorAll("[data-key]")) {
  const press = (event) => {
    if (event.key === "Enter" && event.target.closest?.("a, button, summary, input, select")) return false;
    if (!isLeaving && !control.disabled) control.click();
    return true;
  };
  bindKeys({ [control.dataset.key]: press });
  if ("enter" in control.dataset) bindKeys({ Enter: press });
}

for (const place of cases) {
  place.addEventListener("pointerdown", () => goTo(place, { scrolls: false }));
  place.addEventListener("focusin", () => goTo(place, { scrolls: false }));
  place.querySelector(".case-edit")?.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.currentTarget.open = false;
    event.target.blur();
  });
}

// A click on words that are tagged leads to their place.
document.querySelector(".settle-text")?.addEventListener("click", (event) => {
  const number = event.target.closest("[data-m]")?.dataset.m.split(" ").pop();
  goTo(cases.find((each) => each.dataset.case === number));
});

const named = location.hash.startsWith("#case-") ? document.getElementById(location.hash.slice(1)) : null;
goTo(named ?? current());
