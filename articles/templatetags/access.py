"""What templates ask of a person's roles."""

from django.template import Library

from articles.models import Corpus
from articles.models.corpora import Visitor

register = Library()
# On the person that a request is made by, who is read anew for each.
_KNOWN = "newsroom_edits"
_COLLECTS = "newsroom_collects"
_ANNOTATES = "newsroom_annotates"


@register.filter
def is_editor(user: Visitor) -> bool:
    """Return whether someone may put things right in any corpus."""
    return bool(_edited_by(user))


@register.filter
def edits(user: Visitor, corpus_id: int) -> bool:
    """Return whether someone may put things right in this corpus."""
    return corpus_id in _edited_by(user)


@register.filter
def is_annotator(user: Visitor) -> bool:
    """Return whether someone may tag and link in any corpus; asked once a request."""
    if not user.is_authenticated:
        return False
    known: bool | None = getattr(user, _ANNOTATES, None)
    if known is None:
        known = is_editor(user) or Corpus.objects.annotatable_by(user).exists()
        setattr(user, _ANNOTATES, known)
    return known


@register.filter
def collects(user: Visitor, corpus_id: int) -> bool:
    """Return whether someone may collect articles of this corpus."""
    if not user.is_authenticated:
        return False
    known: frozenset[int] | None = getattr(user, _COLLECTS, None)
    if known is None:
        known = frozenset(Corpus.objects.with_members(user).values_list("pk", flat=True))
        setattr(user, _COLLECTS, known)
    return corpus_id in known


def _edited_by(user: Visitor) -> frozenset[int]:
    """Return the corpora in which someone may put things right; asked once a request."""
    if not user.is_authenticated:
        return frozenset()
    known: frozenset[int] | None = getattr(user, _KNOWN, None)
    if known is None:
        known = frozenset(Corpus.objects.editable_by(user).values_list("pk", flat=True))
        setattr(user, _KNOWN, known)
    return known
