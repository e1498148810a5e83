"""What templates say of operations."""

from typing import Protocol

from django.template import Library

from articles.views.acts import REDO, UNDO

register = Library()


class _Message(Protocol):
    extra_tags: str | None


@register.filter
def way_back(message: _Message) -> dict[str, object] | None:
    """Return the operation that a message's button takes back, and the button's word."""
    for prefix, word in ((UNDO, "Undo"), (REDO, "Redo")):
        number = (message.extra_tags or "").removeprefix(prefix)
        if number.isdigit():
            return {"pk": int(number), "word": word}
    return None
