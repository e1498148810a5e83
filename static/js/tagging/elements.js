// Small parts that everything here is built of.

// An element: attributes by name (true is an empty one, false and null none), what is in it.
// Words are text, never HTML.
export function make(name, attributes = {}, ...inside) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...inside.filter((each) => each !== null && each !== undefined && each !== false));
  return element;
}

// Does something once the page is there, all of it: these scripts come when they come.
export function whenThere(act) {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", act);
  else act();
}

// HTML of our own server as one element.
export function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

// A UUID; also where the page came without TLS and crypto.randomUUID is missing.
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [8, 12, 16, 20].reduceRight((text, at) => `${text.slice(0, at)}-${text.slice(at)}`, hex);
}

// Words for a list and a sentence, at most so long.
export function short(text, most = 40) {
  const points = [...text.replace(/\s+/gu, " ")];
  return points.length > most ? `${points.slice(0, most - 1).join("").trimEnd()}…` : points.join("");
}

const region = make("p", { class: "visually-hidden", role: "status", "aria-live": "polite" });
whenThere(() => document.body.append(region));

// Says something to those who listen to the page. What is said twice is said again.
export function announce(words) {
  region.textContent = region.textContent === words ? `${words}\u00a0` : words;
}
