// Choices in a long text or list: j and k go from one to the next, Ctrl+Enter goes on.
import { bindKeys } from "./keys.js";

const form = document.querySelector("form[data-borders]");
const choices = form ? [...form.querySelectorAll("input[type='checkbox']")] : [];

function go(by) {
  const at = choices.indexOf(document.activeElement);
  const to = at < 0 ? (by > 0 ? 0 : choices.length - 1) : at + by;
  choices[to]?.focus();
  choices[to]?.scrollIntoView({ block: "center" });
}

// A checkbox is an input, in which keys of the page rest.
form?.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    if (event.key === "Enter") {
      event.preventDefault();
      form.requestSubmit();
    }
    return;
  }
  if (!event.target.matches("input[type='checkbox']") || !["j", "k"].includes(event.key)) return;
  event.preventDefault();
  go(event.key === "j" ? 1 : -1);
});
if (choices.length) bindKeys({ j: () => go(1), k: () => go(-1) });
