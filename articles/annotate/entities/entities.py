"""Entities by name: offered as one types, found under a name, and made.

A blind task knows the names there were as it began and one's own since; everywhere else those are
known that were not made in somebody's blind work.
"""

import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from articles.annotate.entities.words_as_typed import as_like, beginning, words_typed
from articles.history.operations import act
from articles.models import (
    Act,
    Assignment,
    Corpus,
    Door,
    Entity,
    EntityName,
    Mention,
    MentionStatus,
    Operation,
    Task,
)
from articles.models.corpora import Visitor
from articles.models.folding import fold
from articles.text import normalise_line

NAME_CHARACTERS = 300
KIND_CHARACTERS = 40
# Mentions are counted so far: in lists, and as one types.
MOST_COUNTED = 1_000
COUNTED_OFFERING = 100

# Of Postgres' two-part advisory locks: making an entity of a name.
_NAMING_LOCK = 7_103
_KIND = re.compile(r"[a-z0-9][a-z0-9_-]*\Z")
_CANDIDATES = 60
_LAST_MENTIONS = 200
_RECENT = 20
_OFTEN = 1_000
_OFTEN_OFFERED = 200
_OFTEN_SECONDS = 300


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


@dataclass(frozen=True, slots=True)
class Suggested:
    """An entity that may be meant.

    ``alias`` is the name that was matched, where it is not the one it goes by. ``mentions`` are
    counted to COUNTED_OFFERING; of who has blind work only their own.
    """

    id: int
    name: str
    alias: str
    kind: str
    mentions: int
    recent: bool


def suggest(
    corpus: Corpus,
    text: str,
    *,
    user: Visitor,
    kind: str = "",
    task: Task | None = None,
    limit: int = 8,
) -> list[Suggested]:
    """Return entities that ``text`` may begin the name of: by the beginning of any of its words.

    Who is called just so comes first, then those that ``user`` tagged last, then those tagged
    often. Without words, those tagged last and most. The caller has seen to it that ``user`` may
    read the corpus.
    """
    blind = task if task is not None and task.blind else None
    words = words_typed(text)
    recent = _recent(corpus, user)
    alone = blind is not None or is_blinded(corpus, user)
    often = [] if alone else often_tagged(corpus)[:_OFTEN_OFFERED]
    found = _names(corpus, words, user=user, kind=kind, blind=blind, first=[*recent, *often])
    counts = {name.id: name.mentions for name in found}
    if alone:
        counts = own_counts(corpus, set(counts), user=user, task=blind)
    place = {entity: number for number, entity in enumerate(recent)}
    order = {entity: number for number, entity in enumerate(often)}
    wanted = " ".join(words)

    def rank(name: _Name) -> tuple[object, ...]:
        return (
            not words or name.folded != wanted,
            place.get(name.id, _LAST_MENTIONS),
            order.get(name.id, _OFTEN),
            -counts.get(name.id, 0),
            fold(name.stands) != name.folded,
            not name.folded.startswith(wanted),
            len(name.folded),
            name.id,
        )

    best: dict[int, _Name] = {}
    for name in sorted(found, key=rank):
        best.setdefault(name.id, name)
    return [
        Suggested(
            name.id,
            name.stands,
            name.name if fold(name.stands) != name.folded else "",
            name.kind,
            counts.get(name.id, 0),
            name.id in place,
        )
        for name in list(best.values())[:limit]
    ]


@dataclass(frozen=True, slots=True)
class _Name:
    """A name that was matched, of the entity that stands for it."""

    id: int
    stands: str
    kind: str
    name: str
    folded: str
    mentions: int


