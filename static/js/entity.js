// An entity's page: [data-key] links act on their key, / goes to the filter of its mentions.
import { bindKeys } from "./keys.js";

for (const link of document.querySelectorAll("[data-key]")) {
  bindKeys({ [link.dataset.key]: () => link.click() });
}

const field = document.querySelector("[data-search]");
if (field) bindKeys({ "/": () => field.select() });
