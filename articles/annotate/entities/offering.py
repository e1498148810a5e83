"""Entities offered as one types: those that letters may begin a name of, the likeliest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models.functions import Coalesce

from articles.annotate.entities.entity_counts import (
    OFTEN,
    is_blinded,
    often_tagged,
    own_counts,
)
from articles.annotate.entities.words_as_typed import as_like, beginning, words_typed
from articles.models import Corpus, Mention, Task
from articles.models.corpora import Visitor
from articles.models.folding import fold

# Mentions are counted so far as one types.
COUNTED_OFFERING = 100
_CANDIDATES = 60
_LAST_MENTIONS = 200
_RECENT = 20
_OFTEN_OFFERED = 200


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
            order.get(name.id, OFTEN),
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
    """Return what names and entities must be to be known; as ``entities._known`` has it."""
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
