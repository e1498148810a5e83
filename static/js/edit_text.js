// The blocks of a text: they grow with their words, and are split, joined and moved by keys.
import { add, bindDoing, blank, move, number, rowsOf, say } from "./edit_rows.js";

const whole = document.querySelector("[data-blocks]");
const words = (row) => row.querySelector("textarea");
const grows = CSS.supports("field-sizing", "content");

function grow(area) {
  if (grows) return;
  area.rows = 1;
  while (area.scrollHeight > area.clientHeight && area.rows < 200) area.rows += 1;
}

function split(_, row) {
  const area = words(row);
  const at = area.selectionStart;
  const [head, tail] = [area.value.slice(0, at).trimEnd(), area.value.slice(at).trimStart()];
  if (!head || !tail) {
    say(whole, "Put the cursor where the next block is to begin.");
    area.focus();
    return;
  }
  area.value = head;
  grow(area);
  const next = blank(whole);
  next.querySelector("select").value = row.querySelector("select").value;
  words(next).value = tail;
  add(whole, row, next);
  words(next).setSelectionRange(0, 0);
  grow(words(next));
  say(whole, "Split in two.");
}

function merge(_, row) {
  const before = row.previousElementSibling;
  if (!before) return;
  const area = words(before);
  const head = area.value.trimEnd();
  const tail = words(row).value.trimStart();
  area.value = [head, tail].filter(Boolean).join(" ");
  row.remove();
  number(whole);
  grow(area);
  area.focus();
  area.setSelectionRange(head.length, head.length);
  say(whole, "Joined to the block before.");
}

bindDoing("split", split);
bindDoing("merge", merge);

whole.addEventListener("input", (event) => {
  if (event.target.matches("textarea")) grow(event.target);
});

whole.addEventListener("keydown", (event) => {
  const row = event.target.closest("[data-row]");
  if (!row || !event.target.matches("textarea")) return;
  const { selectionStart, selectionEnd } = event.target;
  if (event.altKey && event.key === "ArrowUp") move(whole, row, -1);
  else if (event.altKey && event.key === "ArrowDown") move(whole, row, 1);
  else if (event.altKey && event.key === "Enter") split(whole, row);
  else if (event.key === "Backspace" && selectionStart === 0 && selectionEnd === 0 && !event.repeat)
    merge(whole, row);
  else return;
  event.preventDefault();
});

for (const row of rowsOf(whole)) grow(words(row));
