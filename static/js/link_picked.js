// In a list: two that are picked can be linked, two or three compared. Without the boxes of those who
// correct, it adds them.
import { bindKeys } from "./keys.js";

const link = () => document.querySelector("[data-links]");
const compare = () => document.querySelector("[data-compares]");
const picked = () => [...document.querySelectorAll(".item-pick:checked")];

function tell() {
  const boxes = picked();
  tellLink(boxes.map((box) => box.value));
  tellCompare(boxes);
}

function tellLink(two) {
  const to = link();
  if (!to) return;
  to.hidden = two.length !== 2;
  if (to.hidden) return;
  const url = new URL(to.dataset.links, location.href);
  url.searchParams.set("first", two[0]);
  url.searchParams.set("second", two[1]);
  url.searchParams.set("next", location.pathname + location.search);
  to.href = url;
}

// What is compared is what was printed first; those without a day come last.
const day = (box) => box.closest(".item").querySelector("time.item-date")?.dateTime ?? "~";

function tellCompare(boxes) {
  const to = compare();
  if (!to) return;
  to.hidden = boxes.length < 2 || boxes.length > 3;
  if (to.hidden) return;
  const inTime = boxes.toSorted((one, other) => (day(one) < day(other) ? -1 : day(one) > day(other) ? 1 : 0));
  to.href = to.dataset.compares.replace("0/0/", `${inTime.map((box) => box.value).join("/")}/`);
  to.textContent = `Compare the ${boxes.length === 2 ? "two" : "three"}`;
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

function follow(to) {
  if (!to || to.hidden) return false;
  location.assign(to.href);
  return true;
}

bindKeys({ L: () => follow(link()), C: () => follow(compare()) });