def _names(
    corpus: Corpus,
    words: Sequence[str],
    *,
    user: Visitor,
    kind: str,
    blind: Task | None,
    first: Sequence[int],
) -> list[_Name]:
    """Return some names that hold words that begin so; those of ``first`` before others.

    Where very many do, those that begin so themselves and some of the others, so that one letter
    costs no more than four.
    """
    known, given = _known_sql(corpus, user, blind)
    given |= {
        "corpus": corpus.pk,
        "kind": kind,
        "first": list(first),
        "words": " & ".join(map(beginning, words)),
        "start": " ".join(words),
        "likely": as_like(" ".join(words)),
        "most": _CANDIDATES,
        "counted": COUNTED_OFFERING,
    }
    asked = f"""
        WITH of_first AS MATERIALIZED (
            SELECT name.id FROM articles_entityname AS name
            WHERE name.entity_id IN (
                SELECT unnest(%(first)s::bigint[]) UNION ALL
                SELECT id FROM articles_entity WHERE merged_into_id = ANY(%(first)s)
            ) AND {_BEGINS if words else "true"}
        ), likely AS MATERIALIZED (
            SELECT stands.id, stands.name AS called, stands.kind, name.name, name.folded
            FROM ({_ANY_NAME if words else "SELECT id FROM of_first"}) AS found
            JOIN articles_entityname AS name ON name.id = found.id
            JOIN articles_entity AS own ON own.id = name.entity_id
            JOIN articles_entity AS stands ON stands.id = COALESCE(own.merged_into_id, own.id)
            WHERE {known} AND name.corpus_id = %(corpus)s
            AND (%(kind)s = '' OR stands.kind = %(kind)s)
            ORDER BY name.folded <> %(start)s, name.id NOT IN (SELECT id FROM of_first),
                NOT starts_with(name.folded, %(start)s), length(name.folded), name.id
            LIMIT %(most)s
        )
        SELECT id, called, kind, name, folded, {"0" if blind else _MENTIONS} FROM likely
    """  # noqa: S608 -- of our own; what was given are parameters
    with connection.cursor() as cursor:
        cursor.execute(asked, given)
        return [_Name(*row) for row in cursor.fetchall()]


# Of the entity that stands, and of each that was merged into it.
_MENTIONS = """
    (SELECT LEAST(sum(number), %(counted)s)::int FROM (
        SELECT (SELECT count(*) FROM (
            SELECT FROM articles_mention AS mention
            WHERE mention.entity_id = each.id AND mention.status = 'accepted' AND (
                mention.task_id IS NULL OR mention.layer_of_id IS NULL
                OR mention.task_id <> ALL(%(hidden)s::bigint[]))
            LIMIT %(counted)s
        ) AS some_of_them) AS number
        FROM (
            SELECT likely.id UNION ALL
            SELECT entity.id FROM articles_entity AS entity WHERE entity.merged_into_id = likely.id
        ) AS each
    ) AS numbers)
"""
# As the index ``entity_name_by_words`` has it.
_BEGINS = (
    "array_to_tsvector(array_remove(string_to_array(name.folded, ' '), '')) @@ %(words)s::tsquery"
)
# Each by an index of its own. A limit of one branch ends it early, which an order would not.
_ANY_NAME = f"""
    SELECT id FROM of_first
    UNION (SELECT id FROM articles_entityname AS name
        WHERE name.corpus_id = %(corpus)s AND name.folded = %(start)s LIMIT 60)
    UNION (SELECT id FROM articles_entityname AS name
        WHERE name.corpus_id = %(corpus)s AND name.folded LIKE %(likely)s LIMIT 60)
    UNION (SELECT id FROM articles_entityname AS name
        WHERE name.corpus_id = %(corpus)s AND {_BEGINS} LIMIT 240)
"""  # noqa: S608 -- of our own; what is given are parameters


