// Filters: "/" goes to them; blank fields stay out of the address; a choice from a list acts at once.
import { bindKeys } from "./keys.js";

const panel = document.getElementById("filters");
const form = panel?.querySelector("[data-filters]");

form?.addEventListener("submit", () => {
  const blank = [...form.elements].filter((field) => field.name && field.value.trim() === "");
  for (const field of blank) field.disabled = true;
  // The browser may keep this page for its back button.
  setTimeout(() => { for (const field of blank) field.disabled = false; });
});

form?.addEventListener("change", (event) => {
  if (event.target.matches("select")) form.requestSubmit();
});

bindKeys({
  "/": () => {
    if (!form) return;
    if (panel.offsetParent === null) location.hash = "filters";
    form.querySelector("input[type=text]").focus();
  },
});
