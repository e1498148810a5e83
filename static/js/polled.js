// Parts of a page that ask for themselves, again and again: what is pressed at that moment stays, or
// the press would be lost with it. The next answer comes soon. What has the focus keeps it by its id.

document.addEventListener("htmx:beforeSwap", ({ target, detail }) => {
  const isPolled = target.getAttribute("hx-trigger")?.startsWith("every ");
  if (isPolled && target.matches(":active")) detail.shouldSwap = false;
});
