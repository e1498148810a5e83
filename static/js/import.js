// The import form: what was chosen is previewed before it is sent, and sending shows how far it is.
import { bindFiles, size } from "./import_files.js";

const form = document.getElementById("import-form");
const files = document.getElementById("id_files");
const text = document.getElementById("id_text");
const format = document.getElementById("id_format");
const preview = document.getElementById("preview");
const QUIET = 400; // ms without a key before a pasted text is looked at

for (const plain of form.querySelectorAll(".no-js")) plain.hidden = true;

// ---- As it would be read ----

let asked = null;

async function look({ keepColumns = false } = {}) {
  asked?.abort();
  const file = files.files[0];
  if (!file && text.value.trim() === "") {
    preview.replaceChildren();
    return;
  }
  const most = Number(form.dataset.previewBytes);
  const body = new FormData();
  body.set("format", format.value);
  body.set("corpus", form.elements.corpus.value);
  if (file) {
    body.set("head", file.slice(0, most, file.type), file.name);
    body.set("whole", file.size <= most ? "1" : "");
  } else {
    body.set("text", text.value.slice(0, most));
    body.set("whole", text.value.length <= most ? "1" : "");
  }
  if (keepColumns) {
    for (const name of ["column", "given", "field"]) {
      for (const control of preview.querySelectorAll(`[name="${name}"]`)) body.append(name, control.value);
    }
  }
  const mine = new AbortController();
  asked = mine;
  preview.classList.add("is-reading");
  try {
    const answer = await fetch(form.dataset.preview, {
      method: "POST",
      body,
      signal: mine.signal,
      headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    });
    if (!answer.ok) throw new Error(String(answer.status));
    const focused = document.activeElement?.getAttribute("aria-label");
    preview.innerHTML = await answer.text();
    if (focused) preview.querySelector(`[aria-label="${CSS.escape(focused)}"]`)?.focus();
  } catch (fault) {
    // Without a preview one can import all the same.
    if (fault.name !== "AbortError") preview.replaceChildren();
  } finally {
    if (asked === mine) preview.classList.remove("is-reading");
  }
}

let waiting = 0;
text.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(look, QUIET);
});
format.addEventListener("change", () => look());
preview.addEventListener("change", (event) => {
  if (event.target.name !== "field") return;
  event.target.closest("tr").querySelector('[name="given"]').value = "1";
  look({ keepColumns: true });
});
let shown = null;
bindFiles(files, document.getElementById("files-chosen"), () => {
  // Only the first is previewed: what happens to the others must not undo choices made in it.
  if (files.files[0] === shown) return;
  shown = files.files[0];
  look();
});
if (files.files.length > 0 || text.value.trim() !== "") look();

// ---- Sending ----

const sending = document.getElementById("sending");
const bar = document.getElementById("sending-bar");
const facts = document.getElementById("sending-facts");
const button = document.getElementById("import-button");

function fail(words) {
  sending.hidden = true;
  button.disabled = false;
  document.getElementById("form-errors")?.remove();
  const notice = document.createElement("div");
  notice.className = "notice notice-bad import-errors";
  notice.id = "form-errors";
  notice.tabIndex = -1;
  notice.setAttribute("role", "alert");
  const title = document.createElement("strong");
  title.textContent = "Nothing was imported";
  const reason = document.createElement("p");
  reason.textContent = words;
  notice.append(title, reason);
  form.prepend(notice);
  notice.focus();
}

function show(event, since) {
  if (!event.lengthComputable) return;
  bar.value = (event.loaded / event.total) * 100;
  const seconds = (performance.now() - since) / 1000;
  const left = (event.total - event.loaded) / (event.loaded / seconds);
  const rest = seconds > 1 && left > 1 ? `, about ${Math.round(left)} s left` : "";
  facts.textContent = `${size(event.loaded)} of ${size(event.total)}${rest}`;
}

// Only files take long enough to be watched; anything else is sent as a form is.
form.addEventListener("submit", (event) => {
  if (files.files.length === 0) return;
  event.preventDefault();
  const request = new XMLHttpRequest();
  const since = performance.now();
  request.upload.addEventListener("progress", (progress) => show(progress, since));
  request.addEventListener("error", () => fail("The connection was lost. Your choice is still here: try again."));
  request.addEventListener("load", () => {
    if (request.status < 400 && request.responseURL !== location.href) {
      location.assign(request.responseURL);
      return;
    }
    const answer = new DOMParser().parseFromString(request.responseText, "text/html");
    const said = answer.querySelector("#form-errors p, .field .error, main p");
    fail(said?.textContent.trim() || `The server answered ${request.status}. Try again.`);
  });
  sending.hidden = false;
  button.disabled = true;
  request.open("POST", form.action);
  request.send(new FormData(form));
});

// Coming back with the browser's own button finds the form as it was left.
addEventListener("pageshow", () => {
  sending.hidden = true;
  button.disabled = false;
});
