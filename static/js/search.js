// The answer page. As one types, and when one follows a link that narrows or turns, the answer
// moves without the page: its pieces are fetched and put in place, and the address goes with them.
// Every fetch is overtaken by the next. A question that can't be read leaves the last answer.
import { sayStatus } from "./failures.js";
import { bindKeys } from "./keys.js";
import { brush } from "./search_brush.js";
import "./search_hits.js";
import { listShown, showChosen } from "./list.js";

const PATIENCE = 150; // ms after the last letter
const PIECES = ["fault", "shape", "facets", "list"];
const form = document.querySelector("[data-search]");
const input = form?.querySelector("input[name=q]");
const said = document.getElementById("said");

const withoutArticle = (address) => {
  const url = new URL(address, location.href);
  url.searchParams.delete("article");
  url.hash = "";
  return url.pathname + url.search;
};
let shown = withoutArticle(location.href); // the answer that stands on the page
let asking = null;
let timer = 0;
let isTyping = false; // the address at the top of the history is of words half typed

function addressOfForm() {
  const url = new URL(form.action);
  for (const [name, value] of new FormData(form)) {
    if (value.trim()) url.searchParams.set(name, value.trim());
  }
  return url.pathname + url.search;
}

// Puts the answer of an address in place; false if that could not be.
async function load(address, { keepsInput = false } = {}) {
  asking?.abort();
  const mine = new AbortController();
  asking = mine;
  form.classList.add("is-asking");
  let answer, html;
  try {
    answer = await fetch(address, { headers: { "HX-Request": "true" }, signal: mine.signal });
    html = await answer.text();
  } catch (fault) {
    if (fault.name === "AbortError") return false;
    finish(mine);
    sayStatus(0);
    return false;
  }
  if (mine !== asking) return false;
  finish(mine);
  if (answer.status !== 200 && answer.status !== 400) {
    sayStatus(answer.status);
    return false;
  }
  const parts = new DOMParser().parseFromString(html, "text/html");
  if (!parts.getElementById("list")) {
    location.assign(address);
    return false;
  }
  const isFault = answer.status === 400;
  // The last good answer stays while the question is in the making.
  put(parts, isFault ? ["fault"] : PIECES);
  input.setAttribute("aria-invalid", String(isFault));
  document.body.classList.toggle("is-faulty", isFault);
  const list = parts.getElementById("list");
  said.textContent = list.dataset.said;
  if (isFault) return false;
  shown = withoutArticle(answer.url);
  document.title = list.dataset.title;
  if (!keepsInput) input.value = list.dataset.q;
  hold(new URL(answer.url).searchParams);
  listShown();
  brush();
  return true;
}

function finish(mine) {
  if (asking === mine) asking = null;
  form.classList.remove("is-asking");
}

function put(parts, ids) {
  for (const id of ids) {
    const [here, there] = [document.getElementById(id), parts.getElementById(id)];
    if (!here || !there) continue;
    const open = [...here.querySelectorAll("details.fold[open]")].map((each) => each.className);
    here.replaceChildren(...there.childNodes);
    for (const hidden of here.querySelectorAll(".js-only[hidden]")) hidden.hidden = false;
    for (const name of open) {
      const again = [...here.querySelectorAll("details.fold")].find((d) => d.className === name);
      if (again) again.open = true;
    }
  }
}

// The order, zoom and measure of the answer go with the next question.
function hold(params) {
  for (const name of ["sort", "zoom", "measure", "limit", "fold"]) {
    let field = form.querySelector(`input[name=${name}]`);
    const value = params.get(name);
    if (!value) field?.remove();
    else {
      if (!field) {
        field = Object.assign(document.createElement("input"), { type: "hidden", name });
        form.append(field);
      }
      field.value = value;
    }
  }
}

// Words half typed are one step back, however many letters they took.
function note(address) {
  history[isTyping ? "replaceState" : "pushState"]({}, "", address);
  isTyping = true;
}

async function typed() {
  const address = addressOfForm();
  if (address === shown && !document.body.classList.contains("is-faulty")) return true;
  const isAnswered = await load(address, { keepsInput: true });
  if (isAnswered) note(address);
  return isAnswered;
}

// Enter goes over to the answer at once, so that no key of the list is typed into the line; where
// there is no answer, back to the line.
async function entered() {
  const list = document.getElementById("list");
  const wasTyping = isTyping;
  list.focus({ preventScroll: true });
  isTyping = wasTyping;
  if (!(await typed()) && !asking && document.activeElement === list) input.focus();
  isTyping = false;
}

// Which link of a piece this is, whatever its numbers say now.
const nameOf = (link) => [
  link.closest("section")?.ariaLabel,
  link.className,
  (link.closest("li")?.querySelector("bdi") ?? link).textContent,
].join("|");

// Where the focus stands among what is replaced, as an act that goes back there. It goes to what
// was pressed, else to what stood around it: never to another link, which Enter would follow.
function heldFocus() {
  const at = document.activeElement;
  const id = at?.closest?.("#facets, #shape")?.id;
  if (!id) return () => {};
  const isBrush = at.matches("[data-brush]");
  const label = at.closest("section")?.ariaLabel;
  const name = nameOf(at);
  return () => {
    const piece = document.getElementById(id);
    const same = isBrush
      ? piece.querySelector("[data-brush]")
      : [...piece.querySelectorAll("a")].find((link) => nameOf(link) === name);
    const around = [...piece.querySelectorAll("section")].find((each) => each.ariaLabel === label);
    const next = same ?? around ?? piece;
    if (!same) next.tabIndex = -1;
    next.focus({ preventScroll: true });
  };
}

async function follow(address) {
  clearTimeout(timer);
  isTyping = false;
  const target = new URL(address, location.href);
  const focusAgain = heldFocus();
  if (!(await load(target.pathname + target.search))) {
    if (!asking && !document.body.classList.contains("is-faulty")) location.assign(address);
    return;
  }
  history.pushState({}, "", target.pathname + target.search);
  // What opens within the list is led to by its name: #editions-12.
  if (target.hash) document.querySelector(`${target.hash} a`)?.focus({ preventScroll: true });
  focusAgain();
  // What turns a page begins at its head.
  if (target.searchParams.has("cursor")) document.getElementById("list").scrollIntoView();
}

if (form && document.getElementById("list")) {
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(typed, PATIENCE);
  });
  input.addEventListener("blur", () => { isTyping = false; });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    entered();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-live]");
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    follow(link.getAttribute("href"));
  });
  document.addEventListener("brushed", (event) => follow(event.detail));
  addEventListener("popstate", async () => {
    clearTimeout(timer);
    isTyping = false;
    if (withoutArticle(location.href) !== shown && !(await load(location.href))) return;
    showChosen();
  });
  brush();
}

// The panel of examples comes when it is first asked for.
document.addEventListener("click", async (event) => {
  if (!event.target.closest?.("[data-opens=search-help]")) return;
  const body = document.querySelector("#search-help [data-fetches]");
  if (!body) return;
  const url = body.dataset.fetches;
  delete body.dataset.fetches;
  const answer = await fetch(url, { headers: { "HX-Request": "true" } });
  if (answer.ok) body.innerHTML = await answer.text();
  else location.assign(url);
});

bindKeys({
  "/": () => { input?.focus(); input?.select(); },
  b: () => document.querySelector("[data-brush]")?.focus(),
  l: () => document.querySelector("a[data-way=lines]")?.click(),
  c: () => document.querySelector("a[data-way=compare]")?.click(),
});
