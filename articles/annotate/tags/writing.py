"""Who may change what is tagged, and the rows of it held while they do."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.contrib.auth.models import User

from articles.annotate.tags.layers import NotAllowedError
from articles.annotate.tags.wanted import TaggingError
from articles.history.operations import act, going_on
from articles.models import Act, Assignment, Corpus, Door, Mention, Operation, Role, Task
from articles.models.lookups import any_id


@contextmanager
def changing(
    corpus: Corpus,
    task: Task | None,
    layer_of: int | None,
    *,
    by: User | None,
    door: Door,
    summary: str,
    operation: Operation | None = None,
) -> Iterator[Operation]:
    """Change a layer as one operation, or within one that is under way. See ``act``."""
    if operation is not None:
        with going_on(operation):
            yield operation
        return
    is_gold = task is not None and layer_of is None
    with act(
        Act.ADJUDICATE if is_gold else Act.TAG,
        corpus=corpus,
        by=by,
        summary=summary,
        door=door,
        blind_task=task if task is not None and task.blind and not is_gold else None,
    ) as under:
        yield under


def see_to_writing(mentions: Sequence[Mention], by: User | None) -> None:
    """Raise NotAllowedError unless ``by`` may change all of these; they are of one corpus.

    The corpus's own layer is every annotator's, a person's layer in a task theirs alone, a gold
    one the editors'. ``by`` is None for what a command does.
    """
    if by is None:
        return
    corpus = mentions[0].corpus
    layers = {(mention.task_id, mention.layer_of_id) for mention in mentions}
    needed = Role.EDITOR if any(t and not person for t, person in layers) else Role.ANNOTATOR
    if not Corpus.objects.allowing(by, needed).filter(pk=corpus.pk).exists():
        raise NotAllowedError(f"For this you need the role of {needed.label.lower()} in {corpus}.")
    if any(person not in (None, by.pk) for _, person in layers):
        raise NotAllowedError("What a person tags in a task is theirs alone to change.")
    tasks = {task for task, _ in layers if task is not None}
    if tasks and Task.objects.filter(pk__in=tasks).exclude(closed_at=None).exists():
        raise NotAllowedError("This task is closed: nothing in it is changed any more.")
    _see_to_blind_work(mentions, by)


def _see_to_blind_work(mentions: Iterable[Mention], by: User) -> None:
    others = {m.article_id for m in mentions if by.pk not in (m.by_id, m.layer_of_id)}
    if not others:
        return
    blinding = Assignment.objects.blinding(by)
    if blinding.filter(any_id("item__article_id", others)).exists():
        raise NotAllowedError(
            "You have this article in blind work: until it is closed, what others tagged in it "
            "is not yours to see or to change."
        )


def held(mentions: Sequence[Mention]) -> list[Mention]:
    """Return mentions as they are now, held until the transaction ends.

    In order, so that two who change many wait for each other and no more. Raises TaggingError if
    one is gone.
    """
    found = held_still(mention.pk for mention in mentions)
    if len(found) < len({mention.pk for mention in mentions}):
        raise TaggingError("mention", "This tag was removed just now.")
    return found


def held_still(ids: Iterable[int]) -> list[Mention]:
    """Return those that are still there, held likewise."""
    there = Mention.objects.filter(any_id("id", ids)).order_by("pk")
    return list(there.select_for_update(of=("self",)))
