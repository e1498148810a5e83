// A request of htmx that failed: say what happened and what to do; the page stays as it was.

function say(title, words, more = null) {
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
  notice.append(text, ...(more ? [more] : []), close);
  document.querySelector("#notices [data-failure]")?.remove();
  document.getElementById("notices").append(notice);
}

// Leads to the log-in, and from there back to what one looks at.
function toLogIn() {
  const link = document.createElement("a");
  link.className = "button button-small";
  link.href = `/login/?next=${encodeURIComponent(location.pathname + location.search)}`;
  link.textContent = "Log in";
  return link;
}

// The request whose answer is of no use though it came.
let useless = null;

// The status of an answer, or none if there was no answer; its request, where htmx takes it for good.
export function sayStatus(status, request = null) {
  useless = request;
  if (!status) say("The server can’t be reached.", "The page is as it was; try again in a moment.");
  else if (status === 404) say("That is no longer here.", "Load the page again to see what there is.");
  else if (status === 403) say("You may not do this.", "Log in again if you were away for long.", toLogIn());
  else say("The server could not answer.", "Nothing was changed; try again in a moment.");
}

document.addEventListener("htmx:sendError", () => sayStatus(0));
document.addEventListener("htmx:responseError", (event) => sayStatus(event.detail.xhr.status));

// Who was logged out meanwhile is led to the log-in, which is no part of this page.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { pathname } = new URL(event.detail.xhr.responseURL || location.href, location.href);
  if (pathname !== "/login/" || location.pathname === pathname) return;
  event.detail.shouldSwap = false;
  sayStatus(403, event.detail.xhr);
});

document.addEventListener("htmx:afterRequest", (event) => {
  const { successful, xhr } = event.detail;
  if (successful && xhr !== useless) document.querySelector("#notices [data-failure]")?.remove();
});
