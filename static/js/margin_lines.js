// Lines of a margin that are not there yet. Of an article with thousands of tags the page holds those
// far down in <noscript>: as plain text, which takes no time. Whoever needs a line that may be one of
// them fills the lists first; js/margin.js does so as soon as the page is painted.

const HELD = ".margin-block[data-lines]";

// The lists that are still to be filled, in order.
export function held() {
  return [...document.querySelectorAll(HELD)];
}

export function fill(list) {
  delete list.dataset.lines;
  const source = list.querySelector(":scope > noscript");
  if (source) list.innerHTML = source.textContent;
}

export function fillAll() {
  held().forEach(fill);
}
