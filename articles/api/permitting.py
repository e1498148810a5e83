"""The corpora into which a client may write."""

from rest_framework.request import Request

from articles.api.problems import Problem
from articles.models import Corpus, Role


def editable_corpus(request: Request, slug: str) -> Corpus:
    """Return a corpus that the client may edit; raise Problem 404 or 403."""
    corpus: Corpus | None = Corpus.objects.visible_to(request.user).filter(slug=slug).first()
    if corpus is None:
        message = f"There is no corpus “{slug}” that you may read."
        raise Problem(404, message, errors={"corpus": message})
    check_editable(request, corpus)
    return corpus


def check_editable(request: Request, corpus: Corpus) -> None:
    """Raise Problem 403 unless the client may edit a corpus that it may read."""
    if not Corpus.objects.editable_by(request.user).filter(pk=corpus.pk).exists():
        raise Problem(403, f"You may read the corpus “{corpus.slug}”, but not change it.")


def check_administers(request: Request, corpus: Corpus) -> None:
    """Raise Problem 403 unless the client is an admin of a corpus that it may know of."""
    if not Corpus.objects.administered_by(request.user).filter(pk=corpus.pk).exists():
        raise Problem(403, f"This needs the role of {Role.ADMIN} in the corpus “{corpus.slug}”.")
