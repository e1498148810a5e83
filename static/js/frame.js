// What every page does: keys, dialogs, menus, the theme, local times, copying, failed requests.
import { bindKeys } from "./keys.js";
import "./dialogs.js";
import "./theme.js";
import "./times.js";
import "./copying.js";
import "./failures.js";
import "./undo.js";

for (const hidden of document.querySelectorAll(".js-only[hidden]")) hidden.hidden = false;

bindKeys({ "?": () => document.getElementById("keys").showModal() });
for (const link of document.querySelectorAll("[data-go]")) {
  bindKeys({ [`g ${link.dataset.go}`]: () => link.click() });
}
