"""What every page that changes something has in common: who may, and the way back."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from articles.history.operations import corpus_allows
from articles.history.permission import does
from articles.models import Act, Corpus, Operation

UNDO = "undo-"
REDO = "redo-"


def actor(request: HttpRequest, corpus: Corpus, kind: Act) -> User:
    """Return who asks, if their role in a corpus is enough for an act; else raise PermissionDenied.

    The page behind it is for people who may see the corpus already: to others it is not there.
    """
    user = cast("User", request.user)
    if not user.is_authenticated or not corpus_allows(corpus, user, kind.role):
        raise PermissionDenied(f"This needs the role of {kind.role.label.lower()} in {corpus}.")
    return user


def tell(request: HttpRequest, operation: Operation | None) -> None:
    """Say on the next page what was done, with a button that undoes it."""
    if operation is None:
        messages.info(request, "Nothing to change: it says so already.")
    else:
        messages.success(request, operation.summary, extra_tags=f"{UNDO}{operation.pk}")


def tell_undone(request: HttpRequest, undoing: Operation) -> None:
    """Say on the next page what was taken back, with a button that does it again."""
    prefix = UNDO if does(undoing) else REDO
    messages.success(request, undoing.summary, extra_tags=f"{prefix}{undoing.pk}")
