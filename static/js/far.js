// Paragraphs far down a long text (.far, see css/article.css) are not laid out until what is in sight
// is painted. Until then each takes about the room that it will.

const FAR = ".far";
const AT_A_TIME = 40; // paragraphs, laid out in one go

// What tells where a part of the text is without having it laid out: its paragraph, if that is far.
export function boxOf(element) {
  return element.closest(FAR) ?? element;
}

// Whether it is within a screen of what is in sight.
export function isNear(element) {
  const { top, bottom } = boxOf(element).getBoundingClientRect();
  return bottom > -innerHeight && top < innerHeight * 2;
}

// Whether all of a text is laid out.
export function isWhole(text) {
  return !text.querySelector(FAR);
}

// Lays out the rest, a bit with each frame, from when `idle` finds a moment on; and calls back.
export function layOutRest(text, idle, done) {
  const rest = [...text.querySelectorAll(FAR)];
  const some = () => {
    for (const each of rest.splice(0, AT_A_TIME)) each.classList.remove("far");
    // Each bit is drawn, and what was pressed meanwhile is heard, before the next one.
    if (rest.length) requestAnimationFrame(some);
    else end();
  };
  const end = () => {
    text.querySelector(".set.is-growing")?.classList.remove("is-growing");
    done();
  };
  if (rest.length) idle(some);
  else done();
}
