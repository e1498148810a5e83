"""Tags made by the thousand: each is made, or says why it is not."""

from collections.abc import Sequence
from itertools import batched

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from articles.annotate.anchoring import following
from articles.annotate.tags.bulk_checks import Checking, Fit
from articles.annotate.tags.bulk_rows import Row, copied, known_of
from articles.annotate.tags.changing import decide
from articles.annotate.tags.layers import Layer
from articles.annotate.tags.targets import Targets
from articles.annotate.tags.wanted import Tagged, TaggingError, Wanted
from articles.annotate.tags.writing import changing
from articles.models import Corpus, Door, Mention, MentionStatus, Operation, Task

# So many are checked and written at a time.
_CHUNK = 5_000
# How often a chunk is tried where others make the same at the same moment.
_TRIES = 4


def tag_many(
    corpus: Corpus,
    items: Sequence[tuple[int, Wanted]],
    *,
    by: User | None,
    door: Door,
    task: Task | None = None,
    layer: Layer | None = None,
    summary: str = "",
    operation: Operation | None = None,
) -> list[Tagged | TaggingError]:
    """Tag many words of many articles, as one operation; return what became of each, in order.

    ``items`` are ids of articles with what is wanted. In the layers that are ``by``'s to tag in,
    or in ``layer``. Within ``operation``, if one is given: the one under way, or one that an
    earlier transaction began. Raises NotAllowedError where ``by`` may tag nothing of it.
    """
    targets = Targets.of(corpus, by, task, layer)
    layer = targets.layer
    results: list[Tagged | TaggingError] = []
    with changing(
        corpus,
        layer.task,
        layer.layer_of.pk if layer.layer_of is not None else None,
        by=by,
        door=door,
        summary=summary or f"{len(items):,} tags",
        operation=operation,
    ) as under:
        checking = Checking(layer, by, door, under)
        for some in batched(items, _CHUNK, strict=False):
            results += _chunk(some, targets, checking)
        if operation is None:
            under.size = sum(isinstance(it, Tagged) and it.operation is not None for it in results)
    return results


def _chunk(
    items: Sequence[tuple[int, Wanted]], targets: Targets, checking: Checking
) -> list[Tagged | TaggingError]:
    found = checking.fit(items, targets.find({article for article, _ in items}))
    fits = [each for each in found if isinstance(each, Fit)]
    tried = 0
    while True:
        tried += 1
        try:
            with transaction.atomic():
                written = iter(_written(fits, checking))
            break
        except IntegrityError:
            if tried == _TRIES:
                raise
    return [next(written) if isinstance(each, Fit) else each for each in found]


def _written(fits: Sequence[Fit], checking: Checking) -> list[Tagged | TaggingError]:
    """Make those tags that are not there; return what became of each."""
    if not fits:
        return []
    known = known_of(fits, checking)
    new: dict[object, Fit] = {}
    for fit in fits:
        if known.of(fit) is None:
            new.setdefault(fit.place, fit)
    # A key that is given twice makes one tag.
    kept = {fit.wanted.key or fit.place: fit for fit in reversed(new.values())}
    made = list(reversed(kept.values()))
    own: dict[int, Row] = {}
    for fit, row in zip(made, copied(made, checking), strict=True):
        own[id(fit)] = known.places[fit.place] = row
        if fit.wanted.key is not None:
            known.keys[fit.wanted.key] = row
    if checking.layer.task is None and made:
        versions = {fit.article: fit.version for fit in made}
        transaction.on_commit(lambda: following.note_moved(versions))
    there = [known.of(fit) for fit in fits]
    accepted = _accept(fits, there, checking)
    results: list[Tagged | TaggingError] = []
    for fit, found in zip(fits, there, strict=True):
        if found is None or isinstance(found, TaggingError):
            results.append(found or TaggingError("key", "This key is that of another tag."))
            continue
        mention, anchor = found
        is_made = id(fit) in own
        operation = checking.operation if is_made or mention.pk in accepted else None
        results.append(Tagged(mention, anchor, operation, is_made))
    return results


def _accept(
    fits: Sequence[Fit], there: Sequence[Row | TaggingError | None], checking: Checking
) -> set[int]:
    """Accept suggestions that are made again as tags; return their ids."""
    found: dict[int, Mention] = {}
    for fit, row in zip(fits, there, strict=True):
        if row is None or isinstance(row, TaggingError):
            continue
        mention, _ = row
        if mention.status != fit.wanted.status == MentionStatus.ACCEPTED:
            found[mention.pk] = mention
    if found:
        decide(
            found.values(),
            MentionStatus.ACCEPTED,
            by=checking.by,
            door=checking.door,
            operation=checking.operation,
        )
        for mention in found.values():
            mention.status, mention.decided_by = MentionStatus.ACCEPTED, checking.by
    return set(found)