def _known_sql(corpus: Corpus, user: Visitor, blind: Task | None) -> tuple[str, dict[str, Any]]:
    """Return what names and entities must be to be known; as :func:`_known` has it."""
    if blind is None:
        seen = "({0}.task_id IS NULL OR {0}.task_id <> ALL(%(hidden)s))"
        hidden = Task.objects.filter(corpus=corpus, blind=True).order_by()
        given: dict[str, Any] = {"hidden": list(hidden.values_list("pk", flat=True))}
    else:
        seen = (
            "(({0}.task_id IS NULL AND {0}.created_at < %(began)s)"
            " OR ({0}.task_id = %(task)s AND {0}.by_id = %(user)s))"
        )
        given = {"began": blind.created_at, "task": blind.pk, "user": user.pk}
    return " AND ".join(seen.format(table) for table in ("name", "own", "stands")), given


def _recent(corpus: Corpus, user: Visitor) -> list[int]:
    """Return the entities that someone tagged last, the last one first."""
    if not user.is_authenticated:
        return []
    last = Mention.objects.filter(by=user.pk).order_by("-created_at").values("pk")[:_LAST_MENTIONS]
    tagged = Mention.objects.filter(pk__in=last, corpus=corpus, entity__isnull=False)
    stands = Coalesce("entity__merged_into", "entity")
    ids = tagged.order_by("-created_at", "-pk").values_list(stands, flat=True)
    return list(dict.fromkeys(ids))[:_RECENT]


def often_tagged(corpus: Corpus) -> list[int]:
    """Return the entities that are tagged most, the most tagged first; as of some minutes ago."""
    now = time.monotonic()
    at, kept = _often.get(corpus.pk, (0.0, None))
    if kept is None or now - at > _OFTEN_SECONDS:
        tagged = Mention.objects.public().filter(
            corpus=corpus, status=MentionStatus.ACCEPTED, entity__isnull=False
        )
        stands = Coalesce("entity__merged_into", "entity")
        counted = tagged.order_by().values_list(stands).annotate(number=Count("pk"))
        kept = [pk for pk, _ in counted.order_by("-number", stands)[:_OFTEN]]
        _often[corpus.pk] = (now, kept)
    return kept


# Of each corpus, when it was counted and what was found; of this process alone.
_often: dict[int, tuple[float, list[int] | None]] = {}


def is_blinded(corpus: Corpus, user: Visitor) -> bool:
    """Whether someone has blind work in a corpus: what others tag there is not told to them."""
    blinding: bool = Assignment.objects.blinding(user).filter(task__corpus=corpus).exists()
    return blinding


def own_counts(
    corpus: Corpus, ids: Iterable[int], *, user: Visitor, task: Task | None = None
) -> dict[int, int]:
    """Return how often someone tagged entities themselves; in a task, within it."""
    own = Mention.objects.filter(corpus=corpus, by=user.pk, status=MentionStatus.ACCEPTED)
    own = own.filter(entity__in=Entity.objects.with_merged(ids))
    if task is not None:
        own = own.in_layer(task, user.pk)
    stands = Coalesce("entity__merged_into", "entity")
    return dict(own.order_by().values_list(stands).annotate(Count("pk")))


def public_counts(ids: Iterable[int]) -> dict[int, int]:
    """Return how often entities are tagged for all to see, to MOST_COUNTED."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT stands, sum(number)::int FROM (
                SELECT COALESCE(entity.merged_into_id, entity.id) AS stands, counted.number
                FROM articles_entity AS entity CROSS JOIN LATERAL (
                    SELECT count(*) AS number FROM (
                        SELECT FROM articles_mention AS mention
                        WHERE mention.entity_id = entity.id AND mention.status = 'accepted'
                        AND (mention.task_id IS NULL OR mention.layer_of_id IS NULL OR NOT EXISTS (
                            SELECT FROM articles_task AS task
                            WHERE task.id = mention.task_id AND task.blind))
                        LIMIT %(most)s
                    ) AS found
                ) AS counted
                WHERE entity.id = ANY(%(ids)s) OR entity.merged_into_id = ANY(%(ids)s)
            ) AS one GROUP BY stands
            """,
            {"ids": list(ids), "most": MOST_COUNTED},
        )
        return {stands: min(number, MOST_COUNTED) for stands, number in cursor.fetchall()}


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
