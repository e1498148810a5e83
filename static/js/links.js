// Links by key: [data-key] presses what bears it, in the queue as it stands now. What was said is
// sent once; with htmx the next link takes the place of the one before.
import { sayStatus } from "./failures.js";
import { bindKeys } from "./keys.js";

const KEYS = "yxjkomusecqvfbrd";
let isLeaving = false;

function press(key) {
  const control = document.querySelector(`[data-key="${key}"]`);
  if (!control || isLeaving) return false;
  if (control.type === "radio") control.focus();
  control.click();
  return true;
}

bindKeys(Object.fromEntries([...KEYS].map((key) => [key, () => press(key)])));

// While an answer is on its way, the undo in view is not of what was done last.
bindKeys({
  z: () => {
    if (isLeaving || press("z")) return true;
    const last = [...document.querySelectorAll("[data-takes-back]")].at(-1);
    last?.click();
    return last !== undefined;
  },
});

addEventListener("pageshow", () => { isLeaving = false; });
document.addEventListener("submit", (event) => {
  if (event.target.closest("#queue form[method=post]") && isLeaving) event.preventDefault();
}, true);
document.addEventListener("htmx:beforeRequest", () => { isLeaving = true; });
document.addEventListener("htmx:afterRequest", () => { isLeaving = false; });

// The one before and the next are fetched and put in place, too.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-swaps]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  htmx.ajax("GET", link.getAttribute("href"), {
    target: "#queue", select: "#queue", swap: "outerHTML", selectOOB: "#notices,#link-said:innerHTML",
  });
});

// Who may judge no more is shown the list alone: the queue stays, and says so.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id !== "queue" || !event.detail.shouldSwap) return;
  if (event.detail.serverResponse.includes(' id="queue"')) return;
  event.detail.shouldSwap = false;
  sayStatus(403, event.detail.xhr);
});

document.addEventListener("htmx:afterSettle", () => {
  const queue = document.getElementById("queue");
  if (!queue?.dataset.address) return;
  if (location.pathname + location.search === queue.dataset.address) return;
  history.replaceState(null, "", queue.dataset.address);
  scrollTo(0, 0);
});

// In the list, one box ticks all that are on the page.
document.querySelector("[data-ticks-all]")?.addEventListener("change", ({ target }) => {
  for (const box of target.form.querySelectorAll("input[name=link]")) box.checked = target.checked;
});
