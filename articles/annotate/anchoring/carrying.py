"""Carrying tags on: to the text that stands for an article, once that is another.

What is in the corpus's layer, settled, or of closed work follows; open work stays at the version
that was given out. Nothing is moved silently: each place says how it was found and how surely, and
what was not found is an orphan, for a person to see to (``orphans``).

The changes that wait and the places that were found are of one database, so that they are written
together: several processes may carry at once, and one that is killed leaves all as it was.
"""

import logging
from collections.abc import Callable, Iterable
from threading import Event
from typing import Any

import psycopg
from django.db import DatabaseError, connection, transaction
from django.db.models import Exists, OuterRef, Q

from articles.annotate.anchoring.anchoring import EXACT, Carrier
from articles.annotate.anchoring.following import note_all
from articles.annotate.tags.wanted import around
from articles.models import Anchor, Article, Change, Consumer, Mention, Placing, Version
from articles.models.lookups import any_id
from articles.models.mentions import label_of

LOOK_SECONDS = 0.5
PAUSE_SECONDS = 2.0
# Rows of changes that are looked at, at a time; an article may have several.
_ROWS = 200
# How often an article is looked at where others tag the same words meanwhile.
_TRIES = 3

_log = logging.getLogger(__name__)

type Say = Callable[[str], object]
type Watch = Callable[[int], object]


def catch_up(*, watch: Watch | None = None, only: Iterable[int] | None = None) -> int:
    """Carry on what waits; return how many places were found or given up.

    ``only`` are the articles that are meant, all if None. ``watch`` is told how many so far.
    """
    chosen = None if only is None else set(only)
    done = 0
    while (taken := _step(chosen)) is not None:
        done += taken
        if watch is not None:
            watch(done)
    return done


def waits(article: Article) -> bool:
    """Whether tags of an article have not been carried to its text yet."""
    rows = Change.objects.filter(article_id=article.pk, consumer=Consumer.ANNOTATE)
    return rows.exists() and Mention.objects.filter(article=article.pk).exists()


def follow(stop: Event, say: Say) -> None:
    """Carry on what waits until ``stop``; ``say`` is told, once, what keeps it from that.

    For a thread of its own. A database that is away is waited for.
    """
    said, is_swept = "", False
    while not stop.is_set():
        trouble, pause = "", LOOK_SECONDS
        try:
            if not is_swept:
                note_all()
                is_swept = True
            catch_up(watch=lambda _: _heed(stop))
        except _EndedError:
            break
        except (DatabaseError, psycopg.Error) as fault:
            trouble, pause = f"Carrying tags on waits for the database: {fault}", PAUSE_SECONDS
        except Exception as fault:  # noqa: BLE001 -- whatever it is, it must not end the loop
            _log.exception("Carrying tags on failed.")
            trouble, pause = f"Tags can’t be carried on: {fault}", PAUSE_SECONDS
        if trouble:
            connection.close()
            if trouble != said:
                say(trouble)
        said = trouble
        stop.wait(pause)
    connection.close()


class _EndedError(Exception):
    """The one who runs the loop wants it to end."""


def _heed(stop: Event) -> None:
    if stop.is_set():
        raise _EndedError


def _step(only: set[int] | None) -> int | None:
    """Carry on the tags of an article; None if nothing waits, or others are at it.

    What waits for nothing, as nothing is tagged in it, is forgotten on the way.
    """
    with transaction.atomic():
        rows = Change.objects.filter(consumer=Consumer.ANNOTATE).order_by("pk")
        if only is not None:
            rows = rows.filter(any_id("article_id", only))
        free = rows.select_for_update(skip_locked=True)
        waiting = list(free.values_list("pk", "article_id")[:_ROWS])
        if not waiting:
            return None
        known = Mention.objects.filter(any_id("article_id", {article for _, article in waiting}))
        tagged = set(known.order_by().values_list("article_id", flat=True).distinct())
        chosen = next((article for _, article in waiting if article in tagged), None)
        done = _carried(chosen) if chosen is not None else 0
        seen_to = [row for row, article in waiting if article == chosen or article not in tagged]
        Change.objects.filter(any_id("id", seen_to)).delete()
    return done


