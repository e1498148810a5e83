// A story's page: [data-key] links act on their key; j and k walk the articles, x ticks (with
// editions folded under it), v moves.
import { bindKeys } from "./keys.js";

for (const link of document.querySelectorAll("[data-key]")) {
  bindKeys({ [link.dataset.key]: () => link.click() });
}

const rows = () =>
  [...document.querySelectorAll(".story-article")].filter((row) => row.checkVisibility());
const at = () => document.activeElement?.closest?.(".story-article");

function step(by) {
  const all = rows();
  if (!all.length) return;
  const here = all.indexOf(at());
  const next = all[Math.min(Math.max(here + by, 0), all.length - 1)];
  next.querySelector(".story-headline a").focus();
  next.scrollIntoView({ block: "nearest" });
}

bindKeys({ j: () => step(1), k: () => step(-1) });

const form = document.querySelector("[data-ticks]");
if (form) {
  const said = form.querySelector("[data-ticked]");
  const otherwise = said.textContent;
  const tell = () => {
    const number = form.querySelectorAll("input[name=articles]:checked").length;
    said.textContent = number ? `${number} ticked` : otherwise;
  };
  // What is folded away goes with what it is folded under.
  form.addEventListener("change", ({ target }) => {
    const text = target.closest(".story-text");
    const folded = text?.querySelector(".story-editions:not([open])");
    if (!folded || folded.contains(target)) return;
    for (const box of folded.querySelectorAll("input[name=articles]")) box.checked = target.checked;
  });
  form.addEventListener("change", tell);
  addEventListener("pageshow", tell);
  // One parameter for all of them: the address stays readable.
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const ticked = [...form.querySelectorAll("input[name=articles]:checked")];
    if (!ticked.length) {
      said.textContent = "Tick an article first: x, or its box";
      return;
    }
    const address = new URL(form.action);
    address.searchParams.set("articles", ticked.map((box) => box.value).join(","));
    address.searchParams.set("of", form.querySelector("[name=of]").value);
    location.assign(address);
  });
  bindKeys({
    x: () => {
      const box = at()?.querySelector("input[name=articles]");
      if (!box) return false;
      box.click();
      return true;
    },
    v: () => form.requestSubmit(),
  });
}

// What one is sent to stands open.
function open() {
  const row = document.getElementById(location.hash.slice(1));
  const fold = row?.closest("details");
  if (!fold || fold.open) return;
  fold.open = true;
  row.scrollIntoView();
}
addEventListener("hashchange", open);
open();
