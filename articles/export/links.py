"""Links of articles as a file: a table, JSON Lines with all that speaks for them, or a network.

Written as they are read, so that memory does not grow with them (of a network the ids of its
articles are held). What their reader may see is decided anew for each batch.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import orjson
from django.db.models import Prefetch

from articles.cells import neutral
from articles.export import graphml
from articles.export.answers import Format
from articles.export.table import MARK, lines
from articles.models import Article, Corpus, Judgement, Link, Verdict, Version
from articles.models.corpora import Visitor
from articles.models.links import LinkQuerySet
from articles.models.lookups import any_id
from articles.related.links.link_filter import LinkFilter
from articles.related.links.link_passages import passages

BATCH = 500
# With the texts that the passages stand in.
WITH_TEXTS = 50
FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format("csv", "CSV", "csv", "text/csv; charset=utf-8", "a row a link, for spreadsheets"),
        Format(
            "jsonl", "JSON Lines", "jsonl", "application/jsonl",
            "a link a line, with the passages that both texts have",
        ),
        Format(
            "graphml", "GraphML", "graphml", "application/graphml+xml",
            "a network of articles, for Gephi, Cytoscape, networkx and igraph",
        ),
    )
}  # fmt: skip
_SIDES = ("first", "second")
_OF_SIDE = ("id", "external_id", "headline", "source", "published", "page")
_FIGURES = ("words", "longest", "first_share", "second_share", "passages_total", "days")
COLUMNS = (
    "id", "corpus", "kind", "status", "direction", "suggested", "score",
    *(f"{side}_{name}" for side in _SIDES for name in _OF_SIDE),
    "confirmed", "rejected", *_FIGURES, "names", "notes", "made_at", "found_at",
)  # fmt: skip
_TEXTS = {
    field.attname
    for field in Version._meta.concrete_fields  # noqa: SLF001 -- Django's public name for it
} - {"id", "number", "article_id"}


@dataclass(frozen=True, slots=True)
class Wish:
    """Which links, for whom (None: for a command, which sees all), and what precedes addresses."""

    filter: LinkFilter
    user: Visitor | None
    base: str = ""

    def rows(self) -> LinkQuerySet:
        """Return the links that are wanted, as far as they may be known of."""
        every: LinkQuerySet = Link.objects.all()
        if self.user is None:
            rows = every.filter(first__standing=True, second__standing=True)
        else:
            rows = every.visible_to(self.user)
        return self.filter.of(rows, self.user)

    def batches(self, size: int, shown: Callable[[LinkQuerySet], LinkQuerySet]) -> Iterator[Any]:
        """Yield batches of rows in the order they were made, and what may be seen of them."""
        last = 0
        while True:
            rows = list(shown(self.rows().filter(pk__gt=last)).order_by("pk")[:size])
            if not rows:
                return
            last = rows[-1].pk
            yield rows, self._rights()

    def _rights(self) -> "_Rights | None":
        return _Rights.of(self.user) if self.user is not None else None


@dataclass(frozen=True, slots=True)
class _Rights:
    """Corpora whose texts someone may read, and those of which they are a member."""

    reads: frozenset[int]
    member_of: frozenset[int]

    @classmethod
    def of(cls, user: Visitor) -> "_Rights":
        readable, own = Corpus.objects.readable_by(user), Corpus.objects.with_members(user)
        ids = (frozenset(each.order_by().values_list("pk", flat=True)) for each in (readable, own))
        return cls(*ids)


def total(wish: Wish) -> int:
    """Return how many links there are."""
    return wish.rows().order_by().count()


def write(wish: Wish, form: str) -> Iterator[bytes]:
    """Yield the file in a form of FORMATS, by its name."""
    match form:
        case "csv":
            return _csv(wish)
        case "graphml":
            return graphml.write(_nodes(wish), _edges(wish))
        case _:
            return _jsonl(wish)


def _with_articles(rows: LinkQuerySet) -> LinkQuerySet:
    judgements = Judgement.objects.select_related("by").order_by("pk")
    shown: LinkQuerySet = rows.select_related(
        "corpus", "first__source", "second__source"
    ).prefetch_related(Prefetch("judgements", judgements))
    return shown


def _csv(wish: Wish) -> Iterator[bytes]:
    yield MARK.encode() + lines([COLUMNS])
    for rows, rights in wish.batches(BATCH, _with_articles):
        yield lines(_cells(row, rights, wish.base) for row in rows)


def _cells(row: Link, rights: _Rights | None, base: str) -> list[str]:
    said = _link(row, rights, base)
    verdicts = [each.verdict for each in row.judgements.all()]
    evidence = row.evidence if _reads(row, rights) else {}
    notes = [each["note"] for each in said["judgements"] if each["note"]]
    values: list[Any] = [
        *(said[name] for name in COLUMNS[: COLUMNS.index("first_id")]),
        *(said[side][name] for side in _SIDES for name in _OF_SIDE),
        verdicts.count(Verdict.CONFIRMED),
        verdicts.count(Verdict.REJECTED),
        *(evidence.get(name) for name in _FIGURES),
        "; ".join(evidence.get("names") or ()),
        "\n".join(notes),
        said["made_at"],
        said["found_at"],
    ]
    return [_cell(value) for value in values]


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        # A number below nought begins with a sign; it is no formula.
        case int() | float():
            return str(value)
        case str():
            return neutral(value)
        case _:
            return str(value.isoformat())


def _jsonl(wish: Wish) -> Iterator[bytes]:
    def with_texts(rows: LinkQuerySet) -> LinkQuerySet:
        versions = Version.objects.defer(*(_TEXTS - {"text"}))
        return _with_articles(rows).prefetch_related(
            Prefetch("first_version", versions), Prefetch("second_version", versions)
        )

    for rows, rights in wish.batches(WITH_TEXTS, with_texts):
        yield b"".join(
            orjson.dumps(
                _link(row, rights, wish.base)
                | {"evidence": _evidence(row) if _reads(row, rights) else None},
                option=orjson.OPT_APPEND_NEWLINE,
            )
            for row in rows
        )


def _link(row: Link, rights: _Rights | None, base: str) -> dict[str, Any]:
    reads = _reads(row, rights)
    told = rights is None or row.corpus_id in rights.member_of
    return {
        "id": row.pk,
        "page": base + row.get_absolute_url(),
        "corpus": row.corpus.slug,
        "kind": row.kind,
        "status": row.status,
        "direction": row.direction or None,
        "suggested": row.suggested,
        "score": row.score,
        **{
            name: _article(article, base)
            for name, article in zip(_SIDES, (row.first, row.second), strict=True)
        },
        "judgements": [
            {
                "by": each.by.get_username() if told and each.by is not None else None,
                "verdict": each.verdict,
                "direction": each.direction or None,
                "note": each.note if reads else None,
                "at": each.at,
            }
            for each in row.judgements.all()
        ],
        "made_at": row.made_at,
        "found_at": row.found_at,
    }


def _reads(row: Link, rights: _Rights | None) -> bool:
    return rights is None or row.corpus_id in rights.reads


def _article(article: Article, base: str) -> dict[str, Any]:
    return {
        "id": article.pk,
        "page": base + article.get_absolute_url(),
        "external_id": article.external_id,
        "headline": article.headline,
        "source": article.source.name if article.source else None,
        "published": article.published_date,
    }


def _evidence(row: Link) -> dict[str, Any]:
    found = passages(row)
    places = None
    if found is not None:
        places = [{"first": asdict(one), "second": asdict(other)} for one, other in found]
    return {
        **(row.evidence or {}),
        "passages": places,
        "first_version": row.first_version.number if row.first_version else None,
        "second_version": row.second_version.number if row.second_version else None,
    }


def _nodes(wish: Wish) -> Iterator[Iterable[graphml.Node]]:
    for ids in _in_batches(_linked(wish)):
        rows = Article.objects.filter(any_id("id", ids)).select_related("source").order_by("pk")
        yield [
            graphml.Node(
                row.pk,
                {
                    "headline": row.headline,
                    "source": row.source.name if row.source else None,
                    "date": row.published_date.isoformat() if row.published_date else None,
                    "external_id": row.external_id,
                    "url": wish.base + row.get_absolute_url(),
                },
            )
            for row in rows
        ]


def _linked(wish: Wish) -> list[int]:
    """Return the articles on either side of the links that are wanted, in order."""
    found: set[int] = set()
    for pair in wish.rows().order_by().values_list("first_id", "second_id").iterator():
        found.update(pair)
    return sorted(found)


def _in_batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    yield from (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def _edges(wish: Wish) -> Iterator[Iterable[graphml.Edge]]:
    for rows, _ in wish.batches(BATCH, lambda found: found):
        yield [
            graphml.Edge(
                row.pk,
                row.first_id,
                row.second_id,
                {
                    "kind": row.kind,
                    "status": row.status,
                    "score": row.score,
                    "from": _from(row),
                },
            )
            for row in rows
        ]


def _from(row: Link) -> str | None:
    """Return the node from which the other one is derived."""
    if not row.direction:
        return None
    return graphml.node_id(row.second_id if row.direction == "first" else row.first_id)
