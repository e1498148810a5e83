"""Entities by name: found under a name, and made.

A blind task knows the names there were as it began and one's own since; everywhere else those are
known that were not made in somebody's blind work.
"""

import re
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Q

from articles.history.operations import act
from articles.models import Act, Corpus, Door, Entity, EntityName, Operation, Task
from articles.models.corpora import Visitor
from articles.models.folding import fold
from articles.text import normalise_line

NAME_CHARACTERS = 300
KIND_CHARACTERS = 40

# Of Postgres' two-part advisory locks: making an entity of a name.
_NAMING_LOCK = 7_103
_KIND = re.compile(r"[a-z0-9][a-z0-9_-]*\Z")


class EntityRefusedError(Exception):
    """Why something can't be done with an entity: a sentence. ``field`` says where it belongs."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class EntityKnownError(EntityRefusedError):
    """An entity of this kind is known under this name."""

    def __init__(self, known: Entity) -> None:
        super().__init__(
            f"“{known.name}” is known already, as {known.kind}. Use it, or give the new one "
            "a name that tells them apart.",
            "name",
        )
        self.known = known


def resolve(
    corpus: Corpus, name: str, kind: str, user: Visitor, task: Task | None = None
) -> Entity | None:
    """Return the entity that a name means: one that stands and is of the kind; None if none is.

    Who goes by the name comes before who has it as an alias, then who was made first.
    """
    blind = task if task is not None and task.blind else None
    folded = fold(normalise_line(name))
    named = EntityName.objects.filter(_known(user, blind), corpus=corpus, folded=folded)
    named = named.filter(
        Q(entity__merged_into=None, entity__kind=kind) | Q(entity__merged_into__kind=kind)
    ).filter(_known(user, blind, "entity__"))
    found = [row.entity.merged_into or row.entity for row in named.select_related(
        "entity__merged_into__corpus", "entity__corpus")]  # fmt: skip
    if blind is not None:
        found = [entity for entity in found if _is_known(entity, user, blind)]
    found.sort(key=lambda entity: (fold(entity.name) != folded, entity.pk))
    return found[0] if found else None


def _known(user: Visitor, blind: Task | None, of: str = "") -> Q:
    if blind is None:
        return Q(**{f"{of}task": None}) | Q(**{f"{of}task__blind": False})
    before: dict[str, Any] = {
        f"{of}created_at__lt": blind.created_at,
        f"{of}task": None,
    }
    return Q(**before) | Q(**{f"{of}task": blind, f"{of}by": user.pk})


def _is_known(entity: Entity, user: Visitor, blind: Task) -> bool:
    known: bool = Entity.objects.known_in(blind, user).filter(pk=entity.pk).exists()
    return known


def create(
    corpus: Corpus,
    name: str,
    kind: str,
    *,
    by: User | None,
    door: Door,
    task: Task | None = None,
    operation: Operation | None = None,
    another: bool = False,
) -> Entity:
    """Make an entity under its canonical name, within ``operation`` if one is under way.

    With ``another`` it is made beside one of the same name and kind. The caller has seen to it that
    ``by`` may tag the corpus. Raises EntityKnownError, EntityRefusedError.
    """
    line, kind = name_line(name), kind_word(kind)
    blind = task if task is not None and task.blind else None
    if operation is not None:
        return _create(corpus, line, kind, by=by, blind=blind, another=another)
    summary = f"“{line}” added, as {kind}"
    with act(
        Act.ENTITY, corpus=corpus, by=by, summary=summary, door=door, blind_task=blind
    ):  # fmt: skip
        return _create(corpus, line, kind, by=by, blind=blind, another=another)


def named(
    corpus: Corpus,
    name: str,
    kind: str,
    *,
    by: User,
    door: Door,
    task: Task | None = None,
    operation: Operation | None = None,
) -> tuple[Entity, bool]:
    """Return the entity that a name means, and whether it was made just now.

    Two people who ask for one name at once get one entity. Raises EntityRefusedError.
    """
    found = resolve(corpus, name_line(name), kind_word(kind), by, task)
    if found is not None:
        return found, False
    try:
        made = create(corpus, name, kind, by=by, door=door, task=task, operation=operation)
    except EntityKnownError as fault:
        return fault.known, False
    return made, True


def _create(
    corpus: Corpus, line: str, kind: str, *, by: User | None, blind: Task | None, another: bool
) -> Entity:
    folded = fold(line)
    with connection.cursor() as cursor:
        # Who asks for the same name at the same time waits, and finds it.
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, hashtext(%s))",
            [_NAMING_LOCK, f"{corpus.pk}/{kind}/{folded}"],
        )
    known = None if another else resolve(corpus, line, kind, by or User(), blind)
    if known is not None:
        raise EntityKnownError(known)
    entity = Entity.objects.create(corpus=corpus, kind=kind, name=line, by=by, task=blind)
    EntityName.objects.create(
        corpus=corpus, entity=entity, name=line, folded=folded, by=by, task=blind
    )
    return entity


def name_line(name: str) -> str:
    """Return a name as it is kept. Raises EntityRefusedError."""
    line = normalise_line(name)
    if not fold(line):
        raise EntityRefusedError("A name must hold words.", "name")
    if len(line) > NAME_CHARACTERS or len(fold(line)) > NAME_CHARACTERS:
        raise EntityRefusedError(f"A name has at most {NAME_CHARACTERS} characters.", "name")
    return line


def kind_word(kind: str) -> str:
    """Return a kind as a codebook writes it. Raises EntityRefusedError."""
    if len(kind) > KIND_CHARACTERS or not _KIND.match(kind):
        raise EntityRefusedError("The kind must be a word of the codebook, such as person.", "kind")
    return kind


def standing(entity: Entity) -> Entity:
    """Return the entity that stands for one: the one it was merged into, or itself."""
    return entity if entity.merged_into is None else entity.merged_into


def known_in_corpus(entity: Entity) -> Q:
    """Return what entities must be to be of one corpus and one blind work, or of none, with it."""
    return Q(corpus=entity.corpus_id, task=entity.task_id)
