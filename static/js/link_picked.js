// In a list: two that are picked can be linked. Without the boxes of those who correct, it adds them.
import { bindKeys } from "./keys.js";

const link = () => document.querySelector("[data-links]");
const picked = () => [...document.querySelectorAll(".item-pick:checked")].map((box) => box.value);

function tell() {
  const to = link();
  if (!to) return;
  const two = picked();
  to.hidden = two.length !== 2;
  if (to.hidden) return;
  const url = new URL(to.dataset.links, location.href);
  url.searchParams.set("first", two[0]);
  url.searchParams.set("second", two[1]);
  url.searchParams.set("next", location.pathname + location.search);
  to.href = url;
}

function addBoxes() {
  if (link() && !document.querySelector("[data-corrects]")) {
    for (const row of document.querySelectorAll(".item[data-article]")) {
      if (row.querySelector(".item-pick")) continue;
      const box = document.createElement("input");
      box.type = "checkbox";
      box.className = "item-pick";
      box.value = row.dataset.article;
      box.setAttribute("aria-label", `Pick ${row.querySelector(".item-headline").textContent.trim()}`);
      for (const kind of ["click", "dblclick"]) box.addEventListener(kind, (event) => event.stopPropagation());
      row.querySelector(".item-line").prepend(box);
    }
  }
  tell();
}

addBoxes();
document.addEventListener("list:shown", addBoxes);
document.addEventListener("change", (event) => {
  if (event.target.matches?.(".item-pick")) tell();
});
addEventListener("pageshow", tell);

bindKeys({
  L: () => {
    if (!link() || link().hidden) return false;
    location.assign(link().href);
    return true;
  },
});
