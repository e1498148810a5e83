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
  if (source) put(list, source.textContent);
}

// Puts lines as HTML of our own server into a list. Their buttons are for the scripts of tagging:
// for each that would submit the form, the browser would look through all of the form again.
export function put(list, html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  for (const button of template.content.querySelectorAll("button")) button.type = "button";
  list.replaceChildren(template.content);
}

export function fillAll() {
  held().forEach(fill);
}
