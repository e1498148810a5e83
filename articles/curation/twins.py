"""Likely twins: pairs of sources, or of authors, that may be one, for a person to decide.

What is alike is found from names alone and kept for a while; what was merged, split or said to be
different since is looked up each time, so that a decision counts at once and so does its undo.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Max

from articles.curation.likeness import outlets, people
from articles.curation.likeness.pairs import Likeness, Pair
from articles.history.operations import act, done
from articles.models import (
    Act,
    Corpus,
    DistinctNames,
    Door,
    NameKind,
    Operation,
    Person,
    Source,
    SourceAlias,
)
from articles.models.folding import fold
from articles.models.lookups import any_id, any_text

KEPT_SECONDS = 600
# Nobody decides more at one sitting; the rest comes up when these are done.
MOST = 2_000
# Whose outlets are looked up for evidence.
_MOST_CANDIDATES = 20_000

type Named = Source | Person


class TwinsRefusedError(Exception):
    """Why two names can't be told apart; a sentence."""


@dataclass(frozen=True, slots=True)
class Twins:
    """Two standing sources or authors that may be one, and what speaks for it."""

    first: int
    second: int
    likeness: Likeness
    reason: str
    # Of authors: how many outlets printed both.
    shared_outlets: int = 0

    @property
    def key(self) -> str:
        """What names the pair in an address."""
        return f"{self.first}-{self.second}"


def kind_of(named: Named) -> NameKind:
    """Return whose name it is."""
    return NameKind.SOURCE if isinstance(named, Source) else NameKind.AUTHOR


def suggested(corpus: Corpus, kind: NameKind) -> list[Twins]:
    """Return the pairs that nobody has decided yet, the most likely first."""
    candidates = _candidates(corpus, kind)
    ids = {id_ for pair in candidates for id_ in (pair.first, pair.second)}
    standing = _standing(kind, ids)
    decided = _told_apart(corpus, kind)
    found: dict[tuple[int, int], Twins] = {}
    for pair in candidates:
        one, other = standing.get(pair.first), standing.get(pair.second)
        if one is None or other is None or one == other:
            continue
        key = (min(one, other), max(one, other))
        if key not in found and key not in decided:
            found[key] = Twins(*key, pair.likeness, pair.reason, pair.shared_outlets)
    return list(found.values())[:MOST]


def tell_apart(one: Named, other: Named, *, by: User | None, door: Door) -> Operation | None:
    """Say that two names do not mean the same: they are not suggested again.

    None if it was said before. Raises TwinsRefusedError.
    """
    kind = kind_of(one)
    if kind is not kind_of(other) or one.corpus_id != other.corpus_id or one.pk == other.pk:
        raise TwinsRefusedError("Choose two that stand in one corpus.")
    first, second = sorted((_folded(one), _folded(other)))
    summary = f"“{one.name}” and “{other.name}” are different"
    said = Act.SOURCE if kind is NameKind.SOURCE else Act.AUTHOR
    with act(said, corpus=one.corpus, by=by, summary=summary, door=door) as operation:
        _, made = DistinctNames.objects.get_or_create(
            corpus=one.corpus, kind=kind, first=first, second=second
        )
        operation.size = int(made)
    return done(operation)


def _folded(named: Named) -> str:
    return fold(named.name) if isinstance(named, Source) else named.folded


def _candidates(corpus: Corpus, kind: NameKind) -> list[Twins]:
    """Return pairs of printed names, by the rows that hold them; kept for a while."""
    rows = SourceAlias.objects if kind is NameKind.SOURCE else Person.objects
    state = rows.filter(corpus=corpus).aggregate(number=Count("pk"), newest=Max("pk"))
    key = f"twins:{kind}:{corpus.pk}:{state['number']}:{state['newest']}"
    kept: list[tuple[int, int, int, str, int]] | None = cache.get(key)
    if kept is None:
        found = _sources(corpus) if kind is NameKind.SOURCE else _authors(corpus)
        kept = [(t.first, t.second, int(t.likeness), t.reason, t.shared_outlets) for t in found]
        cache.set(key, kept, KEPT_SECONDS)
    return [
        Twins(one, other, Likeness(how), reason, shared) for one, other, how, reason, shared in kept
    ]


