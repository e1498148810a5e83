// What the bar says of saving: what was just done, what waits, what was refused and why.
import { act } from "./bar.js";
import { announce, make, short } from "./elements.js";

const PAUSE = 400; // ms that something may take to be saved before one is told that it waits

const WHY = {
  "": "",
  offline: "The server can’t be reached. It is tried again by itself.",
  login: "You are logged out.",
  old: "This page is too old to save. Load it again: what waits is kept.",
};

export function showState({ bar, acts, queue, desk }) {
  let timer = null;
  let isLate = false;

  function show() {
    said();
    waiting();
    refused();
  }

  function said() {
    const last = acts.done.at(-1);
    const words = acts.last ?? (last && !last.isRestored ? last.words : null);
    const canUndo = acts.done.length > 0;
    const canRedo = acts.undone.length > 0;
    if (!words) return bar.row("said", "", null);
    return bar.row("said", JSON.stringify([words, canUndo, canRedo]), () => [
      make("span", { class: "tag-said" }, make("bdi", {}, words)),
      canUndo && act("Undo", "Ctrl Z", () => acts.step(false), { class: "tag-quiet" }),
      canRedo && act("Redo", "Ctrl ⇧ Z", () => acts.step(true), { class: "tag-quiet" }),
    ]);
  }

  function waiting() {
    const { length } = queue.waiting;
    desk.root.dataset.waiting = length;
    if (!length) {
      if (isLate) announce("Everything is saved.");
      isLate = false;
      clearTimeout(timer);
      timer = null;
      return bar.row("waiting", "", null);
    }
    // What is saved in a moment is not worth a word.
    if (!queue.trouble && !isLate) {
      timer ??= setTimeout(() => { timer = null; isLate = queue.waiting.length > 0; show(); }, PAUSE);
      return undefined;
    }
    const words = `${length} ${length === 1 ? "change waits" : "changes wait"} to be saved.`;
    if (!isLate) announce(`${words} ${WHY[queue.trouble]}`);
    isLate = true;
    return bar.row("waiting", `${words}${queue.trouble}`, () => [
      make("strong", {}, words),
      make("span", { class: "soft" }, ` ${WHY[queue.trouble]} Nothing is lost if you leave.`),
      queue.trouble === "login"
        ? make("a", { class: "button button-small", href: `/login/?next=${encodeURIComponent(location.pathname)}` }, "Log in")
        : queue.trouble === "old"
          ? act("Load again", null, () => location.reload())
          : act("Try now", null, () => queue.send()),
    ]);
  }

  function refused() {
    const found = queue.refused;
    return bar.row("refused", JSON.stringify(found.map((each) => each.id)), () => found.map(problem));
  }

  function problem(entry) {
    const isHere = entry.article === desk.data.article;
    const changed = entry.problem.current;
    return make(
      "div",
      { class: "tag-problem", role: "alert" },
      make("strong", {}, "Not saved: "),
      make("bdi", {}, entry.words),
      make("span", {}, ` ${entry.problem.problem ?? "The server refused it."}`),
      changed && make("span", {}, ` It is now: ${[changed.entity_name, desk.kind(changed.kind)?.name, changed.comment && `“${short(changed.comment)}”`].filter(Boolean).join(", ")}.`),
      !isHere && make("a", { href: entry.page }, "That article"),
      make(
        "span",
        { class: "tag-acts" },
        changed && act("Do it all the same", null, () => {
          queue.amend(entry.id, { revision: changed.revision });
          queue.retry(entry.id);
        }),
        !changed && act("Try again", null, () => queue.retry(entry.id)),
        act("Give it up", null, () => queue.cancel(entry.id)),
      ),
    );
  }

  acts.addEventListener("change", show);
  queue.addEventListener("changed", show);
  queue.addEventListener("refused", ({ detail }) => {
    show();
    announce(`Not saved: ${detail.entry.words}. ${detail.entry.problem.problem ?? ""}`);
  });
  show();
}
