"""Orphans: tags whose words are gone from the text that stands, for a person to see to."""

from django.contrib.auth.models import User
from django.db.models import F, QuerySet

from articles.annotate.anchoring.likely_places import LikelyPlace, likely_places
from articles.annotate.tags.changing import changing_of, move
from articles.annotate.tags.wanted import TaggingError, short
from articles.annotate.tags.writing import held, see_to_writing
from articles.history.operations import done
from articles.models import Anchor, Corpus, Door, Mention, Operation, Placing
from articles.models.corpora import Visitor


def orphans(user: Visitor, corpus: Corpus | None = None) -> QuerySet[Anchor]:
    """Return the tags that ``user`` may see and that are nowhere in the text that stands.

    As anchors: the quote and what stood around it; in the order they came, with their mentions.
    """
    shown = Mention.objects.readable_by(user)
    if corpus is not None:
        shown = shown.filter(corpus=corpus)
    found: QuerySet[Anchor] = Anchor.objects.filter(
        placing=Placing.ORPHAN,
        mention__in=shown,
        version=F("mention__article__version"),
    )
    return found.select_related(
        "mention__article__corpus", "mention__entity__merged_into", "mention__by", "version"
    ).order_by("pk")


def place(
    mention: Mention, start: int, end: int, quote: str, *, by: User | None, door: Door
) -> Operation | None:
    """Say where an orphan is in the text that stands. Raises NotAllowedError, TaggingError."""
    return move(mention, start, end, quote, by=by, door=door)


def place_words(mention: Mention, words: str, *, by: User | None, door: Door) -> Operation | None:
    """Say of which words in the text that stands an orphan is, where they stand once.

    Raises NotAllowedError, TaggingError.
    """
    version = mention.article.version
    text, wanted = (version.text if version is not None else ""), words.strip()
    start = text.find(wanted) if wanted else -1
    if start < 0:
        raise TaggingError("words", f"The text has no “{short(wanted)}”. Type words as they stand.")
    if text.find(wanted, start + 1) >= 0:
        raise TaggingError(
            "words",
            f"“{short(wanted)}” stands in the text more than once. Choose one of the places, or "
            "tag it in the article and give this one up.",
        )
    return place(mention, start, start + len(wanted), wanted, by=by, door=door)


def places_of(anchor: Anchor) -> list[LikelyPlace]:
    """Return where an orphan may be in the text that stands, the likeliest first."""
    version = anchor.version
    return likely_places(anchor.quote, anchor.prefix, anchor.suffix, version.text, version.blocks)


def drop(mention: Mention, *, by: User | None, door: Door) -> Operation | None:
    """Give a tag up in the text that stands, and in those to come; in others it is where it was.

    None if it was given up already. Raises NotAllowedError, TaggingError for one that has a place.
    """
    see_to_writing([mention], by)
    with changing_of([mention], by, door, "given up") as under:
        held([mention])
        anchor = Anchor.objects.filter(
            mention=mention, version=F("mention__article__version")
        ).first()
        if anchor is None or anchor.start is not None:
            quote = short(anchor.quote) if anchor is not None else ""
            raise TaggingError("mention", f"This tag “{quote}” is no orphan: remove it instead.")
        under.size = int(anchor.placing != Placing.DROPPED)
        anchor.placing = Placing.DROPPED
        anchor.save(update_fields=["placing"])
    return done(under)
