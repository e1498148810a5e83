"""Parameters of pages that are no filters of the article list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

MAX_CHARACTERS = 500
# More than Postgres' bigint holds for certain.
MAX_DIGITS = 19


class ParameterError(ValueError):
    """A parameter that can't be read: its name, and a sentence."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}: {message}")
        self.name = name
        self.message = message


def read_text(request: HttpRequest, name: str) -> str:
    """Return a parameter as text, empty if not given. Raises ParameterError."""
    text = request.GET.get(name, "").strip()
    if "\0" in text or len(text) > MAX_CHARACTERS:
        raise ParameterError(
            name, f"This must be text of at most {MAX_CHARACTERS} characters, without NUL."
        )
    return text


def read_number(request: HttpRequest, name: str) -> int | None:
    """Return a parameter as a whole number, None if not given. Raises ParameterError."""
    text = read_text(request, name)
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < MAX_DIGITS):
        raise ParameterError(name, "This must be a whole number.")
    return int(text)


def refused(request: HttpRequest, fault: ParameterError) -> HttpResponse:
    """Return the page for a request that can't be answered as it stands."""
    return render(request, "400.html", {"fault": fault}, status=400)
