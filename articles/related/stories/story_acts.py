"""What people put right about stories: their names, what is one story, where an article belongs.

Each is one operation and can be undone. Where a person put an article it stays: a pin says so,
and the machine gathers around it. A merge says of a story which one stands for it; its articles
keep naming it, so that neither the merge nor its undo touches one of them.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence

from django.contrib.auth.models import User
from django.utils import timezone

from articles.curation.fields import StaleError
from articles.history.operations import act, done
from articles.history.row_changes import event_model
from articles.models import Act, Article, Coverage, Door, Operation, Story, StoryPin
from articles.models.lookups import any_id
from articles.related.stories import story_sentences as say
from articles.related.stories.story_names import titles, within
from articles.text import normalise, normalise_line

NAME_CHARACTERS = 300
NOTE_CHARACTERS = 10_000
MERGED_AT_ONCE = 200
MOVED_AT_ONCE = 1_000


class StoryError(Exception):
    """Why something can't be done with a story: a sentence, and the field that it is about."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


def state_of(story: Story) -> str:
    """Return what is to be sent back with a change of name or note, so that none is overwritten."""
    facts = (story.name, story.note, story.merged_into_id)
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:32]


def rename(
    story: Story, name: str, *, by: User | None, door: Door, expected_state: str | None = None
) -> Operation | None:
    """Call a story otherwise; "" lets it go by the headline of its earliest article again.

    None if it is called so. Raises StoryError, StaleError.
    """
    return edit(story, name=name, by=by, door=door, expected_state=expected_state)


def write_note(
    story: Story, note: str, *, by: User | None, door: Door, expected_state: str | None = None
) -> Operation | None:
    """Write the note on a story anew. None if it says so. Raises StoryError, StaleError."""
    return edit(story, note=note, by=by, door=door, expected_state=expected_state)


def edit(
    story: Story,
    *,
    by: User | None,
    door: Door,
    name: str | None = None,
    note: str | None = None,
    expected_state: str | None = None,
) -> Operation | None:
    """Put a story's name and note right in one operation; what is None stays.

    None if it says so already. Raises StoryError, StaleError.
    """
    wanted = {} if name is None else {"name": _name(name)}
    wanted |= {} if note is None else {"note": _note(note)}
    with act(Act.STORY, corpus=story.corpus, by=by, summary="", door=door) as operation:
        held = _held(story, expected_state)
        changed = {field: text for field, text in wanted.items() if getattr(held, field) != text}
        operation.size = int(bool(changed))
        if not changed:
            return None
        was = say.told(held)
        for field, text in changed.items():
            setattr(held, field, text)
        held.save(update_fields=list(changed))
        called = f"called “{held.name}”" if held.name else "called by its first headline again"
        said = {"name": called, "note": "note"}
        operation.summary = f"Story “{was}”: {', '.join(said[field] for field in changed)}"
    return done(operation)


def merge(into: Story, others: Sequence[Story], *, by: User | None, door: Door) -> Operation | None:
    """Make stories one, which goes by the name of ``into``. Raises StoryError.

    What was merged before leads on to what stands for it. None if they are one already.
    """
    target_id = into.merged_into_id or into.pk
    wanted = {other.merged_into_id or other.pk for other in others} - {target_id}
    if not others:
        raise StoryError("Choose the stories that are the same one.", "others")
    if len(wanted) > MERGED_AT_ONCE:
        raise StoryError(f"At most {MERGED_AT_ONCE} stories are merged at once.", "others")
    if any(other.corpus_id != into.corpus_id for other in others):
        raise StoryError("Stories of two corpora can’t be merged.", "others")
    with act(Act.STORY, corpus=into.corpus, by=by, summary="", door=door) as operation:
        operation.size = len(wanted)
        if not wanted:
            return None
        held = _locked({target_id, *wanted})
        target = held.pop(target_id)
        names = titles(held.values())
        Story.objects.filter(any_id("merged_into_id", held)).update(merged_into=target)
        Story.objects.filter(any_id("id", held)).update(merged_into=target)
        merged = say.listed([names[pk] for pk in sorted(held)])
        operation.summary = f"{merged} merged into the story “{say.told(target)}”"
    return done(operation)


def split(
    story: Story | None,
    article_ids: Collection[int],
    *,
    by: User | None,
    door: Door,
    name: str = "",
) -> Story:
    """Make a new story of some articles: of ``story``, or with None of wherever they are now.

    They stay in the new one, whatever the machine finds. :func:`made_in` has the operation.
    Raises StoryError where nothing would be left of ``story``, or an article is not in it.
    """
    line = _name(name)
    articles = _articles(article_ids)
    corpus = articles[0].corpus
    with act(Act.STORY, corpus=corpus, by=by, summary="", door=door) as operation:
        _lock_articles(articles)
        of = ""
        if story is not None:
            held = _locked({story.merged_into_id or story.pk})
            _check_part(held, articles)
            of = f" of “{say.told(*held.values())}”"
        made: Story = Story.objects.create(corpus=corpus, name=line, by=by)
        _pin(articles, made, by)
        operation.size = len(articles)
        operation.summary = f"{say.counted(articles)}{of} made a story: “{say.told(made)}”"
    return made


def move(
    article_ids: Collection[int], story: Story | None, *, by: User | None, door: Door
) -> Operation | None:
    """Put articles into a story, or with None keep them out of any, whatever the machine finds.

    None if a person said so of all of them before. Raises StoryError.
    """
    articles = _articles(article_ids)
    corpus = articles[0].corpus
    if story is not None and story.corpus_id != corpus.pk:
        raise StoryError("An article can’t be in a story of another corpus.", "articles")
    with act(Act.STORY, corpus=corpus, by=by, summary="", door=door) as operation:
        _lock_articles(articles)
        target = None
        if story is not None:
            target = _locked({story.merged_into_id or story.pk}).popitem()[1]
        moved = _pin(articles, target, by)
        operation.size = len(moved)
        if not moved:
            return None
        where = f"put into the story “{say.told(target)}”" if target else "kept out of any story"
        operation.summary = f"{say.counted(moved)} {where}"
    return done(operation)


