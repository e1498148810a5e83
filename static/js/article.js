// An article's page: [data-key] links act on their key; what a fact was read from closes on Escape.
import { bindKeys } from "./keys.js";

for (const link of document.querySelectorAll("[data-key]")) {
  bindKeys({ [link.dataset.key]: () => link.click() });
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.activeElement?.closest?.(".fact")?.querySelector(".why-mark")?.blur();
});
