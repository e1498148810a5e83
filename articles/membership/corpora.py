"""Corpora made and set up: their names, what they say of themselves, and who may read them."""

import hashlib
from collections.abc import Mapping

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from articles.history.operations import act, done
from articles.models import Access, Act, Corpus, Door, Membership, Operation, Role
from articles.models.corpora import Visitor

MAX_NAME = 200
MAX_DESCRIPTION = 5_000
MAX_SLUG = 80
SETTINGS = ("name", "description", "access")
_FALLBACK_SLUG = "corpus"
# What stands in addresses where a corpus' short name would.
_RESERVED = frozenset({"new"})


class CorpusRefusedError(Exception):
    """Why a corpus can't be made or set up so; ``field`` is the setting at fault."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason


class StaleSettingsError(Exception):
    """Someone changed the settings since they were read."""


def may_create(user: Visitor) -> bool:
    """Whether someone may make a corpus: superusers, and who is an admin of one already."""
    if not user.is_authenticated or not user.is_active:
        return False
    if getattr(user, "is_superuser", False):
        return True
    return Membership.objects.filter(user_id=user.pk, role=Role.ADMIN).exists()


def create(
    *, name: str, slug: str = "", description: str = "", access: Access, by: User, door: Door
) -> Corpus:
    """Make a corpus whose admin is who makes it; raise CorpusRefusedError.

    Without a ``slug``, one is made of the name, with a number where it is taken. The caller has
    checked that ``by`` may.
    """
    corpus = Corpus(
        name=name.strip(),
        slug=slug or _free_slug(name),
        description=description.strip(),
        access=access,
    )
    _check(corpus)
    try:
        with transaction.atomic():
            corpus.save(force_insert=True)
            summary = f"Made the corpus “{corpus.name}”: {access.label.lower()}"
            with act(Act.CORPUS, corpus=corpus, by=by, summary=summary, door=door):
                Membership.objects.create(corpus=corpus, user=by, role=Role.ADMIN)
    except IntegrityError as fault:
        if "slug" not in str(fault):
            raise
        raise _taken() from fault
    return corpus


def change_settings(
    corpus: Corpus,
    changes: Mapping[str, str],
    *,
    by: User | None,
    door: Door,
    expected_state: str = "",
) -> Operation | None:
    """Give a corpus another name, description or access; None if it has them already.

    ``expected_state`` is :func:`state_of` what was read. Raises StaleSettingsError if it is so no
    more, CorpusRefusedError for a value that can't be.
    """
    with act(Act.CORPUS, corpus=corpus, by=by, summary="", door=door) as operation:
        corpus.refresh_from_db()
        if expected_state and expected_state != state_of(corpus):
            raise StaleSettingsError
        was = {name: getattr(corpus, name) for name in SETTINGS}
        for name in SETTINGS:
            setattr(corpus, name, changes.get(name, was[name]).strip())
        _check(corpus)
        changed = [name for name in SETTINGS if getattr(corpus, name) != was[name]]
        operation.size = 1 if changed else 0
        operation.summary = "; ".join(_said(corpus, was, name) for name in changed)
        if changed:
            corpus.save(update_fields=changed)
    return done(operation)


def state_of(corpus: Corpus) -> str:
    """Return a short name for the settings as they stand."""
    settings = "\0".join(getattr(corpus, name) for name in SETTINGS)
    return hashlib.sha256(settings.encode()).hexdigest()[:16]


def _said(corpus: Corpus, was: Mapping[str, str], name: str) -> str:
    """Return a change of a setting in words."""
    if name == "access":
        return f"Access of {corpus}: {Access(was[name]).label} → {Access(corpus.access).label}"
    if name == "name":
        return f"Renamed the corpus “{was[name]}” to “{corpus}”"
    return f"Changed the description of {corpus}"


def _check(corpus: Corpus) -> None:
    """Raise CorpusRefusedError for values that a corpus can't have."""
    for field in SETTINGS:
        if "\0" in getattr(corpus, field):
            raise CorpusRefusedError(field, "This holds a NUL character; remove it.")
    if not corpus.name:
        raise CorpusRefusedError("name", "A corpus needs a name.")
    if corpus.access not in Access.values:
        raise CorpusRefusedError("access", f"This must be one of {', '.join(Access.values)}.")
    if len(corpus.description) > MAX_DESCRIPTION:
        raise CorpusRefusedError(
            "description", f"This must have at most {MAX_DESCRIPTION:,} characters."
        )
    try:
        corpus.clean_fields(exclude=["access"])
        known = Corpus.objects.filter(slug=corpus.slug)
        if corpus.pk is None and (corpus.slug in _RESERVED or known.exists()):
            raise _taken()
    except ValidationError as fault:
        field, messages = next(iter(fault.message_dict.items()))
        raise CorpusRefusedError(field, " ".join(messages)) from fault


def _taken() -> CorpusRefusedError:
    return CorpusRefusedError("slug", "Another corpus has this short name. Choose another.")


def _free_slug(name: str) -> str:
    wanted = slugify(name)[: MAX_SLUG - 6].strip("-") or _FALLBACK_SLUG
    begun = Corpus.objects.filter(slug__startswith=wanted)
    taken = {*begun.values_list("slug", flat=True), *_RESERVED}
    if wanted not in taken:
        return wanted
    # One more name than are taken: one of them is free.
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in numbered if slug not in taken)
