// What waits to be saved, kept in this browser until the server has it: through a reload, a crash
// and a day without a network. One item for each, so that two windows never overwrite each other.

const PREFIX = "newsroom.tagging.";
const SAVED = "newsroom.saved"; // of which article something was saved last, and when, in ms
let isWhole = true; // whether everything could be kept
const kept = new Map(); // what could not, or can't be: in memory alone

export function put(entry) {
  try {
    localStorage.setItem(PREFIX + entry.id, JSON.stringify(entry));
    kept.delete(entry.id);
  } catch {
    isWhole = false;
    kept.set(entry.id, entry);
  }
}

export function drop(id) {
  kept.delete(id);
  try {
    localStorage.removeItem(PREFIX + id);
  } catch {
    // There was nothing to remove.
  }
}

// Keeps the moment in which the server had something, for a page that was on its way then.
export function noteSaved(article) {
  try {
    localStorage.setItem(SAVED, JSON.stringify([article, Date.now()]));
  } catch {
    // Such a page shows it when it is loaded again.
  }
}

// Whether something of an article was saved from this browser at a moment, in ms, or later.
export function isSavedSince(article, moment) {
  try {
    const [of, at] = JSON.parse(localStorage.getItem(SAVED)) ?? [];
    return of === article && at >= moment;
  } catch {
    return false;
  }
}

// All of a person's, the oldest first.
export function all(user) {
  const found = [...kept.values()];
  try {
    for (let index = 0; index < localStorage.length; index += 1) {
      const key = localStorage.key(index);
      if (key.startsWith(PREFIX)) found.push(JSON.parse(localStorage.getItem(key)));
    }
  } catch {
    isWhole = false;
  }
  return found.filter((entry) => entry.user === user).sort((a, b) => (a.id < b.id ? -1 : 1));
}

// The id of an item that another window changed, from a storage event; null if it is none of ours.
export function idOf(event) {
  return event.key?.startsWith(PREFIX) ? event.key.slice(PREFIX.length) : null;
}

addEventListener("beforeunload", (event) => {
  if (!isWhole && kept.size) event.preventDefault();
});
