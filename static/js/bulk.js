// Correcting many at once. In the list: x picks an article; e corrects what is picked, else the
// article that is shown, else all of the list.
// In the form: what one types into a field is what the field is to be set to.
import { bindKeys } from "./keys.js";

const link = () => document.querySelector("[data-corrects]");
const boxes = () => [...document.querySelectorAll(".item-pick")];

function tell() {
  const correct = link();
  if (!correct) return;
  correct.dataset.whole ??= correct.getAttribute("href");
  correct.dataset.words ??= correct.textContent;
  const picked = boxes().filter((box) => box.checked).map((box) => box.value);
  correct.href = picked.length
    ? `${correct.dataset.corrects}?ids=${picked.join(",")}`
    : correct.dataset.whole;
  correct.textContent = picked.length ? `Correct ${picked.length} picked…` : correct.dataset.words;
}

function addBoxes() {
  if (!link()) return;
  for (const row of document.querySelectorAll(".item[data-article]")) {
    if (row.querySelector(".item-pick")) continue;
    const box = document.createElement("input");
    box.type = "checkbox";
    box.className = "item-pick";
    box.value = row.dataset.article;
    box.setAttribute("aria-label", `Pick ${row.querySelector(".item-headline").textContent.trim()}`);
    // A click here picks, and opens nothing.
    for (const kind of ["click", "dblclick"]) {
      box.addEventListener(kind, (event) => event.stopPropagation());
    }
    box.addEventListener("change", tell);
    row.querySelector(".item-line").prepend(box);
  }
  tell();
}

addBoxes();
// The list may be filled anew, and the browser may keep boxes checked when one comes back to it.
document.addEventListener("list:shown", addBoxes);
addEventListener("pageshow", tell);

bindKeys({
  x: () => {
    const row = document.activeElement?.closest?.(".item") ?? document.querySelector(".item.is-chosen");
    if (!row?.querySelector(".item-pick")) return false;
    row.querySelector(".item-pick").click();
  },
  e: () => {
    if (!link()) return false;
    const shown = document.querySelector(".item.is-chosen")?.dataset.edits;
    if (shown && !boxes().some((box) => box.checked)) location.assign(shown);
    else link().click();
  },
});

document.querySelector(".bulk-inputs [aria-invalid=true]")?.focus();

for (const input of document.querySelectorAll(".bulk-inputs input")) {
  input.addEventListener("input", () => {
    const select = input.closest(".bulk-field").querySelector("select");
    if (input.value && select.value !== "value") select.value = "value";
  });
}

for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.once === "sent") event.preventDefault();
    form.dataset.once = "sent";
  });
  addEventListener("pageshow", () => { form.dataset.once = ""; });
}
