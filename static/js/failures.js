// A request of htmx that failed: say what happened and what to do; the page stays as it was.

function say(title, words) {
  const notice = document.createElement("div");
  notice.className = "notice notice-bad";
  notice.dataset.failure = "";
  const text = document.createElement("span");
  const strong = document.createElement("strong");
  strong.textContent = title;
  text.append(strong, ` ${words}`);
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button button-small";
  close.textContent = "Dismiss";
  close.addEventListener("click", () => notice.remove());
  notice.append(text, close);
  document.querySelector("#notices [data-failure]")?.remove();
  document.getElementById("notices").append(notice);
}

// The status of an answer, or none if there was no answer.
export function sayStatus(status) {
  if (!status) say("The server can’t be reached.", "The page is as it was; try again in a moment.");
  else if (status === 404) say("That is no longer here.", "Load the page again to see what there is.");
  else if (status === 403) say("You may not do this.", "Log in again if you were away for long.");
  else say("The server could not answer.", "Nothing was changed; try again in a moment.");
}

document.addEventListener("htmx:sendError", () => sayStatus(0));
document.addEventListener("htmx:responseError", (event) => sayStatus(event.detail.xhr.status));

document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) document.querySelector("#notices [data-failure]")?.remove();
});
