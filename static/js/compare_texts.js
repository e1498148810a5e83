// Editions side by side: what is marked, at once; keys from difference to difference; the other
// place of what moved. Without it the form's button does the same, and links lead there.
import { bindKeys } from "./keys.js";

const root = document.querySelector("[data-compare]");
const form = root.querySelector("[data-show-form]");
const boxes = [...form.querySelectorAll("input[type=checkbox]")];
const place = root.querySelector("[data-place]");
const first = place.textContent;
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

// ---- What is marked ----

form.querySelector("[data-show-button]").hidden = !form.querySelector("select");

function mark() {
  for (const box of boxes) root.classList.toggle(`hides-${box.value}`, !box.checked);
  const shown = boxes.filter((box) => box.checked).map((box) => box.value);
  const atFirst = boxes.every((box) => box.checked === (box.value !== "marks"));
  for (const link of [location, ...root.querySelectorAll("a[data-view], a[data-key=x]")]) {
    const address = new URL(link.href);
    if (atFirst) address.searchParams.delete("show");
    else address.searchParams.set("show", shown.join(","));
    const words = address.href.replaceAll("%2C", ",");
    if (link === location) history.replaceState(history.state, "", words);
    else link.href = words;
  }
}

form.addEventListener("change", (event) => {
  if (event.target.matches("input[type=checkbox]")) mark();
  else form.requestSubmit();
});

function toggle(number) {
  const box = boxes[number - 1];
  if (!box) return false;
  box.checked = !box.checked;
  mark();
}

// ---- From difference to difference ----

const isSeen = (element) => element.getClientRects().length > 0;
let here = null;

function unfold(element) {
  for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) {
    fold.open = true;
  }
}

// In the layout that is shown; what is folded away counts.
function stops() {
  return [...root.querySelectorAll("[data-stop]")].filter(
    (line) => isSeen(line) || isSeen(line.closest("details:not([open])") ?? line),
  );
}

function come(line) {
  here?.classList.remove("is-here");
  here = line;
  unfold(line);
  line.classList.add("is-here");
  line.focus({ preventScroll: true });
  line.scrollIntoView({ block: "center", behavior: calm ? "instant" : "auto" });
}

function step(by) {
  const all = stops();
  if (!all.length) return false;
  const at = all.indexOf(here);
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length;
  come(all[next]);
  place.textContent = `${next + 1} of ${all.length}`;
}

// ---- The other place of what moved ----

// The element that a link means, in the layout that is shown.
function target(link) {
  const id = decodeURIComponent(link.hash.slice(1)).replace(/^u/, "");
  return [id, `u${id}`]
    .map((each) => document.getElementById(each))
    .find((each) => each && (isSeen(each) || isSeen(each.closest("details:not([open])") ?? each)));
}

root.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='#']");
  const found = link && target(link);
  if (!found) return;
  event.preventDefault();
  const line = found.closest(".line");
  line.tabIndex = -1;
  come(line);
  place.textContent = first;
});

function toOtherPlace() {
  const link =
    here?.querySelector("a.moved-note, a.moved-way") ??
    [...root.querySelectorAll("a.moved-note, a.moved-way")].find(isSeen);
  if (!link) return false;
  link.click();
}

function foldAll() {
  const folds = [...root.querySelectorAll("details.stretch")];
  const open = folds.some((fold) => !fold.open);
  for (const fold of folds) fold.open = open;
}

// Paper can't be unfolded.
addEventListener("beforeprint", () => {
  for (const fold of root.querySelectorAll("details:not([open])")) {
    fold.open = true;
    fold.dataset.printed = "";
  }
});
addEventListener("afterprint", () => {
  for (const fold of root.querySelectorAll("details[data-printed]")) {
    fold.open = false;
    delete fold.dataset.printed;
  }
});

const inColumn = () => [...root.querySelectorAll(".unified")].some(isSeen);

// Which layout the width has chosen, where the address names none.
if (root.classList.contains("is-either")) {
  const narrow = matchMedia("(max-width: 48rem)");
  const tell = () => {
    for (const link of root.querySelectorAll("a[data-view]")) {
      if ((link.dataset.view === "unified") === inColumn()) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  };
  narrow.addEventListener("change", tell);
  tell();
}

function otherView() {
  const column = inColumn();
  const link = root.querySelector(`a[data-view=${column ? "side" : "unified"}]`);
  if (!link) return false;
  link.click();
}

for (const link of root.querySelectorAll("[data-key]")) {
  bindKeys({ [link.dataset.key]: () => link.click() });
}
bindKeys({ n: () => step(1), p: () => step(-1), m: toOtherPlace, o: foldAll, v: otherView });
for (const number of [1, 2, 3, 4, 5, 6]) bindKeys({ [number]: () => toggle(number) });