def _carried(article_id: int) -> int:
    """Carry on the tags of an article; a fault in one of them leaves them for another time."""
    article = Article.objects.filter(pk=article_id, standing=True, version__isnull=False).first()
    if article is None or article.version is None:
        return 0
    done = 0
    try:
        with transaction.atomic():
            for _ in range(_TRIES):
                waiting = _waiting(article_id, article.version)
                if not waiting:
                    break
                anchors = _anchors(waiting, article.version)
                Anchor.objects.bulk_create(anchors, ignore_conflicts=True, batch_size=1_000)
                done += len(anchors)
            if done:
                Change.objects.create(article_id=article_id, consumer=Consumer.SEARCH)
    except DatabaseError:
        raise
    except Exception:  # noqa: BLE001 -- a fault of ours in one article must not stop all others
        # It would be met again and again, and nothing after it.
        _log.exception("The tags of article %s could not be carried on.", article_id)
        return 0
    return done


def following_mentions() -> Any:
    """Return the tags that follow the text of their articles: not those of open work."""
    return Mention.objects.filter(
        Q(task=None) | Q(layer_of=None) | Q(task__closed_at__isnull=False)
    )


def _waiting(article_id: int, now: Version) -> list[Mention]:
    """Return the tags of an article that have no place in its text yet, held meanwhile."""
    anchors = Anchor.objects.filter(mention=OuterRef("pk"))
    found = following_mentions().filter(Exists(anchors), article=article_id)
    found = found.exclude(Exists(anchors.filter(version=now))).order_by("pk")
    return list(found.select_for_update(of=("self",), no_key=True))


def _anchors(mentions: list[Mention], now: Version) -> list[Anchor]:
    """Return where tags are in a text: each in its place, or an orphan."""
    sources = _sources(mentions)
    texts = Version.objects.in_bulk({anchor.version_id for anchor in sources.values()})
    carriers: dict[int, Carrier] = {}
    found = []
    for mention in mentions:
        source = sources[mention.pk]
        if source.version_id not in carriers:
            carriers[source.version_id] = Carrier(
                texts[source.version_id].text, now.text, now.blocks
            )
        found.append(_anchor(mention, source, now, carriers[source.version_id]))
    # Of two that come to the same words as the same, the surer one is there.
    found.sort(
        key=lambda anchor: (anchor.placing != Placing.EXACT, -anchor.sure, anchor.mention_id)
    )
    taken = set(
        Anchor.objects.filter(version=now, start__isnull=False).values_list("start", "end", "label")
    )
    for anchor in found:
        place = anchor.start, anchor.end, anchor.label
        if anchor.start is not None and place in taken:
            _orphan(anchor, sources[anchor.mention_id])
        taken.add(place)
    return found


def _sources(mentions: list[Mention]) -> dict[int, Anchor]:
    """Return of each tag the place it is carried from: the last one, by the number of its text.

    Of one that a person gave up, that it was given up.
    """
    ids = [mention.pk for mention in mentions]
    anchors = Anchor.objects.filter(any_id("mention_id", ids)).order_by("version__number")
    found: dict[int, Anchor] = {}
    for anchor in anchors:
        known = found.get(anchor.mention_id)
        if known is None or anchor.placing != Placing.ORPHAN:
            found[anchor.mention_id] = anchor
    return found


def _anchor(mention: Mention, source: Anchor, now: Version, carrier: Carrier) -> Anchor:
    anchor = Anchor(mention=mention, version=now, label=label_of(mention))
    if source.start is None:
        _orphan(anchor, source)
        anchor.placing = source.placing
        return anchor
    place = carrier.carry(source.quote, source.prefix, source.suffix, source.start)
    if place is None:
        _orphan(anchor, source)
        return anchor
    anchor.start, anchor.end = place.start, place.end
    anchor.quote = now.text[place.start : place.end]
    anchor.prefix, anchor.suffix = around(now.text, place.start, place.end)
    anchor.placing = place.placing
    anchor.sure = round(place.sure * source.sure, 3)
    if place.placing == EXACT and source.placing in {Placing.CONTEXT, Placing.FUZZY}:
        # It is where it was, and how it came there is still to be told.
        anchor.placing = source.placing
    return anchor


def _orphan(anchor: Anchor, source: Anchor) -> None:
    """Let an anchor say what it was, and that it is nowhere."""
    anchor.start = anchor.end = None
    anchor.quote, anchor.prefix, anchor.suffix = source.quote, source.prefix, source.suffix
    anchor.placing, anchor.sure = Placing.ORPHAN, 0.0
