// The work list by keys: [data-key] acts on its key, e goes to the first field to fill in.
// What was said is sent once, however often a key is pressed.
import { bindKeys } from "./keys.js";

let isLeaving = false;
addEventListener("pageshow", () => { isLeaving = false; });

for (const control of document.querySelectorAll("[data-key]")) {
  bindKeys({
    [control.dataset.key]: (event) => {
      // Enter on a link or a button is that link's or button's.
      if (event.key === "Enter" && event.target.closest?.("a, button, summary, input")) return false;
      if (!isLeaving) control.click();
      return true;
    },
  });
}

for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (isLeaving) event.preventDefault();
    isLeaving = true;
  });
}

const first = document.querySelector(".work-field input[type=text]");
const wrong = document.querySelector(".work-field [aria-invalid=true]");
wrong?.focus();

if (first) {
  bindKeys({
    e: () => {
      first.focus();
      first.select();
    },
  });
}
