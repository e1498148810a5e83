// j and k walk through what was done; Enter on a link is the browser's own.
import { bindKeys } from "./keys.js";

function step(by) {
  const links = [...document.querySelectorAll(".act-link")];
  if (links.length === 0) return false;
  const at = links.indexOf(document.activeElement);
  const next = at < 0 ? 0 : Math.min(Math.max(at + by, 0), links.length - 1);
  links[next].focus();
  return true;
}

bindKeys({ j: () => step(1), k: () => step(-1) });
