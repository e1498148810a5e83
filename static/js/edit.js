// A form that puts an article right: e goes to its first field, Ctrl+Enter saves, Esc goes back,
// and what was typed is not lost by leaving. A field at fault has the focus.
import { bindKeys } from "./keys.js";

const form = document.querySelector("form[data-edit]");
const back = document.querySelector("[data-back]");
let isSaving = false;

// Rows that come and go count as words: the form is compared as it would be sent.
const sent = () => new URLSearchParams(new FormData(form)).toString();
const before = form ? sent() : "";
// A form that comes back with a complaint holds what nobody saved yet.
const isUnsaved = document.querySelector(".edit-page [role='alert']") !== null;

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
  const button = form?.querySelector("[data-saves]");
  if (!button || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  form.requestSubmit(button);
});

// e leads here from the article; pressed again, it leads to the fields.
const first = form?.querySelector(".edit-field input[type=text]");
if (first) {
  bindKeys({
    e: () => {
      first.focus();
      first.select();
    },
  });
}
document.querySelector(".edit-page [aria-invalid=true]")?.focus();

if (back) bindKeys({ Escape: () => back.click() });

form?.addEventListener("submit", () => {
  isSaving = true;
});
// Back from where the form led: it is as unsaved as before.
window.addEventListener("pageshow", () => {
  isSaving = false;
});
window.addEventListener("beforeunload", (event) => {
  if (form && !isSaving && (isUnsaved || sent() !== before)) event.preventDefault();
});
