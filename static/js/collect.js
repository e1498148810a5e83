// a adds to a collection: what is picked in the list, else the article one is at. The way leads back.
import { bindKeys } from "./keys.js";

const here = () => location.pathname + location.search;

function picked() {
  const boxes = document.querySelectorAll(".item-pick:checked");
  if (boxes.length) return [...boxes].map((box) => box.value);
  const row = document.activeElement?.closest?.(".item[data-article]")
    ?? document.querySelector(".item.is-chosen");
  return row ? [row.dataset.article] : [];
}

// The address of the page for choosing is in the page's own link to it.
const link = () => document.querySelector("[data-collects]");

bindKeys({
  a: () => {
    const articles = picked();
    const to = link();
    if (!to || !articles.length) return false;
    const url = new URL(to.dataset.collects || to.href, location.href);
    url.search = "";
    url.searchParams.set("articles", articles.join(","));
    url.searchParams.set("next", here());
    location.assign(url);
    return true;
  },
});

document.addEventListener("click", (event) => {
  const to = event.target.closest?.("a[data-collects]");
  if (!to) return;
  const url = new URL(to.href);
  url.searchParams.set("next", here());
  to.href = url;
});
