// The article as it is on the page: its text, its mentions, what the server answers put in place.
import { fillAll, put } from "../margin_lines.js";
import { make, parsed } from "./elements.js";
import { Text } from "./offsets.js";
import { Paint } from "./paint.js";
import { Selection } from "./selection.js";
import { Words } from "./words.js";

export class Desk extends EventTarget {
  constructor(root, data) {
    super();
    this.root = root;
    this.data = data;
    this.text = new Text(root);
    this.words = new Words(this.text, root.closest("[data-language]")?.dataset.language);
    this.selection = new Selection(this.text, this.words);
    this.paint = new Paint(this.text);
    this.known = null;
    // How many of each kind there are that the page does not draw; known once something changes.
    this.beyond = null;
  }

  kind(slug) {
    return this.data.kinds.find((each) => each.slug === slug);
  }

  colour(slug) {
    return this.kind(slug)?.colour ?? 7;
  }

  get isRightToLeft() {
    const block = this.text.elements.at(-1);
    return block ? getComputedStyle(block).direction === "rtl" : false;
  }

  // An address to write to; answers hold blocks as this page shows them, with its hits and tags.
  url(name, id = 0) {
    return this.shownAt(this.data.urls[name].replace("/0/", `/${id}/`));
  }

  shownAt(path) {
    const here = new URLSearchParams(location.search);
    const address = new URL(path, location.href);
    for (const key of ["in", "tags"]) if (here.has(key)) address.searchParams.set(key, here.get(key));
    return `${address.pathname}${address.search}`;
  }

  // What goes with everything that is written: which text it is about, and for which task.
  get about() {
    const { version, task } = this.data;
    return task === null ? { version } : { version, task };
  }

  // ---- Mentions ----

  // The ids of the mentions that cover a span, outermost first.
  covering([start]) {
    const [node] = this.text.blockAt(start).pointAt(start, false);
    const element = (node.parentElement ?? node).closest("[data-m]");
    return element ? element.dataset.m.split(" ").map(Number) : [];
  }

  pieces(id) {
    return this.root.querySelectorAll(`[data-m~="${id}"]`);
  }

  // Where a mention is, as [start, end]; null if it is not drawn.
  place(id) {
    const pieces = this.pieces(id);
    if (!pieces.length) return null;
    const last = pieces[pieces.length - 1];
    return [
      this.text.offsetOf(pieces[0], 0),
      this.text.offsetOf(last, last.childNodes.length, true),
    ];
  }

  // Where all mentions are that are drawn, by id; in one go, for there may be thousands.
  get places() {
    const found = new Map();
    for (const piece of this.root.querySelectorAll("[data-m]")) {
      const start = this.text.offsetOf(piece, 0);
      const end = this.text.offsetOf(piece, piece.childNodes.length, true);
      for (const id of piece.dataset.m.split(" ")) {
        const place = found.get(Number(id));
        if (place) place[1] = end;
        else found.set(Number(id), [start, end]);
      }
    }
    return found;
  }

  // The ids of what is suggested and not decided on yet.
  get suggested() {
    fillAll();
    const lines = document.querySelectorAll("[data-mention].is-suggested:not(.is-going, .is-coming)");
    return new Set([...lines].map((line) => Number(line.dataset.mention)));
  }

  // What is known of a mention without asking: its line in the margin.
  line(id) {
    const find = () => document.querySelector(`[data-mention="${id}"]`);
    const found = find();
    if (found) return found;
    fillAll();
    return find();
  }

  isSuggested(id) {
    return this.line(id)?.classList.contains("is-suggested") ?? false;
  }

  // All that is known of a mention; asks the server once for those of the page.
  async whole(id) {
    if (!this.known) await this.refresh();
    return this.known?.get(id) ?? null;
  }

  // ---- What the server says ----

  // Puts what an answer holds in its place.
  apply(answer) {
    const { blocks = {}, margin = {}, mention } = answer;
    fillAll();
    this.beyond ??= beyond();
    for (const [number, html] of Object.entries(blocks)) {
      this.root.querySelector(`[data-block="${number}"]`)?.replaceWith(parsed(html));
    }
    for (const [number, html] of Object.entries(margin)) {
      const list = document.querySelector(`[data-margin="${number}"]`);
      if (list) put(list, html);
    }
    if (mention && this.known) this.known.set(mention.id, mention);
    this.text.refresh();
    this.paint.again();
    this.selection.show();
    this.#count();
    this.dispatchEvent(new CustomEvent("applied", { detail: answer }));
  }

  // How much is tagged, as the legend says it: what is suggested counts for itself alone. What the
  // page does not draw (`tags=`) is counted on as the server counted it.
  #count() {
    const drawn = counts();
    const say = (place, count) => { place.textContent = count ? count.toLocaleString("en-GB") : ""; };
    const all = [...drawn].reduce((sum, [name, count]) => (name === SUGGESTED ? sum : sum + count), 0);
    for (const place of document.querySelectorAll("[data-tag-count]")) say(place, all);
    for (const row of document.querySelectorAll(".legend-kind")) {
      const name = row.dataset.kind ?? SUGGESTED;
      const count = (drawn.get(name) ?? 0) + (this.beyond.get(name) ?? 0);
      let place = row.querySelector(".num");
      if (!place && count) row.append(" ", (place = make("span", { class: "soft num" })));
      if (place) say(place, count);
      if (name === SUGGESTED) row.hidden = !count;
    }
    if (drawn.size) document.querySelector(".tag-hint")?.remove();
  }

  // Asks for everything as it is now.
  async refresh() {
    const address = new URL(this.url("tags"), location.href);
    for (const [name, value] of Object.entries(this.about)) address.searchParams.set(name, value);
    try {
      const response = await fetch(address, { headers: { Accept: "application/json" } });
      if (!response.ok) return false;
      const answer = await response.json();
      this.known = new Map(answer.mentions.map((mention) => [mention.id, mention]));
      this.codes = answer.codes;
      this.apply(answer);
      return true;
    } catch {
      return false;
    }
  }
}

const SUGGESTED = "?";

// How many lines the margin has of each kind, and of what is suggested.
function counts() {
  const found = new Map();
  for (const line of document.querySelectorAll("[data-mention]")) {
    const name = line.classList.contains("is-suggested") ? SUGGESTED : line.dataset.kind;
    found.set(name, (found.get(name) ?? 0) + 1);
  }
  return found;
}

// How many more of each the server counted in the legend.
function beyond() {
  const drawn = counts();
  const found = new Map();
  for (const row of document.querySelectorAll(".legend-kind")) {
    const name = row.dataset.kind ?? SUGGESTED;
    const said = Number((row.querySelector(".num")?.textContent ?? "").replace(/\D/g, ""));
    found.set(name, said - (drawn.get(name) ?? 0));
  }
  return found;
}
