// What every page does: keys, dialogs, menus, the theme, local times, copying, failed requests, polling.
import { bindKeys } from "./keys.js";
import "./dialogs.js";
import "./theme.js";
import "./times.js";
import "./copying.js";
import "./failures.js";
import "./polled.js";
import "./undo.js";

for (const hidden of document.querySelectorAll(".js-only[hidden]")) hidden.hidden = false;

// Where the names of the sections don't fit, the one that one is in is brought into view.
const nav = document.querySelector(".masthead-nav");
const here = nav?.querySelector("[aria-current]");
if (here) {
  const [inside, around] = [here.getBoundingClientRect(), nav.getBoundingClientRect()];
  if (inside.right > around.right) nav.scrollLeft = inside.right - around.right + inside.width / 2;
}

bindKeys({ "?": () => document.getElementById("keys").showModal() });
for (const link of document.querySelectorAll("[data-go]")) {
  bindKeys({ [`g ${link.dataset.go}`]: () => link.click() });
}
