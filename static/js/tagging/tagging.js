// Tagging in the reading view: what the keys, the mouse and the bar do. See docs/annotating.md.
import { bindKeys } from "../keys.js";
import { Acts } from "./acts.js";
import { Bar } from "./bar.js";
import { Card } from "./card.js";
import * as caret from "./caret.js";
import { Chosen } from "./chosen.js";
import { Codes } from "./codes.js";
import { Desk } from "./desk.js";
import { whenThere } from "./elements.js";
import { Leading } from "./leading.js";
import { Names } from "./names.js";
import { Popover } from "./popover.js";
import { Queue } from "./queue.js";
import { Same } from "./same.js";
import { showState } from "./state.js";

whenThere(() => {
  const data = JSON.parse(document.getElementById("tagging-data")?.textContent ?? "null");
  const root = document.querySelector("[data-article] .reading") ?? document.querySelector(".reading[data-article]");
  if (data?.may_tag && root) begin(root, data);
});

function begin(root, data) {
  root.tabIndex = -1;
  const desk = new Desk(root, data);
  const queue = new Queue(data.user);
  const acts = new Acts(desk, queue);
  const names = new Names(desk);
  const popover = new Popover(desk);
  const bar = new Bar(desk);
  const card = new Card({ desk, acts, names, popover });
  const codes = new Codes({ desk, acts, popover });
  document.querySelector(".rail-codes a, .task-codes a")?.addEventListener("click", (event) => {
    event.preventDefault();
    codes.open();
  });
  const leading = new Leading({ desk, acts, popover });
  const same = new Same({ desk, acts, bar });
  const chosen = new Chosen({ desk, acts, names, queue, card, codes, leading, bar, elsewhere: same });
  showState({ bar, acts, queue, desk });
  listen({ desk, acts, popover, chosen, codes, same });
  queue.send();
}

const NAMED = { BracketLeft: "[", BracketRight: "]", Equal: "=", Semicolon: ";", Period: "." };
const SHIFTED = { BracketLeft: "{", BracketRight: "}", Equal: "+", Period: ">" };

// The letter of a key; that of the same place on a Latin keyboard where another script is written.
function letter({ key, code, shiftKey }) {
  if (key.length !== 1 || key.codePointAt(0) < 0x250) return key;
  return (shiftKey && SHIFTED[code]) || NAMED[code] || (code.startsWith("Key") ? code.slice(3).toLowerCase() : key);
}

function isElsewhere({ target }) {
  return target.closest?.("input, textarea, select, [contenteditable], [role=listbox]") !== null;
}

function listen({ desk, acts, popover, chosen, codes, same }) {
  const { selection } = desk;
  let pointer = "mouse";
  let isDown = false;

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || popover.isOpen || isElsewhere(event)) return;
    if (document.querySelector("dialog[open]")) return;
    const isDone = keyed(event);
    if (!isDone) return;
    event.preventDefault();
    event.stopPropagation();
  }, { capture: true });

  function keyed(event) {
    const { key, shiftKey } = event;
    // AltGr writes some of the signs.
    const isSign = event.getModifierState("AltGraph");
    const isWith = (event.ctrlKey || event.metaKey) && !isSign;
    if (isWith && key.toLowerCase() === "z") return acts.step(shiftKey) || true;
    if (isWith && key.toLowerCase() === "y") return acts.step(true) || true;
    const meant = caret.meaning(event, desk.isRightToLeft);
    if (meant && (selection.anchor || meant.by === "word")) {
      desk.root.focus({ preventScroll: true });
      return chosen.move(meant) || true;
    }
    if (isWith || (event.altKey && !isSign)) return false;
    if (key === "Enter" && event.target.closest("a, button, summary")) return false;
    const pressed = letter(event);
    return same.key(pressed, chosen.current) || chosen.key(pressed);
  }

  document.addEventListener("pointerdown", (event) => {
    pointer = event.pointerType === "touch" ? "touch" : "mouse";
    isDown = desk.root.contains(event.target);
  });
  document.addEventListener("pointerup", (event) => {
    if (!isDown) return;
    // The browser selects after this event.
    setTimeout(() => {
      isDown = false;
      const piece = event.target.closest?.("[data-m]");
      if (piece && getSelection().isCollapsed) chosen.pick(piece, pointer);
      else selection.take(pointer, event.altKey);
    });
  });
  document.addEventListener("selectionchange", () => {
    if (isDown && pointer === "mouse") return;
    selection.take(pointer === "touch" ? "touch" : "native", false, true);
  });

  // The margin: a line leads to its words, its buttons do what the keys do.
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest?.("[data-tag-words]")) {
      event.preventDefault();
      chosen.begin();
      return;
    }
    const line = event.target.closest?.("[data-mention]");
    const pressed = line && event.target.closest(".note-at, .note-acts > *");
    if (!pressed) return;
    event.preventDefault();
    const id = Number(line.dataset.mention);
    if (pressed.name === "accept" || pressed.name === "reject") acts.decide(id, pressed.name === "accept");
    else if (chosen.go(id) && !pressed.matches(".note-at")) chosen.open();
  });

  bindKeys({ ";": () => codes.open() });
}
