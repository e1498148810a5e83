"""What templates ask of a person's roles."""

from django.template import Library

from articles.models import Corpus
from articles.models.corpora import Visitor

register = Library()


@register.filter
def is_editor(user: Visitor) -> bool:
    """Return whether someone may put things right in any corpus."""
    may: bool = user.is_authenticated and Corpus.objects.editable_by(user).exists()
    return may
