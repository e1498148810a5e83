// Collections and what is new: j and k move, m notes, x takes out; a list of collections narrows as
// one types.
import { bindKeys } from "./keys.js";

const list = document.getElementById("kept");
const rows = () => [...(list?.querySelectorAll(".item") ?? [])];
const current = () => document.activeElement?.closest?.(".item") ?? null;

function move(by) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(current());
  const row = all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)];
  row.querySelector(".item-headline a").focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

const turn = (rel) => document.querySelector(`.pager a[rel="${rel}"]`)?.click();

if (list) {
  bindKeys({
    j: () => move(1),
    k: () => move(-1),
    n: () => turn("next"),
    p: () => turn("prev"),
    m: () => {
      const note = current()?.querySelector("[data-note]");
      if (!note) return false;
      note.open = true;
      note.querySelector("textarea").focus();
      return true;
    },
    x: () => {
      const out = current()?.querySelector("[data-takes-out]");
      if (!out) return false;
      out.click();
      return true;
    },
  });
}

// In a note, Ctrl Enter saves and Escape leaves.
list?.addEventListener("keydown", (event) => {
  const note = event.target.closest("[data-note]");
  if (!note || event.target.tagName !== "TEXTAREA") return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    note.querySelector("form").requestSubmit();
  } else if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    note.open = false;
    note.querySelector("summary").focus();
  }
});

list?.addEventListener("toggle", (event) => {
  if (event.target.matches("[data-note][open]")) event.target.querySelector("textarea").focus();
}, true);

// After a note was saved, its place is a new one: the focus goes there.
document.addEventListener("htmx:afterSwap", (event) => {
  const saved = document.getElementById(event.detail.target.id);
  if (saved?.matches("[data-note]")) saved.querySelector("summary").focus();
});

const input = document.querySelector("[data-narrows]");
if (input) {
  const choices = [...document.querySelectorAll(`#${input.dataset.narrows} > li`)];
  const none = document.getElementById("choose-none");
  const name = document.querySelector(".make-new [name=name]");
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const shown = () => choices.filter((choice) => !choice.hidden);

  input.addEventListener("input", () => {
    const wanted = fold(input.value.trim());
    for (const choice of choices) choice.hidden = !fold(choice.dataset.name).includes(wanted);
    if (none) none.hidden = shown().length > 0;
    if (name) name.value = shown().length ? "" : input.value.trim();
  });

  // Enter takes the first that is left; with none left, the form asks the server.
  input.addEventListener("keydown", (event) => {
    const [first] = shown();
    if (event.key === "Enter" && first && input.value.trim()) {
      event.preventDefault();
      first.querySelector("button").click();
    } else if (event.key === "ArrowDown" && first) {
      event.preventDefault();
      first.querySelector("button").focus();
    }
  });
}

document.addEventListener("keydown", (event) => {
  if (!["ArrowDown", "ArrowUp"].includes(event.key)) return;
  const choice = event.target.closest?.(".choose > li");
  if (!choice) return;
  const step = event.key === "ArrowDown" ? "nextElementSibling" : "previousElementSibling";
  let beside = choice[step];
  while (beside?.hidden) beside = beside[step];
  event.preventDefault();
  (beside?.querySelector("button") ?? document.querySelector("[data-narrows]")).focus();
});