def let_go(article_ids: Collection[int], *, by: User | None, door: Door) -> Operation | None:
    """Take back what people said of where articles belong: the machine places them again.

    None if nobody said anything. Raises StoryError.
    """
    articles = _articles(article_ids)
    with act(Act.STORY, corpus=articles[0].corpus, by=by, summary="", door=door) as operation:
        _lock_articles(articles)
        pins = StoryPin.objects.filter(any_id("article_id", [row.pk for row in articles]))
        pinned = set(pins.values_list("article_id", flat=True))
        operation.size = len(pinned)
        pins.delete()
        let = say.counted([row for row in articles if row.pk in pinned])
        operation.summary = f"{let} left to the machine to place in a story"
    return done(operation)


def made_in(story: Story) -> Operation | None:
    """Return the operation that made a story; None for one that the machine gathered."""
    begun = event_model(Story).objects.filter(pgh_obj_id=story.pk, pgh_label="insert")
    context = begun.order_by("pgh_id").values_list("pgh_context_id", flat=True).first()
    return Operation.objects.filter(context=context).first() if context else None


def _held(story: Story, expected_state: str | None) -> Story:
    """Return a story as it is now, locked. Raises StoryError, StaleError."""
    held = _locked({story.pk})[story.pk]
    if expected_state is not None and expected_state != state_of(held):
        raise StaleError("Someone changed this story since you opened it. Look at it again.")
    return held


def _locked(ids: Collection[int]) -> dict[int, Story]:
    """Return stories that stand, locked in an order, by id. Raises StoryError."""
    rows = Story.objects.select_for_update().filter(any_id("id", ids)).order_by("pk")
    found = {row.pk: row for row in rows}
    if len(found) < len(set(ids)):
        raise StoryError("One of these stories is gone. Look at the list again.")
    for row in found.values():
        if row.merged_into is not None:
            raise StoryError(
                f"“{say.told(row)}” was merged into “{say.told(row.merged_into)}” meanwhile. "
                "Look at that one."
            )
    return found


def _articles(ids: Collection[int]) -> list[Article]:
    """Return the articles that are meant, all of one corpus, in order. Raises StoryError."""
    if not ids:
        raise StoryError("Choose the articles first.", "articles")
    if len(set(ids)) > MOVED_AT_ONCE:
        raise StoryError(f"At most {MOVED_AT_ONCE:,} articles are moved at once.", "articles")
    rows = Article.objects.filter(any_id("id", set(ids)), standing=True)
    found = list(rows.select_related("corpus").order_by("pk"))
    if len(found) < len(set(ids)):
        raise StoryError("One of these articles is gone. Look at the story again.", "articles")
    if len({row.corpus_id for row in found}) > 1:
        raise StoryError("A story has articles of one corpus only.", "articles")
    return found


def _lock_articles(articles: Iterable[Article]) -> None:
    """Let nobody else say where these belong until the transaction ends."""
    ids = [row.pk for row in articles]
    rows = Article.objects.select_for_update(no_key=True).filter(any_id("id", ids))
    list(rows.order_by("pk").values_list("pk"))


def _check_part(stories: dict[int, Story], articles: Sequence[Article]) -> None:
    """Raise StoryError unless articles are a part of a story, and not all of it."""
    there = set(within(stories).values_list("pk", flat=True))
    chosen = {row.pk for row in articles}
    if strays := [row for row in articles if row.pk not in there]:
        raise StoryError(
            f"Not in this story: {say.numbered(strays)}. Look at it again.", "articles"
        )
    if chosen == there:
        raise StoryError(
            "These are all of its articles: nothing would be left. Rename the story instead.",
            "articles",
        )


def _pin(articles: Sequence[Article], story: Story | None, by: User | None) -> list[Article]:
    """Put articles where a person says; return those of which nobody had said so."""
    ids = [row.pk for row in articles]
    pins = StoryPin.objects.filter(any_id("article_id", ids)).select_related("story")
    said = {pin.article_id: pin for pin in pins}
    wanted = story.pk if story is not None else None
    moved = [
        row for row in articles if row.pk not in said or _standing_id(said[row.pk].story) != wanted
    ]
    known = [row.pk for row in moved if row.pk in said]
    StoryPin.objects.filter(any_id("article_id", known)).update(
        story=story, by=by, at=timezone.now()
    )
    was_in = dict(
        Coverage.objects.filter(any_id("article_id", ids)).values_list("article_id", "story_id")
    )
    StoryPin.objects.bulk_create(
        StoryPin(
            corpus_id=row.corpus_id, article=row, story=story, by=by, was_in=was_in.get(row.pk)
        )
        for row in moved
        if row.pk not in said
    )
    return moved


def _standing_id(story: Story | None) -> int | None:
    return None if story is None else story.merged_into_id or story.pk


def _name(name: str) -> str:
    line = normalise_line(say.without_turns(name))
    if len(line) > NAME_CHARACTERS:
        raise StoryError(f"A name has at most {NAME_CHARACTERS} characters.", "name")
    return line


def _note(note: str) -> str:
    text = normalise(note).strip()
    if len(text) > NOTE_CHARACTERS:
        raise StoryError(f"A note has at most {NOTE_CHARACTERS:,} characters.", "note")
    return text
