"""Tagging: what is made, what is refused, and who may."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.annotate.codebooks.codebook import (
    Attribute,
    CodeKind,
    CodeType,
    Content,
    EntityUse,
    Kind,
    RelationKind,
    ValueType,
)
from articles.annotate.tags import tagging
from articles.annotate.tags.layers import Layer
from articles.annotate.tags.placed import codes_of, placed
from articles.annotate.tags.tagging import (
    NotAllowedError,
    StaleTagError,
    Tagged,
    TaggingError,
    Wanted,
    state_of,
)
from articles.models import (
    Access,
    Act,
    Anchor,
    Article,
    Code,
    Corpus,
    Door,
    Entity,
    Mention,
    MentionOrigin,
    MentionStatus,
    Operation,
    Relation,
    Role,
    Task,
    Version,
)
from tests.factories import (
    current,
    make_article,
    make_codebook,
    make_corpus,
    make_entity,
    make_member,
    make_mention,
    make_task,
    make_user,
    make_version,
)

TEXT = "Mr. Gladstone spoke in Leeds. Gladstone was cheered."
CONTENT = Content(
    kinds=(
        Kind("person", "Person", entity=EntityUse.REQUIRED),
        Kind("place", "Place", entity=EntityUse.REQUIRED),
        Kind("event", "Event", entity=EntityUse.OPTIONAL),
        Kind(
            "claim",
            "Claim",
            attributes=(
                Attribute("stance", "Stance", ValueType.CHOICE, ("for", "against"), required=True),
                Attribute("sure", "Certainty", ValueType.SCALE, lowest=1, highest=3),
                Attribute("why", "Why", ValueType.TEXT),
            ),
        ),
        Kind("frame", "Frame", passage=True),
    ),
    codes=(
        CodeKind("topic", "Topic", type=CodeType.SINGLE, choices=("war", "peace")),
        CodeKind("places", "Places", type=CodeType.MULTIPLE, choices=("at home", "abroad")),
        CodeKind("tone", "Tone", type=CodeType.SCALE, lowest=-2, highest=2),
    ),
    relations=(RelationKind("speaker", "Speaker", ("claim",), ("person",)),),
)


@pytest.fixture
def article(corpus: Corpus) -> Article:
    make_codebook(corpus, CONTENT, is_main=True)
    return make_article(corpus, paragraphs=(TEXT, "The rest 👩‍🚀 was silence."))


@pytest.fixture
def ann(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


def wanted(article: Article, quote: str, kind: str = "event", /, **fields: Any) -> Wanted:
    start = current(article).text.index(quote)
    end = start + len(quote)
    values: dict[str, Any] = {"start": start, "end": end, "quote": quote, "kind": kind}
    return Wanted(**(values | fields))


def tag(
    article: Article, quote: str, by: User | None, kind: str = "event", **fields: Any
) -> Tagged:
    return tagging.tag(article, wanted(article, quote, kind, **fields), by=by, door=Door.PAGE)


def refused(article: Article, by: User | None, want: Wanted, **fields: Any) -> TaggingError:
    before = Operation.objects.count()
    with pytest.raises(TaggingError) as fault:
        tagging.tag(article, want, by=by, door=Door.PAGE, **fields)
    assert not Mention.objects.filter(article=article, by=by).exists()
    assert Operation.objects.count() == before
    [many] = tagging.tag_many(article.corpus, [(article.pk, want)], by=by, door=Door.PAGE)
    assert isinstance(many, TaggingError)
    if not fields:
        assert (many.field, many.message) == (fault.value.field, fault.value.message)
    assert Operation.objects.count() == before
    return fault.value


def test_a_tag_is_where_it_was_made_with_what_stands_around_it(article: Article, ann: User) -> None:
    made = tag(article, "Gladstone", ann, "person", entity_name="W. E. Gladstone", comment="Sure?")

    assert made.made
    anchor = Anchor.objects.get()
    assert anchor.quote == "Gladstone"
    assert (anchor.prefix[-6:], anchor.suffix[:6]) == ("\n\nMr. ", " spoke")
    assert len(anchor.suffix) == 32
    [there] = placed(current(article), ann)
    assert (there.start, there.end, there.quote) == (anchor.start, anchor.end, "Gladstone")
    assert (there.entity_name, there.by_name, there.is_own) == (
        "W. E. Gladstone",
        ann.username,
        True,
    )
    assert (there.placing, there.sure, there.comment) == ("made", 1.0, "Sure?")
    assert made.operation is not None
    assert (made.operation.act, made.operation.by) == (Act.TAG, ann)
    assert made.operation.summary == "“Gladstone” tagged as Person W. E. Gladstone"


def test_offsets_are_code_points_beyond_emoji_too(article: Article, ann: User) -> None:
    text = current(article).text

    made = tag(article, "silence", ann)

    assert text[made.anchor.start : made.anchor.end] == "silence"
    assert tag(article, "👩‍🚀", ann).anchor.end == text.index("👩‍🚀") + 3


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({"quote": "Disraeli"}, "quote", "stands “Leeds”, not “Disraeli”"),
        ({"quote": "Lee\x00s"}, "quote", "stands “Leeds”, not “Lee s”"),
        ({"end": 9_999}, "end", "The text ends at"),
        ({"end": 3}, "end", "ends after it begins"),
        ({"start": -1}, "start", "begins at 0"),
        ({"kind": "nothing"}, "kind", "no kind “nothing”. There are: “person”"),
        ({"kind": "person"}, "entity", "Say which one"),
        ({"kind": "frame", "entity_name": "X"}, "entity", "names no entity"),
        ({"kind": "person", "entity": 0}, "entity", "no entity 0"),
        ({"kind": "person", "entity_name": "x" * 301}, "entity_name", "At most 300"),
        ({"kind": "person", "entity_name": "a\x00b"}, "entity_name", "can't be stored"),
        ({"comment": "\ud800"}, "comment", "can't be stored"),
        ({"comment": "x" * 10_001}, "comment", "At most 10,000"),
        ({"attributes": {"stance": "for"}}, "attributes", "has no “stance”"),
        ({"kind": "claim"}, "attributes", "Stance is required"),
        ({"kind": "claim", "attributes": {"stance": "x"}}, "attributes", "one of “for”"),
        ({"kind": "claim", "attributes": {"stance": ["for"]}}, "attributes", "one of “for”"),
        ({"kind": "claim", "attributes": {"stance": "for", "sure": 4}}, "attributes", "1 to 3"),
        ({"kind": "claim", "attributes": {"stance": "for", "sure": True}}, "attributes", "whole"),
        ({"kind": "claim", "attributes": {"stance": "for", "why": 3}}, "attributes", "is text"),
        ({"kind": "claim", "attributes": {"stance": "for", "why": "\0"}}, "attributes", "stored"),
        ({"status": "perhaps"}, "status", "no status"),
        ({"score": 2.0}, "score", "between 0 and 1"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_reason(
    article: Article, ann: User, fields: dict[str, Any], field: str, says: str
) -> None:
    want = wanted(article, "Leeds", **({"kind": "event"} | fields))

    fault = refused(article, ann, want)

    assert fault.field == field
    assert says in fault.message
    assert not Entity.objects.exists()


def test_a_tag_neither_reaches_over_a_block_nor_ends_in_white_space(
    article: Article, ann: User
) -> None:
    text = current(article).text
    for quote, field, says in (
        ("cheered.\n\nThe rest", "end", "within one block; this paragraph ends at"),
        ("Leeds. ", "quote", "white space"),
        (" Leeds", "quote", "white space"),
    ):
        fault = refused(article, ann, wanted(article, quote))
        assert (fault.field, says in fault.message) == (field, True)
    assert "\n\n" in text


def test_the_same_key_makes_the_same_tag_once(article: Article, ann: User) -> None:
    key = uuid4()
    first = tag(article, "Leeds", ann, key=key)

    again = tag(article, "Leeds", ann, key=key)

    assert (again.made, again.operation, again.mention) == (False, None, first.mention)
    [many] = tagging.tag_many(
        article.corpus, [(article.pk, wanted(article, "Leeds", key=key))], by=ann, door=Door.PAGE
    )
    assert isinstance(many, Tagged)
    assert (many.made, many.mention) == (False, first.mention)
    other = make_member(article.corpus, Role.ANNOTATOR)
    with pytest.raises(TaggingError, match="another tag"):
        tag(article, "Gladstone", other, key=key)


def test_what_was_made_is_told_again_though_it_could_not_be_made_now(
    article: Article, ann: User
) -> None:
    entity = make_entity(article.corpus, "Gladstone")
    want = wanted(article, "Gladstone", "person", entity=entity.pk, key=uuid4())
    first = tagging.tag(article, want, by=ann, door=Door.PAGE)
    ann.memberships.all().delete()

    again = tagging.tag(article, want, by=ann, door=Door.PAGE)
    assert (again.mention, again.made) == (first.mention, False)
    with pytest.raises(NotAllowedError):
        tag(article, "Leeds", ann, key=uuid4())
    with pytest.raises(TaggingError, match="another tag"):
        tagging.tag(make_article(article.corpus), want, by=ann, door=Door.PAGE)


def test_the_same_words_as_the_same_are_one_tag(article: Article, ann: User) -> None:
    first = tag(article, "Leeds", ann, "place", entity_name="Leeds")
    other = make_member(article.corpus, Role.ANNOTATOR)

    by_name = tag(article, "Leeds", other, "place", entity_name="LEEDS")
    by_id = tag(article, "Leeds", other, "place", entity=first.mention.entity_id)

    assert (by_name.made, by_id.made) == (False, False)
    assert by_name.mention == by_id.mention == first.mention
    assert tag(article, "Leeds", other).made
    assert Entity.objects.count() == 1


@pytest.mark.parametrize("was", [MentionStatus.SUGGESTED, MentionStatus.REJECTED])
def test_what_was_suggested_or_rejected_is_accepted_when_it_is_tagged(
    article: Article, ann: User, was: MentionStatus
) -> None:
    mention = make_mention(article, "Leeds", "event", status=was, origin="recogniser")
    suggested = tag(article, "Leeds", ann, status="suggested", origin="recogniser")
    assert (suggested.made, suggested.operation) == (False, None)

    made = tag(article, "Leeds", ann)

    assert (made.made, made.mention.status) == (False, "accepted")
    mention.refresh_from_db()
    assert (mention.status, mention.decided_by) == ("accepted", ann)
    assert made.operation is not None


def test_many_suggestions_are_accepted_as_they_are_tagged(article: Article, ann: User) -> None:
    mention = make_mention(article, "Leeds", "event", status="rejected")
    items = [(article.pk, wanted(article, quote)) for quote in ("Leeds", "Gladstone", "Leeds")]

    found = tagging.tag_many(article.corpus, items, by=ann, door=Door.PAGE)

    assert [each.made for each in found if isinstance(each, Tagged)] == [False, True, False]
    mention.refresh_from_db()
    assert mention.status == "accepted"
    [operation] = Operation.objects.all()
    assert operation.size == 3


def test_what_is_made_by_the_dozen_is_known_as_it_would_be_read(
    article: Article, ann: User
) -> None:
    entity = make_entity(article.corpus, "Gladstone")
    said = {"attributes": {"stance": "for", "sure": 2}, "comment": "At length", "score": 0.25}
    items = [
        (article.pk, wanted(article, "Gladstone", "person", entity=entity.pk, key=uuid4())),
        (article.pk, wanted(article, "Leeds", "claim", **said)),
    ]

    found = tagging.tag_many(article.corpus, items, by=ann, door=Door.PAGE)

    for each in found:
        assert isinstance(each, Tagged)
        for row in (each.mention, each.anchor):
            read = type(row).objects.get(pk=row.pk)
            names = [field.attname for field in row._meta.concrete_fields]
            assert [getattr(row, name) for name in names] == [getattr(read, name) for name in names]
            assert row == read
        assert each.anchor.mention is each.mention
    first = found[0]
    assert isinstance(first, Tagged)
    assert first.mention.entity == entity
    first.mention.comment = "Put right"
    first.mention.save()
    assert Mention.objects.get(pk=first.mention.pk).comment == "Put right"


def test_an_entity_that_was_merged_leads_to_the_one_that_stands(
    article: Article, ann: User
) -> None:
    stands = make_entity(article.corpus, "W. E. Gladstone")
    merged = make_entity(article.corpus, "Gladstone", merged_into=stands)

    assert tag(article, "Gladstone", ann, "person", entity=merged.pk).mention.entity == stands
    assert tag(article, "Leeds", ann, "person", entity_name="Gladstone").mention.entity == stands


def test_an_entity_of_another_corpus_or_kind_is_refused(article: Article, ann: User) -> None:
    elsewhere = make_entity(make_corpus(), "Gladstone")
    place = make_entity(article.corpus, "Leeds", "place")
    foreign = make_entity(article.corpus, "The Times", "newspaper")

    for entity in (elsewhere, place):
        fault = refused(article, ann, wanted(article, "Leeds", "person", entity=entity.pk))
        assert fault.field == "entity"
    # Of a kind that another codebook has.
    assert tag(article, "Leeds", ann, "person", entity=foreign.pk).made


def test_tagging_takes_few_queries_and_waits_for_no_import(
    article: Article, ann: User, django_assert_max_num_queries: Any
) -> None:
    entity = make_entity(article.corpus, "W. E. Gladstone")
    article = Article.objects.select_related("corpus", "version").get()
    tag(article, "Leeds", ann)

    with django_assert_max_num_queries(12) as queries:
        tag(article, "Gladstone", ann, "person", entity=entity.pk, key=uuid4())

    assert not any("FOR UPDATE" in query["sql"] for query in queries)
    assert not any("advisory" in query["sql"] for query in queries)


def test_an_article_that_stands_no_more_is_not_tagged(article: Article, ann: User) -> None:
    Article.objects.update(standing=False)
    article.refresh_from_db()

    with pytest.raises(TaggingError, match="stands no more"):
        tag(article, "Leeds", ann)
    [many] = tagging.tag_many(
        article.corpus, [(article.pk, wanted(article, "Leeds"))], by=ann, door=Door.PAGE
    )
    assert isinstance(many, TaggingError)


def test_a_version_of_another_article_is_refused(article: Article, ann: User) -> None:
    other = make_article(article.corpus, paragraphs=(TEXT,))

    with pytest.raises(TaggingError) as fault:
        tagging.tag(article, wanted(other, "Leeds"), by=ann, door=Door.PAGE, version=current(other))
    assert fault.value.field == "version"


@pytest.mark.parametrize("role", [None, Role.VIEWER])
def test_who_may_not_tag_is_told_so(article: Article, role: Role | None) -> None:
    Corpus.objects.update(access=Access.OPEN)
    user = make_member(article.corpus, role) if role else make_user()
    mention = make_mention(article, "Leeds", "event")

    for act in (
        lambda: tag(article, "Gladstone", user),
        lambda: tagging.tag_many(article.corpus, [], by=user, door=Door.PAGE),
        lambda: tagging.change(mention, by=user, door=Door.PAGE, comment="x"),
        lambda: tagging.remove([mention], by=user, door=Door.PAGE),
        lambda: tagging.decide([mention], "rejected", by=user, door=Door.PAGE),
        lambda: tagging.code(article, "note", ["x"], by=user, door=Door.PAGE),
        lambda: tagging.relate(mention, mention, "speaker", by=user, door=Door.PAGE),
    ):
        with pytest.raises(NotAllowedError, match="role of annotator"):
            act()
    assert Mention.objects.get() == mention


# ---- Work of several


@pytest.fixture
def task(article: Article, ann: User) -> Task:
    return make_task(article.corpus, [article], [ann])


def test_in_a_task_one_tags_in_a_layer_of_ones_own(article: Article, ann: User, task: Task) -> None:
    made = tagging.tag(article, wanted(article, "Leeds"), by=ann, door=Door.PAGE, task=task)

    assert (made.mention.task, made.mention.layer_of) == (task, ann)
    assert made.operation is not None
    assert made.operation.blind_task == task
    assert [each.quote for each in placed(current(article), ann, task)] == ["Leeds"]
    assert placed(current(article), ann) == []
    assert placed(current(article), make_member(article.corpus, Role.ANNOTATOR), task) == []


def test_in_a_task_its_version_is_tagged_whatever_came_after(
    article: Article, ann: User, task: Task
) -> None:
    pinned = current(article)
    newer = make_version(article, "All is new.")

    want = Wanted(start=0, end=7, quote=pinned.text[:7], kind="event")
    made = tagging.tag(article, want, by=ann, door=Door.PAGE, task=task)
    [many] = tagging.tag_many(
        article.corpus,
        [(article.pk, Wanted(start=8, end=14, quote=pinned.text[8:14], kind="event"))],
        by=ann,
        door=Door.PAGE,
        task=task,
    )

    assert made.anchor.version == pinned
    assert isinstance(many, Tagged)
    assert many.anchor.version == pinned
    with pytest.raises(TaggingError, match="version 1 is tagged, not 2"):
        tagging.tag(article, want, by=ann, door=Door.PAGE, task=task, version=newer)


def test_only_who_was_given_an_article_tags_it_and_not_once_it_is_closed(
    article: Article, ann: User, task: Task
) -> None:
    lead = make_member(article.corpus, Role.EDITOR)
    want = wanted(article, "Leeds")
    with pytest.raises(NotAllowedError, match="not given to you"):
        tagging.tag(article, want, by=lead, door=Door.PAGE, task=task)
    made = tagging.tag(article, want, by=ann, door=Door.PAGE, task=task).mention
    with pytest.raises(NotAllowedError, match="theirs alone"):
        tagging.remove([made], by=lead, door=Door.PAGE)
    [many] = tagging.tag_many(
        article.corpus, [(article.pk, want)], by=lead, door=Door.PAGE, task=task
    )
    assert isinstance(many, TaggingError)

    task.closed_at = task.created_at
    task.save()
    for act in (
        lambda: tagging.tag(article, want, by=ann, door=Door.PAGE, task=task),
        lambda: tagging.tag_many(article.corpus, [], by=ann, door=Door.PAGE, task=task),
        lambda: tagging.change(made, by=ann, door=Door.PAGE, comment="x"),
        lambda: tagging.code(article, "note", ["x"], by=ann, door=Door.PAGE, task=task),
    ):
        with pytest.raises(NotAllowedError, match="closed"):
            act()


@pytest.mark.usefixtures("task")
def test_who_has_an_article_in_blind_work_does_not_meet_others_in_it(
    article: Article, ann: User
) -> None:
    others = make_mention(article, "Leeds", "event", by=make_user())

    with pytest.raises(NotAllowedError, match="blind work"):
        tag(article, "Leeds", ann)
    with pytest.raises(NotAllowedError, match="blind work"):
        tagging.remove([others], by=ann, door=Door.PAGE)
    [many] = tagging.tag_many(
        article.corpus, [(article.pk, wanted(article, "Leeds"))], by=ann, door=Door.PAGE
    )
    assert isinstance(many, TaggingError)
    assert placed(current(article), ann) == []


def test_blind_work_knows_the_names_there_were_as_it_began(article: Article, ann: User) -> None:
    before = make_entity(article.corpus, "Leeds", "place")
    task = make_task(article.corpus, [article], [ann])
    since = make_entity(article.corpus, "Hull", "place")
    stands = make_entity(article.corpus, "Leeds, Yorkshire", "place")
    Entity.objects.filter(pk=before.pk).update(merged_into=stands)

    with pytest.raises(TaggingError, match="no entity"):
        tagging.tag(
            article,
            wanted(article, "Gladstone", "place", entity=since.pk),
            by=ann,
            door=Door.PAGE,
            task=task,
        )
    made = tagging.tag(
        article,
        wanted(article, "Leeds", "place", entity=before.pk),
        by=ann,
        door=Door.PAGE,
        task=task,
    )
    assert made.mention.entity == before
    own = tagging.tag(
        article,
        wanted(article, "Gladstone", "place", entity_name="Hull"),
        by=ann,
        door=Door.PAGE,
        task=task,
    )
    assert own.mention.entity not in (None, since)


def test_a_gold_layer_is_the_editors(article: Article, ann: User, task: Task) -> None:
    lead = make_member(article.corpus, Role.EDITOR)
    version = current(article)
    with pytest.raises(NotAllowedError, match="editor"):
        tagging.gold_layer(ann, task, version)

    layer = tagging.gold_layer(lead, task, version)
    made = tagging.tag(
        article,
        wanted(article, "Leeds", origin=MentionOrigin.GOLD),
        by=lead,
        door=Door.PAGE,
        layer=layer,
    )

    assert (made.mention.task, made.mention.layer_of) == (task, None)
    reader = make_member(article.corpus)
    assert [each.quote for each in placed(version, reader)] == ["Leeds"]
    assert placed(version, ann) == []
    own = make_mention(article, "Leeds", "event")
    assert [each.id for each in placed(version, reader)] == [own.pk]
    assert made.operation is not None
    assert (made.operation.act, made.operation.blind_task) == (Act.ADJUDICATE, None)
    with pytest.raises(NotAllowedError, match="editor"):
        tagging.remove([made.mention], by=ann, door=Door.PAGE)


# ---- Changes


def test_a_change_says_something_else(article: Article, ann: User) -> None:
    mention = tag(article, "Leeds", ann).mention

    operation = tagging.change(
        mention, by=ann, door=Door.PAGE, kind="place", entity_name="Leeds", comment="Where?"
    )

    assert operation is not None
    assert (mention.kind, mention.comment) == ("place", "Where?")
    assert mention.entity is not None
    assert Anchor.objects.get().label == f"0/0/place/{mention.entity_id}"
    assert tagging.change(mention, by=ann, door=Door.PAGE, comment="Where?") is None
    assert tag(article, "Leeds", ann).made


def test_a_change_that_would_make_the_same_tag_twice_is_refused(
    article: Article, ann: User
) -> None:
    tag(article, "Leeds", ann)
    frame = tag(article, "Leeds", ann, "frame").mention

    with pytest.raises(TaggingError, match="just so already"):
        tagging.change(frame, by=ann, door=Door.PAGE, kind="event")
    frame.refresh_from_db()
    assert frame.kind == "frame"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "person"}, "entity"),
        ({"kind": "nothing"}, "kind"),
        ({"entity": 0}, "entity"),
        ({"attributes": {"x": 1}}, "attributes"),
        ({"comment": "\0"}, "comment"),
        ({"start": 3}, "start"),
    ],
)
def test_a_change_that_does_not_fit_is_refused(
    article: Article, ann: User, fields: dict[str, Any], field: str
) -> None:
    mention = tag(article, "Leeds", ann).mention

    with pytest.raises(TaggingError) as fault:
        tagging.change(mention, by=ann, door=Door.PAGE, **fields)
    assert fault.value.field == field


def test_a_change_of_what_someone_else_changed_shows_it(article: Article, ann: User) -> None:
    mention = tag(article, "Leeds", ann).mention
    seen = state_of(mention)
    other = Mention.objects.get()
    tagging.change(other, by=ann, door=Door.PAGE, comment="Mine", expected_state=seen)

    with pytest.raises(StaleTagError) as fault:
        tagging.change(mention, by=ann, door=Door.PAGE, comment="No", expected_state=seen)
    assert fault.value.mention.comment == "Mine"
    with pytest.raises(StaleTagError):
        tagging.move(
            mention, 0, 7, current(article).text[:7], by=ann, door=Door.PAGE, expected_state=seen
        )


def test_what_was_removed_is_not_changed(article: Article, ann: User) -> None:
    mention = tag(article, "Leeds", ann).mention
    again = Mention.objects.get()
    assert tagging.remove([again], by=ann, door=Door.PAGE) is not None

    assert tagging.remove([mention], by=ann, door=Door.PAGE) is None
    with pytest.raises(TaggingError, match="removed just now"):
        tagging.change(mention, by=ann, door=Door.PAGE, comment="x")


def test_a_tag_is_moved(article: Article, ann: User) -> None:
    mention = tag(article, "Gladstone", ann).mention
    tag(article, "Leeds", ann)
    text = current(article).text
    start = text.index("Mr. Gladstone")

    operation = tagging.move(mention, start, start + 13, "Mr. Gladstone", by=ann, door=Door.PAGE)

    assert operation is not None
    anchor = mention.anchors.get()
    assert (anchor.quote, anchor.placing) == ("Mr. Gladstone", "placed")
    again = tagging.move(mention, start, start + 13, "Mr. Gladstone", by=ann, door=Door.PAGE)
    assert again is None
    leeds = text.index("Leeds")
    with pytest.raises(TaggingError, match="just so already"):
        tagging.move(mention, leeds, leeds + 5, "Leeds", by=ann, door=Door.PAGE)
    with pytest.raises(TaggingError, match="stands"):
        tagging.move(mention, leeds, leeds + 5, "Hull!", by=ann, door=Door.PAGE)


def test_relations_lead_from_one_kind_to_another_in_one_layer(article: Article, ann: User) -> None:
    claim = tag(article, "was cheered", ann, "claim", attributes={"stance": "for"}).mention
    who = tag(article, "Gladstone", ann, "person", entity_name="Gladstone").mention
    away = make_mention(make_article(article.corpus, paragraphs=(TEXT,)), "Gladstone", "person")

    assert tagging.relate(claim, who, "speaker", by=ann, door=Door.PAGE) is not None
    assert tagging.relate(claim, who, "speaker", by=ann, door=Door.PAGE) is None
    for source, target, kind in (
        (who, claim, "speaker"),
        (claim, who, "hearer"),
        (claim, away, "speaker"),
        (claim, claim, "speaker"),
    ):
        with pytest.raises(TaggingError):
            tagging.relate(source, target, kind, by=ann, door=Door.PAGE)
    assert tagging.unrelate(claim, who, "speaker", by=ann, door=Door.PAGE) is not None
    assert tagging.unrelate(claim, who, "speaker", by=ann, door=Door.PAGE) is None
    assert not Relation.objects.exists()


def test_codes_of_an_article_are_set_and_taken_away(article: Article, ann: User) -> None:
    def code(name: str, *values: str) -> Operation | None:
        return tagging.code(article, name, values, by=ann, door=Door.PAGE)

    assert code("topic", "war") is not None
    assert code("topic", "war") is None
    assert code("topic", "peace") is not None
    assert code("places", "at home", "abroad", "abroad") is not None
    assert code("tone", "-2") is not None
    assert code("note", "Look\nat this.") is not None
    assert {(each.code, each.value) for each in codes_of(article.pk, ann)} == {
        ("topic", "peace"), ("places", "at home"), ("places", "abroad"), ("tone", "-2"),
        ("note", "Look\nat this."),
    }  # fmt: skip
    assert code("places") is not None
    assert not Code.objects.filter(code="places").exists()


@pytest.mark.parametrize(
    ("name", "values", "field"),
    [
        ("nothing", ["x"], "code"),
        ("topic", ["truce"], "values"),
        ("topic", ["war", "peace"], "values"),
        ("tone", ["3"], "values"),
        ("tone", ["1.0"], "values"),
        ("tone", ["١"], "values"),
        ("tone", ["01"], "values"),
        ("note", ["\0"], "values"),
        ("note", ["x" * 4_001], "values"),
    ],
)
def test_a_code_that_does_not_fit_is_refused(
    article: Article, ann: User, name: str, values: list[str], field: str
) -> None:
    with pytest.raises(TaggingError) as fault:
        tagging.code(article, name, values, by=ann, door=Door.PAGE)
    assert fault.value.field == field
    assert not Code.objects.exists()


# ---- Many at once


def test_of_many_each_is_made_or_says_why_not(article: Article, ann: User) -> None:
    key = uuid4()
    items = [
        (article.pk, wanted(article, "Leeds", key=key)),
        (article.pk + 999, wanted(article, "Leeds")),
        (article.pk, wanted(article, "Gladstone", quote="Disraeli!")),
        (article.pk, wanted(article, "Gladstone", "person", entity_name="Gladstone")),
        (article.pk, wanted(article, "spoke", "person", entity_name="GLADSTONE")),
        (article.pk, wanted(article, "silence", key=key)),
    ]

    found = tagging.tag_many(article.corpus, items, by=ann, door=Door.COMMAND, summary="Six")

    assert [isinstance(each, Tagged) for each in found] == [True, False, False, True, True, True]
    assert isinstance(found[1], TaggingError)
    assert found[1].field == "article"
    assert isinstance(found[2], TaggingError)
    assert found[2].field == "quote"
    last = found[5]
    assert isinstance(last, Tagged)
    assert not last.made
    assert Mention.objects.count() == Anchor.objects.count() == 3
    assert Entity.objects.count() == 1
    [operation] = Operation.objects.all()
    assert (operation.summary, operation.size) == ("Six", 3)


def test_many_are_made_as_one_by_one(article: Article, ann: User) -> None:
    entity = make_entity(article.corpus, "Gladstone")
    want = wanted(
        article, "Gladstone", "person", entity=entity.pk, comment="c", maker="m", score=0.5,
        origin="recogniser", status="suggested",
    )  # fmt: skip
    other = make_article(article.corpus, headline=article.headline, paragraphs=(TEXT,))
    tagging.tag(article, want, by=ann, door=Door.PAGE)
    tagging.tag_many(article.corpus, [(other.pk, want)], by=ann, door=Door.PAGE)

    def rows(model: Any, *leave: str) -> list[dict[str, Any]]:
        found = list(model.objects.order_by("pk").values())
        return [{name: row[name] for name in row if name not in leave} for row in found]

    first, second = rows(Mention, "id", "key", "article_id", "created_at")
    assert first == second
    first, second = rows(Anchor, "id", "mention_id", "version_id", "suffix")
    assert first == second


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("same_key", [True, False])
def test_of_many_who_tag_the_same_at_once_one_makes_it(*, same_key: bool) -> None:
    corpus = make_corpus()
    article = make_article(corpus, paragraphs=(TEXT,))
    ann = make_member(corpus, Role.ANNOTATOR)
    key = uuid4()
    many = 6
    together = Barrier(many)

    def once(number: int) -> Tagged:
        try:
            want = wanted(
                article,
                "Leeds",
                "place",
                entity_name="Leeds",
                key=key if same_key else None,
            )
            together.wait()
            if number % 2:
                return tagging.tag(article, want, by=ann, door=Door.PAGE)
            [found] = tagging.tag_many(corpus, [(article.pk, want)], by=ann, door=Door.PAGE)
            assert isinstance(found, Tagged)
            return found
        finally:
            connection.close()

    with ThreadPoolExecutor(many) as pool:
        found = list(pool.map(once, range(many)))

    assert sum(each.made for each in found) == 1
    assert len({each.mention.pk for each in found}) == 1
    assert Mention.objects.count() == Anchor.objects.count() == Entity.objects.count() == 1
    assert Operation.objects.count() == 1


class TestSpans(TestCase):
    """Whatever is asked for is made as it stands in the text, or is refused."""

    @settings(max_examples=60, deadline=None)
    @given(st.integers(-5, 140), st.integers(-5, 140), st.integers(0, 2))
    def test_every_tag_is_of_the_words_it_says(self, start: int, end: int, off: int) -> None:
        corpus = make_corpus()
        article = make_article(corpus, paragraphs=(TEXT, "é́ 👩‍🚀 rest"))
        version: Version = current(article)
        quote = version.text[max(start, 0) : max(end, 0)][off:]
        want = Wanted(start=start, end=end, quote=quote, kind="event")

        try:
            made = tagging.tag(article, want, by=None, door=Door.COMMAND)
        except TaggingError:
            assert not Anchor.objects.filter(version=version).exists()
        else:
            stands = version.text[made.anchor.start : made.anchor.end]
            assert stands == quote == stands.strip() != ""
            assert any(first <= start < end <= last for _, first, last in version.blocks)


def test_a_layer_says_its_label_as_the_database_has_it(article: Article, ann: User) -> None:
    mention = tag(article, "Gladstone", ann, "person", entity_name="Gladstone").mention

    assert Anchor.objects.get().label == Layer(article.corpus).label("person", mention.entity_id)
