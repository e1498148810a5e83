// n and p move between the hits of the article in the pane, or on its own page.
import { bindKeys } from "./keys.js";

const HERE = "is-here";

function firsts() {
  const root = document.getElementById("pane") ?? document;
  return [...root.querySelectorAll("mark.hit[id], mark.hit[data-hit]")].filter(
    (mark, index, all) => all.findIndex((each) => each.dataset.hit === mark.dataset.hit) === index,
  );
}

function step(by) {
  const hits = firsts();
  if (!hits.length) return false;
  const at = hits.findIndex((hit) => hit.classList.contains(HERE));
  const next = at < 0 ? (by > 0 ? 0 : hits.length - 1) : (at + by + hits.length) % hits.length;
  come(hits, next);
  hits[next].scrollIntoView({ block: "center" });
}

function come(hits, next) {
  for (const mark of document.querySelectorAll(`mark.hit.${HERE}`)) mark.classList.remove(HERE);
  const number = hits[next].dataset.hit;
  for (const mark of document.querySelectorAll(`mark.hit[data-hit="${number}"]`)) {
    mark.classList.add(HERE);
  }
  const place = document.querySelector("[data-hit-place]");
  if (place) place.textContent = `${next + 1} of ${hits.length}`;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-hit-step]");
  if (button) step(Number(button.dataset.hitStep));
});

// A line of a concordance leads to its hit: the next one is the one after it.
function land() {
  const hits = firsts();
  const at = hits.findIndex((hit) => hit.id && `#${hit.id}` === location.hash);
  if (at >= 0) come(hits, at);
}

land();
addEventListener("hashchange", land);

bindKeys({ n: () => step(1), p: () => step(-1) });