def _sources(corpus: Corpus) -> list[Twins]:
    aliases = SourceAlias.objects.filter(corpus=corpus).order_by("pk")
    names = list(aliases.values_list("pk", "printed", "source_id"))
    # A source stands by one of its names for what is known of it beside.
    alias_of = {source_id: pk for pk, _, source_id in reversed(names)}
    standing = Source.objects.standing().filter(corpus=corpus).order_by()
    domains = {
        alias_of[pk]: known
        for pk, known in standing.exclude(domains=[]).values_list("pk", "domains")
        if pk in alias_of
    }
    pairs = outlets.alike([(pk, printed) for pk, printed, _ in names], domains)
    return [Twins(p.first, p.second, p.likeness, p.reason) for p in pairs[:_MOST_CANDIDATES]]


def _authors(corpus: Corpus) -> list[Twins]:
    names = Person.objects.filter(corpus=corpus).order_by("pk")
    pairs = people.alike(names.values_list("pk", "name").iterator())[:_MOST_CANDIDATES]
    printed_in = _printed_in({id_ for pair in pairs for id_ in (pair.first, pair.second)})
    found = [_with_evidence(pair, printed_in) for pair in pairs]
    # A mere possibility is worth a look only if one outlet printed both.
    worth = [t for t in found if t.likeness > Likeness.POSSIBLE or t.shared_outlets]
    return sorted(worth, key=lambda t: (-t.likeness, -min(t.shared_outlets, 3), t.first, t.second))


def _with_evidence(pair: Pair, printed_in: Mapping[int, frozenset[int]]) -> Twins:
    nowhere: frozenset[int] = frozenset()
    shared = printed_in.get(pair.first, nowhere) & printed_in.get(pair.second, nowhere)
    return Twins(pair.first, pair.second, pair.likeness, pair.reason, len(shared))


def _printed_in(person_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """Return the sources that printed people."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT credit.person_id, array_agg(DISTINCT article.source_id)
            FROM articles_credit AS credit
            JOIN articles_article AS article ON article.version_id = credit.version_id
            WHERE credit.person_id = ANY(%s) AND credit.standing AND article.standing
                AND article.source_id IS NOT NULL
            GROUP BY credit.person_id
            """,
            [list(person_ids)],
        )
        return {person: frozenset(sources) for person, sources in cursor.fetchall()}


def _standing(kind: NameKind, ids: Iterable[int]) -> dict[int, int]:
    """Return the source or author that each row of a name belongs to now."""
    if kind is NameKind.SOURCE:
        aliases = SourceAlias.objects.filter(any_id("id", ids)).order_by()
        return dict(aliases.values_list("pk", "source_id"))
    rows = Person.objects.filter(any_id("id", ids)).order_by()
    return {pk: same_as or pk for pk, same_as in rows.values_list("pk", "same_as")}


def _told_apart(corpus: Corpus, kind: NameKind) -> set[tuple[int, int]]:
    """Return the pairs that people found to be different, by what stands now."""
    said = list(
        DistinctNames.objects.filter(corpus=corpus, kind=kind).values_list("first", "second")
    )
    names = {name for pair in said for name in pair}
    stands = _by_name(corpus, kind, sorted(names))
    return {
        (min(one, other), max(one, other))
        for first, second in said
        if (one := stands.get(first)) and (other := stands.get(second))
    }


def _by_name(corpus: Corpus, kind: NameKind, names: Sequence[str]) -> dict[str, int]:
    if kind is NameKind.SOURCE:
        aliases = SourceAlias.objects.filter(any_text("folded", names), corpus=corpus).order_by()
        return dict(aliases.values_list("folded", "source_id"))
    rows = Person.objects.filter(any_text("folded", names), corpus=corpus).order_by()
    return {
        folded: same_as or pk for folded, pk, same_as in rows.values_list("folded", "pk", "same_as")
    }
