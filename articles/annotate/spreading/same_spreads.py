"""Spreading what was tagged to where the same stands: at once in an article, or as a job."""

import uuid
from collections.abc import Sequence
from itertools import islice

from django.contrib.auth.models import User

from articles.annotate.spreading import same_mentions
from articles.annotate.spreading.same_mentions import Looked, look
from articles.annotate.spreading.spreading import Bit, SpreadRefusedError, start
from articles.annotate.spreading.suggested_names import overtake
from articles.annotate.spreading.texts import Line, Text, texts_of
from articles.annotate.tags.bulk import tag_many
from articles.annotate.tags.wanted import Tagged, TaggingError
from articles.annotate.tags.writing import changing
from articles.models import Door, Mention, MentionStatus, Operation, Spread, Version
from articles.search.asking import Question

SAME = "same"
# So many places can be chosen one by one, or left out.
MOST_CHOSEN = 10_000
_ASSIGNED = 50


def accept_here(
    mention: Mention,
    *,
    by: User,
    door: Door,
    status: str = MentionStatus.ACCEPTED.value,
    words: Sequence[str] | None = None,
    excluded: Sequence[str] = (),
    only: Sequence[str] | None = None,
) -> tuple[list[Tagged], Operation | None]:
    """Tag the same in the mention's own article, as one operation.

    ``excluded`` and ``only`` are places (:attr:`Line.place`). Raises NotAllowedError, TaggingError.
    """
    looked, offered = look(mention, by=by, words=words)
    if words is None:
        looked = same_mentions.wider(looked, offered)
    lines = _chosen(same_mentions.here(looked, mention), excluded, only)
    if not lines:
        return [], None
    spread = uuid.uuid4().int
    layer = looked.layer
    with changing(
        layer.corpus,
        layer.task,
        layer.layer_of.pk if layer.layer_of is not None else None,
        by=by,
        door=door,
        summary=f"“{_name(looked)}” tagged in {len(lines):,} more place{_s(len(lines))}",
    ) as operation:
        made = _tag(looked, lines, spread, status, door=door, operation=operation)
        tagged = [each for each in made if isinstance(each, Tagged)]
        operation.size = len(tagged)
    if not tagged:
        raise next(each for each in made if isinstance(each, TaggingError))
    return tagged, operation


def spread_over_corpus(
    mention: Mention,
    *,
    by: User,
    door: Door,
    status: str = MentionStatus.ACCEPTED.value,
    words: Sequence[str] | None = None,
    excluded: Sequence[str] = (),
    only: Sequence[str] | None = None,
) -> Spread:
    """Return the job that tags the same in all other articles, to be left to the worker.

    In a task: in those of one's own assignment. Raises NotAllowedError, SpreadRefusedError.
    """
    looked, _ = look(mention, by=by, words=words)
    if status not in {MentionStatus.ACCEPTED, MentionStatus.SUGGESTED}:
        raise SpreadRefusedError("The same is tagged, or suggested: nothing else.")
    if not looked.words:
        raise SpreadRefusedError("Choose at least one of the names.")
    if max(len(excluded), len(only or ())) > MOST_CHOSEN:
        raise SpreadRefusedError(f"At most {MOST_CHOSEN:,} places can be chosen one by one.")
    plan = {
        "mention": mention.pk,
        "name": _name(looked),
        "words": list(looked.words),
        "status": status,
        "excluded": list(excluded),
        "only": list(only) if only is not None else None,
        "door": str(door),
    }
    return start(looked.layer.corpus, SAME, plan, by=by, task=looked.layer.task)


