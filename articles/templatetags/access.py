"""What templates ask of a person's roles."""

from django.template import Library

from articles.models import Corpus
from articles.models.corpora import Visitor

register = Library()
# On the person that a request is made by, who is read anew for each.
_KNOWN = "newsroom_is_editor"


@register.filter
def is_editor(user: Visitor) -> bool:
    """Return whether someone may put things right in any corpus; asked once a request."""
    if not user.is_authenticated:
        return False
    known: bool | None = getattr(user, _KNOWN, None)
    if known is None:
        known = Corpus.objects.editable_by(user).exists()
        setattr(user, _KNOWN, known)
    return known
