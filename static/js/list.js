// The list and its reading pane: j and k move, a click opens beside the list where there is room.
// The address holds the article that is shown. Moving replaces it, choosing adds to the history.
import { sayStatus } from "./failures.js";
import { bindKeys } from "./keys.js";

// What stands in the list may be replaced; the list itself stays, and hears for what is in it.
const list = document.getElementById("list");
const pane = document.getElementById("pane");
const emptyPane = pane?.querySelector(".pane-hint")?.outerHTML ?? "";

const rows = () => [...(list?.querySelectorAll(".item") ?? [])];
const chosen = () => list?.querySelector(".item.is-chosen") ?? null;
const linkOf = (row) => row.querySelector(".item-headline a");
const paneIsShown = () => pane !== null && pane.offsetParent !== null;

function addressOf(row) {
  const url = new URL(location.href);
  url.hash = "";
  if (row) url.searchParams.set("article", row.dataset.article);
  else url.searchParams.delete("article");
  return url;
}

function mark(row) {
  const before = chosen();
  if (before && before !== row) {
    before.classList.remove("is-chosen");
    linkOf(before).removeAttribute("aria-current");
  }
  if (!row) return;
  row.classList.add("is-chosen");
  linkOf(row).setAttribute("aria-current", "true");
}

async function show(row) {
  mark(row);
  if (!paneIsShown()) return;
  const html = await fetched(row);
  // A newer move has overtaken this one.
  if (row !== chosen() || html === null) return;
  pane.innerHTML = html;
  for (const hidden of pane.querySelectorAll(".js-only[hidden]")) hidden.hidden = false;
  htmx.process(pane);
  shown();
}

function shown() {
  pane.scrollTop = 0;
  const headline = pane.querySelector("[data-title]")?.dataset.title;
  if (headline) document.title = `${headline} – Articles – Newsroom`;
  const all = rows();
  const at = all.indexOf(chosen());
  for (const next of [all[at + 1], all[at + 2], all[at - 1]]) if (next) fetched(next);
}

// What the next keys will ask for is fetched while one reads, and forgotten with the page.
const answers = new Map();

function fetched(row) {
  const url = row.dataset.pane;
  if (!answers.has(url)) {
    answers.set(url, fetchPane(url).catch((fault) => {
      answers.delete(url);
      if (row === chosen() && !isLeaving) sayStatus(fault.status);
      return null;
    }));
  }
  return answers.get(url);
}

async function fetchPane(url) {
  const answer = await fetch(url, { headers: { "HX-Request": "true" } });
  if (!answer.ok || answer.redirected) throw Object.assign(new Error(), { status: answer.status });
  return answer.text();
}

let isLeaving = false;
addEventListener("pagehide", () => { isLeaving = true; });
addEventListener("pageshow", () => { isLeaving = false; });

function choose(row, { adds }) {
  if (row === chosen() && pane.querySelector(".reading")) return;
  show(row);
  history[adds ? "pushState" : "replaceState"]({ article: row.dataset.article }, "", addressOf(row));
}

function move(by) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(chosen());
  const focused = all.indexOf(document.activeElement?.closest?.(".item"));
  const from = focused >= 0 ? focused : at;
  const row = all[from < 0 ? 0 : Math.min(Math.max(from + by, 0), all.length - 1)];
  linkOf(row).focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  choose(row, { adds: false });
}

function turn(rel) {
  document.querySelector(`.pager a[rel="${rel}"]`)?.click();
}

list?.addEventListener("click", (event) => {
  const row = event.target.closest(".item");
  if (!row || event.defaultPrevented || event.button !== 0) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (getSelection()?.type === "Range") return;
  // Other editions below a row lead where they say.
  if (event.target.closest(".editions")) return;
  const onLink = event.target.closest("a") !== null;
  if (!paneIsShown()) {
    if (!onLink) linkOf(row).click();
    return;
  }
  // A second click on what is shown opens it on its own page.
  if (onLink && row === chosen() && event.detail < 2 && event.clientX === 0) return;
  event.preventDefault();
  linkOf(row).focus({ preventScroll: true });
  choose(row, { adds: true });
});

list?.addEventListener("dblclick", (event) => {
  const row = event.target.closest(".item");
  if (row && !event.target.closest(".editions")) location.assign(linkOf(row).href);
});

// Enter on a link is a click without a place: let it open the article's own page.
list?.addEventListener("keydown", (event) => {
  const link = event.target.closest(".item-headline a");
  if (event.key !== "Enter" || !link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  location.assign(link.href);
});

// Shows the article that the address names, in a list that stands.
export function showChosen() {
  const id = new URL(location.href).searchParams.get("article");
  const row = id && rows().find((each) => each.dataset.article === id);
  if (row) {
    show(row);
    row.scrollIntoView({ block: "nearest" });
  } else {
    const before = chosen();
    before?.classList.remove("is-chosen");
    if (before) linkOf(before).removeAttribute("aria-current");
    document.title = list.dataset.title;
    pane.innerHTML = emptyPane;
  }
}

// Other rows stand in the list: what is read stays beside it while it is among them.
export function listShown() {
  answers.clear();
  document.dispatchEvent(new Event("list:shown"));
  const id = pane?.querySelector(".reading")?.dataset.article;
  const row = rows().find((each) => each.dataset.article === id);
  if (row && paneIsShown()) show(row);
  else if (pane) pane.innerHTML = emptyPane;
  if (!row && rows().length && paneIsShown()) fetched(rows()[0]);
}

if (chosen()) chosen().scrollIntoView({ block: "nearest" });
if (list && paneIsShown()) {
  if (pane.querySelector(".reading")) shown();
  else if (rows().length) fetched(rows()[0]);
}

bindKeys({
  j: () => move(1),
  k: () => move(-1),
  J: () => turn("next"),
  K: () => turn("prev"),
  o: () => { if (chosen()) location.assign(linkOf(chosen()).href); },
  Enter: (event) => {
    // Among the parts of a question, Enter is theirs, also where it finds nothing to do.
    if (event.target.closest?.("a, button, summary, #shape, #facets") || !chosen()) return false;
    location.assign(linkOf(chosen()).href);
  },
  v: () => {
    const url = chosen()?.dataset.outside;
    if (url && /^https?:/.test(url)) window.open(url, "_blank", "noopener,noreferrer");
  },
  " ": (event) => {
    if (!chosen() || !paneIsShown() || event.target.closest?.("button, summary")) return false;
    pane.scrollBy({ top: (event.shiftKey ? -0.85 : 0.85) * pane.clientHeight });
  },
});
