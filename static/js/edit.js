// A form that puts an article right: Ctrl+Enter saves, Esc goes back, and what was typed is not
// lost by leaving.
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
