// The bars over time: dragging chooses days, and so do the arrow keys, with Shift to stretch, and
// Enter. What is chosen is said as an event, "brushed", whose detail is the address.
const day = (date) => date.toISOString().slice(0, 10);

// The first day of a bar, counted from the first one.
function startOf(box, index) {
  const [year, month, date] = box.dataset.first.split("-").map(Number);
  const start = new Date(0);
  const { zoom } = box.dataset;
  start.setUTCFullYear(
    year + (zoom === "year" ? index : 0),
    month - 1 + (zoom === "month" ? index : 0),
    date + (zoom === "day" ? index : 0),
  );
  return start;
}

function endOf(box, index) {
  const next = startOf(box, index + 1);
  next.setUTCDate(next.getUTCDate() - 1);
  return next;
}

export function brush() {
  const box = document.querySelector("[data-brush]");
  if (!box || box.dataset.isBound) return;
  box.dataset.isBound = "yes";
  box.tabIndex = 0;
  const svg = box.querySelector("svg");
  const band = box.querySelector(".shape-brush");
  const words = box.closest("figure").querySelector(".shape-said");
  const bars = Number(box.dataset.bars);
  const wide = svg.viewBox.baseVal.width;
  let from = null;
  let to = null;
  let isDragging = false;

  const at = (event) => {
    const around = svg.getBoundingClientRect();
    const place = Math.floor(((event.clientX - around.left) / around.width) * bars);
    return Math.min(Math.max(place, 0), bars - 1);
  };
  const draw = () => {
    const [first, last] = [Math.min(from, to), Math.max(from, to)];
    band.setAttribute("x", (first / bars) * wide);
    band.setAttribute("width", ((last - first + 1) / bars) * wide);
    words.textContent = `${day(startOf(box, first))} to ${day(endOf(box, last))}`;
  };
  const choose = () => {
    const [first, last] = [Math.min(from, to), Math.max(from, to)];
    const days = `${day(startOf(box, first))}..${day(endOf(box, last))}`;
    const detail = box.dataset.brush.replace(box.dataset.span, days);
    document.dispatchEvent(new CustomEvent("brushed", { detail }));
  };
  const clear = () => {
    from = to = null;
    isDragging = false;
    band.setAttribute("width", 0);
    words.textContent = "";
  };

  box.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    from = to = at(event);
    isDragging = true;
    box.setPointerCapture(event.pointerId);
  });
  box.addEventListener("pointermove", (event) => {
    if (!isDragging) return;
    to = at(event);
    draw();
  });
  box.addEventListener("pointerup", (event) => {
    if (!isDragging) return;
    isDragging = false;
    to = at(event);
    choose();
  });
  box.addEventListener("pointercancel", clear);
  // The bars are links for those without scripts; here a press is a brush of one bar.
  box.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
  });
  box.addEventListener("dragstart", (event) => event.preventDefault());
  box.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by) {
      if (to === null) from = to = by > 0 ? 0 : bars - 1;
      else {
        to = Math.min(Math.max(to + by, 0), bars - 1);
        if (!event.shiftKey) from = to;
      }
      draw();
    } else if (event.key === "Enter" && (to !== null || event.target === box)) {
      if (to !== null) choose();
    } else if (event.key === "Escape") clear();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