class SameWork:
    """The work of a job of same mentions."""

    def __init__(self, spread: Spread) -> None:
        plan = spread.plan
        mention = (
            Mention.objects.filter(pk=plan["mention"])
            .select_related("article__corpus", "article__version", "entity__merged_into", "task")
            .first()
        )
        if mention is None:
            raise SpreadRefusedError("What was to be spread is no longer tagged.")
        self._spread, self._mention = spread, mention
        self._looked, _ = look(mention, by=spread.by, words=plan["words"])
        self._only = frozenset(plan["only"]) if plan["only"] is not None else None
        self._excluded = frozenset(plan["excluded"])
        self._question: Question | None = None

    def total(self) -> int:
        """Return how many articles may hold the same."""
        if self._only is not None:
            return len(self._articles_chosen())
        if self._looked.layer.task is not None:
            return same_mentions.assigned_total(self._looked)
        question = self._asked()
        return question.total() if question is not None else 0

    def summary(self, made: int) -> str:
        """Return what was done."""
        as_what = "suggested" if self._is_suggesting else "tagged"
        return f"“{_name(self._looked)}” {as_what} in {made:,} more place{_s(made)}"

    @property
    def _is_suggesting(self) -> bool:
        return bool(self._spread.plan["status"] == MentionStatus.SUGGESTED)

    def bit(self, place: str, operation: Operation) -> Bit:
        """Tag the same in some articles more."""
        texts, onward = self._texts(place)
        found = [
            line
            for line in same_mentions.lines_of(self._looked, texts)
            if line.article_id != self._mention.article_id
        ]
        lines = _chosen(found, self._excluded, self._only)
        spread, status = self._spread, self._spread.plan["status"]
        door = Door(spread.plan["door"])
        made = _tag(self._looked, lines, spread.pk, status, door=door, operation=operation)
        problems = [str(each) for each in made if isinstance(each, TaggingError)]
        count = sum(isinstance(each, Tagged) and each.made for each in made)
        return Bit(len(texts), count, onward, list(dict.fromkeys(problems))[:5])

    def _texts(self, place: str) -> tuple[list[Text], str | None]:
        looked = self._looked
        if self._only is not None:
            return texts_of(looked.by, looked.layer.corpus, self._articles_chosen()), None
        if looked.layer.task is not None:
            skip = int(place or 0)
            texts = list(islice(same_mentions.assigned(looked, skip=skip), _ASSIGNED))
            return texts, str(skip + _ASSIGNED) if len(texts) == _ASSIGNED else None
        question = self._asked()
        if question is None:
            return [], None
        return same_mentions.page(looked, question, place)

    def _asked(self) -> Question | None:
        if self._question is None:
            self._question = same_mentions.asked(self._looked)
        return self._question

    def _articles_chosen(self) -> list[int]:
        versions = {int(each.split("-")[0]) for each in self._only or ()}
        rows = Version.objects.filter(pk__in=versions).order_by("article_id")
        return list(dict.fromkeys(rows.values_list("article_id", flat=True)))


def _chosen(
    lines: Sequence[Line], excluded: Sequence[str] | frozenset[str], only: object
) -> list[Line]:
    without = frozenset(excluded)
    among = frozenset(only) if isinstance(only, list | tuple | set | frozenset) else None
    return [
        each
        for each in lines
        if each.place not in without and (among is None or each.place in among)
    ]


def _tag(
    looked: Looked,
    lines: Sequence[Line],
    spread: int,
    status: str,
    *,
    door: Door,
    operation: Operation,
) -> list[Tagged | TaggingError]:
    """Tag places as part of an operation; what was suggested at them as something else is over."""
    layer = looked.layer
    wanted = [
        (line.article_id, same_mentions.wanted_of(looked, line, spread=spread, status=status))
        for line in lines
    ]
    made = tag_many(
        layer.corpus, wanted, by=looked.by, door=door, task=layer.task, operation=operation
    )
    if status == MentionStatus.ACCEPTED:
        overtake(layer, {(line.version_id, line.start, line.end) for line in lines}, looked.by)
    return made


def _name(looked: Looked) -> str:
    if looked.entity is not None:
        return looked.entity.name
    return looked.words[0] if looked.words else ""


def _s(count: int) -> str:
    return "" if count == 1 else "s"
