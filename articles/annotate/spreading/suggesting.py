"""Suggestions: what recognisers find in texts, kept as mentions that wait for a person.

Never in place of what people tagged, and never again where a suggestion was rejected: nothing is
suggested at words that were tagged, suggested or rejected as whatever, or within what is tagged as
anyone. Where recognisers find names that overlap, the one asked first wins.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.contrib.auth.models import User
from django.db import IntegrityError

from articles.annotate.codebooks.codebook import EntityUse
from articles.annotate.recognisers import Found, Recogniser, registry
from articles.annotate.spreading.spreading import Bit, SpreadRefusedError, start, task_of
from articles.annotate.spreading.suggested_names import SUGGESTED_NAME
from articles.annotate.spreading.texts import Taken, Text, texts_of
from articles.annotate.tags.layers import Layer, layer_for
from articles.annotate.tags.rules import rules_of, version_of
from articles.annotate.tags.wanted import around
from articles.history.operations import act, done
from articles.models import (
    Act,
    Anchor,
    Article,
    Assignment,
    AssignmentStatus,
    Corpus,
    Door,
    Entity,
    EntityName,
    Mention,
    MentionOrigin,
    MentionStatus,
    Operation,
    Placing,
    Spread,
    Task,
)
from articles.models.folding import fold
from articles.models.mentions import label_of
from articles.search.asking import Question, ask
from articles.search.engine.answers import Sort
from articles.search.language.query import parse

RECOGNISE = "recognise"
_BATCH = 100
# In the plan of a job that nobody asked for: articles were handed out.
IS_AGAIN = "is_again"
_KEYS = UUID("1b1d6d0c-8a35-4be5-9a0e-0d8f6b6f8f52")
_MOST_NAME = 300
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Suggesting:
    """Who suggests what: recognisers in order, the kinds that may be, the corpus's names."""

    corpus: Corpus
    by: User | None
    recognisers: Sequence[Recogniser]
    # Entities that may be named; None where all may.
    among: frozenset[int] | None = None


def suggest(
    article: Article, *, by: User, door: Door, recognisers: Sequence[str] = ()
) -> Operation | None:
    """Suggest what recognisers find in an article, as one operation; None if there is no more.

    ``recognisers`` are names; without any, those of the settings. Raises NotAllowedError,
    RecogniserUnavailableError.
    """
    layer = layer_for(by, article)
    names = recognisers or registry.chosen()
    suggesting = Suggesting(
        article.corpus, by, [registry.recogniser(name, article.corpus) for name in names]
    )
    texts = texts_of(by, article.corpus, [article.pk])
    title = article.headline[:80] or "an article"
    for tried in range(1, _TRIES + 1):
        try:
            with act(Act.TAG, corpus=article.corpus, by=by, summary="", door=door) as operation:
                made = make(suggesting, [(layer, text) for text in texts], spread=None)
                operation.size = made
                names = f"{made:,} name{'' if made == 1 else 's'}"
                operation.summary = f"{names} suggested in “{title}”"
            break
        except IntegrityError:
            # Someone tagged or suggested the same just now.
            if tried == _TRIES:
                raise
    return done(operation)


def spread_suggestions(
    corpus: Corpus,
    *,
    by: User,
    door: Door,
    query: str = "",
    recognisers: Sequence[str] = (),
    task: Task | None = None,
) -> Spread:
    """Return the job that suggests names in the articles of a query, to be left to the worker.

    Without a query in all of the corpus. For a ``task`` in the layers of all who have work in it,
    at its versions. Raises NotAllowedError, SpreadRefusedError, RecogniserUnavailableError,
    QueryError.
    """
    if task is not None and not task.suggestions:
        raise SpreadRefusedError(f"“{task}” is to be done without suggestions.")
    if task is not None and task.closed_at is not None:
        raise SpreadRefusedError(f"“{task}” is closed.")
    parse(query)
    names = list(recognisers or registry.chosen())
    for name in names:
        registry.recogniser(name, corpus)
    plan = {"recognisers": names, "query": query, "door": str(door)}
    return start(corpus, RECOGNISE, plan, by=by, task=task)


class RecogniseWork:
    """The work of a job that suggests names."""

    def __init__(self, spread: Spread) -> None:
        plan = spread.plan
        self._spread, self._query = spread, str(plan.get("query", ""))
        self._task = task_of(spread)
        recognisers = [registry.recogniser(name, spread.corpus) for name in plan["recognisers"]]
        among = None
        if self._task is not None and self._task.blind:
            before = Entity.objects.filter(
                corpus=spread.corpus, task=None, created_at__lt=self._task.created_at
            )
            among = frozenset(before.values_list("pk", flat=True))
        self._suggesting = Suggesting(spread.corpus, spread.by, recognisers, among)
        self._question: Question | None = None

    def total(self) -> int:
        """Return how many articles there are."""
        if self._task is not None:
            return Assignment.objects.current().filter(task=self._task).count()
        if self._query:
            return self._asked().total()
        count: int = self._articles().count()
        return count

    def summary(self, made: int) -> str:
        """Return what was done."""
        return f"{made:,} name{'' if made == 1 else 's'} suggested"

    def bit(self, place: str, operation: Operation) -> Bit:
        """Suggest names in some articles more."""
        del operation
        if self._task is not None:
            texts, onward = self._assigned(int(place or 0))
        else:
            found, onward = self._some(place)
            layer = Layer(self._spread.corpus)
            texts = [(layer, text) for text in found]
        made = make(self._suggesting, texts, spread=self._spread.pk)
        return Bit(len(texts), made, onward)

    def _some(self, place: str) -> tuple[list[Text], str | None]:
        corpus, by = self._spread.corpus, self._spread.by
        if self._query:
            answer = self._asked().page(sort=Sort.NEWEST, limit=_BATCH, cursor=place)
            return texts_of(by, corpus, answer.ids), answer.next
        after = self._articles().filter(pk__gt=int(place or 0)).order_by("pk")
        ids = list(after.values_list("pk", flat=True)[:_BATCH])
        return texts_of(by, corpus, ids), str(ids[-1]) if len(ids) == _BATCH else None

    def _assigned(self, after: int) -> tuple[list[tuple[Layer, Text]], str | None]:
        rows = Assignment.objects.current().filter(task=self._task, pk__gt=after)
        if self._spread.plan.get(IS_AGAIN):
            rows = rows.exclude(status=AssignmentStatus.DONE)
        given = list(
            rows.select_related("user", "item__version", "item__article").order_by("pk")[:_BATCH]
        )
        found = []
        for each in given:
            version = each.item.version
            layer = Layer(self._spread.corpus, self._task, each.user, version)
            language = each.item.article.language
            text = Text(version.article_id, version.pk, version.text, version.blocks, language)
            found.append((layer, text))
        return found, str(given[-1].pk) if len(given) == _BATCH else None

    def _articles(self) -> Any:
        return Article.objects.filter(corpus=self._spread.corpus, standing=True)

    def _asked(self) -> Question:
        if self._question is None:
            question = ask(self._query, self._spread.by, readable=True)
            self._question = question.within([self._spread.corpus.pk])
        return self._question


