// Open a capture at its place. A link with a line of its own (#L12) knows better.

if (location.hash === "") document.querySelector(".line.is-marked")?.scrollIntoView({ block: "center" });
