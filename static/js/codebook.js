// The editor of a codebook: rows are added, moved and removed here; a colour shows at once.
import "./edit_rows.js";

document.addEventListener("change", ({ target }) => {
  if (target.name !== "kind-colour") return;
  const swatch = target.parentElement.querySelector("[data-swatch]");
  swatch.className = `mention m${target.value} t${target.value}`;
});

document.querySelector("form[data-edit]")?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    event.currentTarget.querySelector("[data-saves]").click();
  }
});
