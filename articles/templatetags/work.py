"""What templates ask of a person's work."""

from django.contrib.auth.models import User
from django.template import Library

from articles.annotate.tasks import work
from articles.models.corpora import Visitor

register = Library()
SHOWN = 999


@register.filter
def open_work(user: Visitor) -> str:
    """Return how many articles wait for someone, in a few characters; nothing if none does."""
    if not isinstance(user, User):
        return ""
    count = work.open_count(user)
    if count > SHOWN:
        return f"{SHOWN}+"
    return str(count) if count else ""
