"""What templates ask of a person's roles."""

from django.template import Library

from articles.models import Corpus
from articles.models.corpora import Visitor
from articles.models.prepared import Prepared

register = Library()
# On the person that a request is made by, who is read anew for each.
_KNOWN = "newsroom_edits"
_COLLECTS = "newsroom_collects"
_ANNOTATES = "newsroom_annotates"
# Every page asks these.
_EDITED = Prepared(lambda user: Corpus.objects.editable_by(user).order_by().values_list("pk"))
_OF_MEMBERS = Prepared(lambda user: Corpus.objects.with_members(user).order_by().values_list("pk"))
_ANNOTATED = Prepared(
    lambda user: Corpus.objects.annotatable_by(user).order_by().values_list("pk")[:1]
)


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
        known = is_editor(user) or bool(_ANNOTATED.rows(user))
        setattr(user, _ANNOTATES, known)
    return known


@register.filter
def collects(user: Visitor, corpus_id: int) -> bool:
    """Return whether someone may collect articles of this corpus."""
    if not user.is_authenticated:
        return False
    known: frozenset[int] | None = getattr(user, _COLLECTS, None)
    if known is None:
        known = frozenset(corpus for (corpus,) in _OF_MEMBERS.rows(user))
        setattr(user, _COLLECTS, known)
    return corpus_id in known


def _edited_by(user: Visitor) -> frozenset[int]:
    """Return the corpora in which someone may put things right; asked once a request."""
    if not user.is_authenticated:
        return frozenset()
    known: frozenset[int] | None = getattr(user, _KNOWN, None)
    if known is None:
        known = frozenset(corpus for (corpus,) in _EDITED.rows(user))
        setattr(user, _KNOWN, known)
    return known
