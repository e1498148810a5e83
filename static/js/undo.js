// z presses the newest button that takes back what was just done.
import { bindKeys } from "./keys.js";

bindKeys({
  z: () => {
    const buttons = document.querySelectorAll("[data-takes-back]");
    if (buttons.length === 0) return false;
    buttons[buttons.length - 1].click();
    return true;
  },
});
