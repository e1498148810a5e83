"""Corrections of the text itself, each an immutable version of its own beside the outlet's."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from articles.curation.fields import HEADLINE_CHARACTERS, check_state
from articles.history.operations import act, done
from articles.ingest import effective
from articles.ingest.preparing import TEXT_CHARACTERS
from articles.models import Act, Article, Credit, Door, Operation, Origin, TextCorrection, Version
from articles.text import Block, BlockKind, Composed, body_word_count, compose, sha256

READER = "correction"
READER_VERSION = "1"


class TextRefusedError(Exception):
    """Why a text can't be corrected so; a sentence."""


def blocks_of(version: Version) -> list[Block]:
    """Return the blocks of a version with their words."""
    return [Block(BlockKind(kind), version.text[start:end]) for kind, start, end in version.blocks]


def correct_text(
    article: Article,
    blocks: Sequence[Block],
    *,
    by: User | None,
    door: Door,
    expected_state: str | None = None,
) -> Operation | None:
    """Let a corrected text stand for an article; None if it says the same in the same blocks.

    Raises TextRefusedError, :class:`articles.curation.fields.StaleError`.
    """
    composed = composed_of(blocks)
    summary = f"Text of “{headline_of(article)}” corrected"
    with act(
        Act.CORRECT_TEXT, corpus=article.corpus, by=by, summary=summary, door=door
    ) as operation:
        if expected_state is not None:
            check_state(article.pk, expected_state)
        standing = standing_version(article)
        is_same = (composed.text, spans_of(composed)) == (standing.text, standing.blocks)
        if not is_same:
            version = add_version(article, composed, made_from=standing, by=by)
            let_stand(article, version, by=by)
            effective.derive([article.pk])
        operation.size = 0 if is_same else 1
    return done(operation)


def choose_version(
    article: Article, version: Version, *, by: User | None, door: Door
) -> Operation | None:
    """Let one of an article's versions stand; None if it does. Raises TextRefusedError."""
    summary = f"Version {version.number} of “{headline_of(article)}” stands"
    with act(
        Act.CHOOSE_VERSION, corpus=article.corpus, by=by, summary=summary, door=door
    ) as operation:
        changes = standing_version(article).pk != version.pk
        if changes:
            let_stand(article, version, by=by)
            effective.derive([article.pk])
        operation.size = int(changes)
    return done(operation)


def headline_of(article: Article) -> str:
    """Return an article's headline as a summary names it."""
    return article.headline[:HEADLINE_CHARACTERS] or "Untitled"


def standing_version(article: Article) -> Version:
    """Return the version that stands now, whatever ``article`` was read with.

    Raises TextRefusedError for an article that stands no more: to put it right would let its text
    stand twice.
    """
    found = Article.objects.filter(pk=article.pk, standing=True).select_related("version").first()
    if found is None or found.version is None:
        raise TextRefusedError(
            f"“{headline_of(article)}” stands no more: it was joined to another article, or the "
            "split that made it was undone."
        )
    version: Version = found.version
    return version


def composed_of(blocks: Sequence[Block]) -> Composed:
    """Return the text of blocks; raise TextRefusedError for none and for too much."""
    composed = compose(blocks)
    if not composed.text:
        raise TextRefusedError("An article needs a headline or a text.")
    if len(composed.text) > TEXT_CHARACTERS:
        raise TextRefusedError(f"A text has at most {TEXT_CHARACTERS:,} characters.")
    return composed


def spans_of(composed: Composed) -> list[list[Any]]:
    """Return the blocks of a text as versions hold them."""
    return [[span.kind.value, span.start, span.end] for span in composed.spans]


def add_version(
    article: Article, composed: Composed, *, made_from: Version, by: User | None
) -> Version:
    """Add a corrected version, with the metadata and the credits of the one it was made from."""
    now = timezone.now()
    newest = article.versions.order_by("-number").values_list("number", flat=True).first() or 0
    words = {span.kind: composed.text[span.start : span.end] for span in reversed(composed.spans)}
    spans = [span for span in composed.spans if span.kind == BlockKind.KEY_POINT]
    version: Version = Version.objects.create(
        article=article,
        number=newest + 1,
        origin=Origin.CORRECTED,
        previous=made_from if made_from.article_id == article.pk else None,
        by=by,
        text=composed.text,
        blocks=spans_of(composed),
        sha256=sha256(composed.text),
        word_count=body_word_count(composed),
        read={
            **made_from.read,
            "headline": words.get(BlockKind.HEADLINE, ""),
            "standfirst": words.get(BlockKind.STANDFIRST),
            "key_points": [composed.text[span.start : span.end] for span in spans],
        },
        reader=READER,
        reader_version=READER_VERSION,
        capture_id=made_from.capture_id,
        locator=made_from.locator,
        first_seen=now,
        last_seen=now,
    )
    as_read = Credit.objects.filter(version=made_from, corrected=False).order_by("position")
    Credit.objects.bulk_create(
        Credit(
            version=version,
            position=credit.position,
            kind=credit.kind,
            person_id=credit.person_id,
            name=credit.name,
            role=credit.role,
            place=credit.place,
        )
        for credit in as_read
    )
    return version


def let_stand(article: Article, version: Version, *, by: User | None) -> None:
    """Say that a version stands, until the outlet publishes another."""
    _say(article, by=by, version=version)


def let_join(article: Article, into: Article, *, by: User | None) -> None:
    """Say that an article is part of another and stands no more."""
    _say(article, by=by, joined_into=into)


def _say(
    article: Article,
    *,
    by: User | None,
    version: Version | None = None,
    joined_into: Article | None = None,
) -> None:
    newest = article.versions.order_by("-number").values_list("number", flat=True).first() or 0
    TextCorrection.objects.update_or_create(
        article=article,
        defaults={
            "version": version,
            "joined_into": joined_into,
            "after": newest,
            "by": by,
            "at": timezone.now(),
        },
    )
