// [data-copies="id"]: puts an element's text on the clipboard and says so on the button.

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copies);
  const words = source.value ?? source.textContent;
  button.dataset.label ??= button.textContent;
  try {
    await navigator.clipboard.writeText(words);
    button.textContent = "Copied";
  } catch {
    // No permission: select it, so that the reader's own copy key does it.
    getSelection().selectAllChildren(source);
    button.textContent = "Selected: press Ctrl C";
  }
  setTimeout(() => { button.textContent = button.dataset.label; }, 2000);
});
