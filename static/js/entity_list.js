// The list of entities as one types: the page is asked for anew and its list put in place.
import { bindKeys } from "./keys.js";

const PAUSE = 120; // ms without a key before the server is asked
const form = document.querySelector("form[data-as-typed]");
const field = form?.querySelector("[data-search]");
let waiting = 0;
let asking = null;

async function ask() {
  asking?.abort();
  asking = new AbortController();
  const address = new URL(form.action || location.href);
  address.search = new URLSearchParams(new FormData(form)).toString();
  let page;
  try {
    const answer = await fetch(address, { signal: asking.signal });
    if (!answer.ok) return;
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    // Another key was pressed, or the connection is gone: what stands there still stands.
    return;
  }
  const list = page.getElementById(form.dataset.asTyped);
  if (!list) return;
  document.getElementById(form.dataset.asTyped).replaceWith(list);
  history.replaceState(history.state, "", address);
}

form?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(ask, PAUSE);
});

if (field) bindKeys({ "/": () => field.select() });