def make(suggesting: Suggesting, texts: Sequence[tuple[Layer, Text]], *, spread: int | None) -> int:
    """Suggest what is found in some texts; return how many. Part of the caller's operation.

    Made again for the same spread, a suggestion is the same one.
    """
    mentions: list[Mention] = []
    anchors: list[Anchor] = []
    for layer, group in _by_layer(texts):
        taken = Taken(layer, {text.version_id for text in group}, with_suggestions=True)
        found = [(text, each) for text in group for each in _found(suggesting, layer, text, taken)]
        names = {each.name for _, (each, _) in found if each.entity is None}
        known = _known(suggesting, names)
        version = version_of(layer)
        for text, (each, maker) in found:
            mention, anchor = _rows(suggesting, layer, text, each, maker, known, spread)
            mention.codebook_version = version
            mentions.append(mention)
            anchors.append(anchor)
    Mention.objects.bulk_create(mentions, batch_size=1_000)
    Anchor.objects.bulk_create(anchors, batch_size=1_000)
    return len(mentions)


def _by_layer(
    texts: Sequence[tuple[Layer, Text]],
) -> Iterator[tuple[Layer, list[Text]]]:
    groups: dict[tuple[int, int], tuple[Layer, list[Text]]] = {}
    for layer, text in texts:
        key = (
            layer.task.pk if layer.task is not None else 0,
            layer.layer_of.pk if layer.layer_of is not None else 0,
        )
        groups.setdefault(key, (layer, []))[1].append(text)
    yield from groups.values()


def _found(
    suggesting: Suggesting, layer: Layer, text: Text, taken: Taken
) -> Iterator[tuple[Found, str]]:
    """Yield what may be suggested in a text, with its recogniser's name."""
    content = rules_of(version_of(layer))
    version = text.version_id
    for recogniser in suggesting.recognisers:
        for each in recogniser.find(text.text, text.blocks, text.language):
            kind = content.kind(each.kind)
            if kind is None or kind.passage or kind.entity is EntityUse.NONE:
                continue
            if not each.name.strip() or taken.has(version, each.start, each.end):
                continue
            among = suggesting.among
            if each.entity is not None and among is not None and each.entity not in among:
                continue
            taken.add(version, each.start, each.end)
            yield each, recogniser.name


def _known(suggesting: Suggesting, names: set[str]) -> Mapping[tuple[str, str], int]:
    """Return by kind and folded name the entities that alone have some names."""
    folded = {fold(name) for name in names}
    rows = (
        EntityName.objects.filter(corpus=suggesting.corpus, folded__in=folded, task=None)
        .order_by()
        .values_list("entity__kind", "folded", "entity_id", "entity__merged_into_id")
    )
    known: dict[tuple[str, str], set[int]] = {}
    for kind, name, entity, merged in rows:
        known.setdefault((kind, name), set()).add(merged or entity)
    return {
        key: next(iter(ids))
        for key, ids in known.items()
        if len(ids) == 1 and (suggesting.among is None or ids <= suggesting.among)
    }


def _rows(
    suggesting: Suggesting,
    layer: Layer,
    text: Text,
    found: Found,
    maker: str,
    known: Mapping[tuple[str, str], int],
    spread: int | None,
) -> tuple[Mention, Anchor]:
    entity = found.entity or known.get((found.kind, fold(found.name)))
    place = f"{spread}/{layer.label(found.kind, 0)}/{text.version_id}-{found.start}-{found.end}"
    mention = Mention(
        key=uuid4() if spread is None else uuid5(_KEYS, place),
        corpus=suggesting.corpus,
        article_id=text.article_id,
        kind=found.kind,
        entity_id=entity,
        attributes={} if entity else {SUGGESTED_NAME: found.name[:_MOST_NAME]},
        by=suggesting.by,
        origin=MentionOrigin.RECOGNISER,
        maker=maker,
        status=MentionStatus.SUGGESTED,
        score=found.score,
        task=layer.task,
        layer_of=layer.layer_of,
    )
    prefix, suffix = around(text.text, found.start, found.end)
    anchor = Anchor(
        mention=mention,
        version_id=text.version_id,
        start=found.start,
        end=found.end,
        quote=text.text[found.start : found.end],
        prefix=prefix,
        suffix=suffix,
        placing=Placing.MADE,
        label=label_of(mention),
    )
    return mention, anchor
