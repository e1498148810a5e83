// time.local[datetime]: shown in the reader's zone, as printed on hover. Instants only, never days.

const shown = new Intl.DateTimeFormat(document.documentElement.lang, {
  day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit",
  timeZoneName: "short",
});

function localise(root) {
  for (const time of root.querySelectorAll("time.local[datetime]:not([title])")) {
    const moment = new Date(time.dateTime);
    if (Number.isNaN(moment.valueOf())) continue;
    // Before zones were agreed on, clocks went by the sun, and “GMT+5:07:48” helps nobody.
    if (/[+\-−]\d+:\d+:\d+/.test(shown.format(moment))) continue;
    time.title = time.textContent.trim();
    time.textContent = shown.format(moment);
  }
}

localise(document);
document.addEventListener("htmx:load", (event) => localise(event.target.parentElement ?? document));
