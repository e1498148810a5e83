// An article of a task: what is said of it by keys, sent once, with how long it was looked at.
// Time counts while the page is seen and someone is at it; what is left behind goes on counting later.
import { bindKeys } from "./keys.js";

const IDLE = 60; // s without a key, a move or a scroll: then nobody is there
const form = document.querySelector("form[data-work]");
const kept = `work-${form?.dataset.work}`;

let counted = Number(read()) || 0;
let active = performance.now();
let isLeaving = false;

function read() {
  try { return sessionStorage.getItem(kept); } catch { return null; }
}

function keep() {
  try { sessionStorage.setItem(kept, String(counted)); } catch { /* no storage: it counts anew */ }
}

for (const kind of ["keydown", "pointerdown", "pointermove", "scroll", "touchstart"]) {
  addEventListener(kind, () => { active = performance.now(); }, { passive: true, capture: true });
}

setInterval(() => {
  if (document.visibilityState !== "visible" || performance.now() - active > IDLE * 1000) return;
  counted += 1;
  keep();
}, 1000);

addEventListener("pageshow", () => { isLeaving = false; });

form?.addEventListener("submit", (event) => {
  if (isLeaving) {
    event.preventDefault();
    return;
  }
  isLeaving = true;
  form.elements.seconds.value = String(counted);
  counted = 0;
  keep();
});

function press(control) {
  if (isLeaving) return;
  if (control.tagName !== "SUMMARY") {
    control.click();
    return;
  }
  control.parentElement.open = true;
  control.parentElement.querySelector("textarea").focus();
}

for (const control of document.querySelectorAll(".task-bar [data-key]")) {
  bindKeys({ [control.dataset.key]: () => press(control) });
  if (!("enter" in control.dataset)) continue;
  bindKeys({
    Enter: (event) => {
      // Enter on a link or a button is that link's or button's.
      if (event.target.closest?.("a, button, summary, input, select, [data-mention]")) return false;
      press(control);
      return true;
    },
  });
}

// Escape folds the note away, and gives the keys back to the text.
document.querySelector(".task-discuss")?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  event.currentTarget.open = false;
  event.target.blur();
});
