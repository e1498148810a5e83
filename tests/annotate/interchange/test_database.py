"""Tags go out of the database and come into it in every format, at the same characters."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.annotate.files.bundling import Layers, Scope, bundles, counted
from articles.annotate.files.importing import Report, take_in
from articles.annotate.interchange.formats import FORMATS
from articles.annotate.interchange.shape import Losses
from articles.annotate.tags.layers import NotAllowedError
from articles.annotate.tags.tagging import Tagged, Wanted, code, relate, tag, tag_many
from articles.history.undo import undo
from articles.models import (
    Access,
    Anchor,
    Article,
    Corpus,
    Door,
    Entity,
    ExternalId,
    Mention,
    MentionStatus,
    Role,
)
from tests.factories import current, make_article, make_corpus, make_member, make_task

pytestmark = pytest.mark.django_db

PARAGRAPHS = ("Ann Doe 🚒 left Paris.", "e\u0301lan: 北京 and العربية, said 👩🏽‍🚒 Ann Doe.")


def exported(name: str, scope: Scope) -> bytes:
    losses = Losses()
    return b"".join(FORMATS[name].write(bundles(scope, losses), losses))


def places(corpus: Corpus) -> list[tuple[str, int, int, str, str]]:
    """Return what is tagged in a corpus: where, as what, whose name."""
    rows = Anchor.objects.filter(mention__corpus=corpus, start__isnull=False).values_list(
        "quote", "start", "end", "mention__kind", "mention__entity__name"
    )
    return sorted((q, s or 0, e or 0, k, name or "") for q, s, e, k, name in rows)


def tagged(article: Article, words: str, kind: str, by: User, **more: Any) -> Tagged:
    text = current(article).text
    start = text.index(words)
    wanted = Wanted(start=start, end=start + len(words), quote=words, kind=kind, **more)
    return tag(article, wanted, by=by, door=Door.PAGE)


@pytest.fixture
def corpus() -> Corpus:
    return make_corpus("ours", access=Access.OPEN)


@pytest.fixture
def annotator(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


@pytest.fixture
def article(corpus: Corpus, annotator: User) -> Article:
    """Return an article with names of every script tagged, one of them known elsewhere."""
    made = make_article(corpus, headline="🚒 Leaving", paragraphs=PARAGRAPHS)
    person = tagged(made, "Ann Doe", "person", annotator, entity_name="Ann Doe")
    tagged(made, "Paris", "place", annotator, entity_name="Paris (France)")
    tagged(made, "北京", "place", annotator, entity_name="Beijing")
    tagged(made, "العربية", "organisation", annotator, entity_name="العربية")
    assert person.mention.entity is not None
    ExternalId.objects.create(
        corpus=corpus, entity=person.mention.entity, scheme="wikidata", value="Q42"
    )
    return made


@pytest.fixture
def other(article: Article) -> tuple[Corpus, User]:
    """Return a corpus that has the same article, untagged, and one who may tag it."""
    corpus = make_corpus("theirs")
    make_article(corpus, headline=article.headline, paragraphs=PARAGRAPHS)
    return corpus, make_member(corpus, Role.ANNOTATOR)


def taken(name: str, data: bytes, corpus: Corpus, by: User, **more: Any) -> Report:
    return take_in(data, FORMATS[name], corpus, by=by, door=Door.PAGE, **more)


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in {"csv", "conll"}])
def test_tags_go_from_one_corpus_to_another(
    name: str, corpus: Corpus, article: Article, other: tuple[Corpus, User]
) -> None:
    del article
    theirs, by = other

    report = taken(name, exported(name, Scope(by)), theirs, by)

    assert (report.made, report.failed) == (4, 0), report.examples
    assert [p[:4] for p in places(theirs)] == [p[:4] for p in places(corpus)]


@pytest.mark.parametrize("name", ["jsonl", "label-studio", "brat", "uima"])
def test_whom_a_tag_names_goes_with_it(
    name: str, corpus: Corpus, article: Article, other: tuple[Corpus, User]
) -> None:
    del article
    theirs, by = other

    taken(name, exported(name, Scope(by)), theirs, by)

    assert places(theirs) == places(corpus)
    known = ExternalId.objects.get(corpus=theirs)
    assert (known.entity.name, known.value) == ("Ann Doe", "Q42")


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_taken_in_where_it_came_from_is_known(
    name: str, corpus: Corpus, article: Article, annotator: User
) -> None:
    before = places(corpus)
    report = taken(name, exported(name, Scope(annotator)), corpus, annotator)

    if name in {"doccano", "conll"}:
        # They name nobody: the words themselves are the name.
        assert report.known == 2
    else:
        assert (report.made, report.known, report.failed) == (0, 4, 0), report.examples
        assert places(corpus) == before
    assert Mention.objects.filter(article=article).exists()


@pytest.mark.parametrize("name", FORMATS)
def test_taking_in_twice_makes_nothing_twice_and_is_one_undo(
    name: str, corpus: Corpus, article: Article, annotator: User
) -> None:
    data = exported(name, Scope(annotator))
    Mention.objects.filter(article=article).delete()

    first = taken(name, data, corpus, annotator)
    again = taken(name, data, corpus, annotator)

    assert first.made == again.known == 4
    assert again.made == 0
    assert again.operation is None
    assert first.operation is not None
    undo(first.operation, by=annotator, door=Door.PAGE)
    assert not Mention.objects.filter(article=article).exists()


def test_a_trial_says_what_would_be_and_keeps_nothing(
    corpus: Corpus, article: Article, annotator: User
) -> None:
    data = exported("jsonl", Scope(annotator))
    Mention.objects.filter(article=article).delete()

    report = taken("jsonl", data, corpus, annotator, trial=True)

    assert report.made == 4
    assert not Mention.objects.filter(corpus=corpus).exists()


def test_tags_of_an_older_text_follow_to_the_same_words(corpus: Corpus, article: Article) -> None:
    theirs = make_corpus("later")
    by = make_member(theirs, Role.ANNOTATOR)
    make_article(
        theirs,
        headline="New",
        paragraphs=("Something else before it.", *PARAGRAPHS),
        external_id="x-1",
    )
    data = exported("jsonl", Scope(by)).replace(b'"external_id":null', b'"external_id":"x-1"')

    report = taken("jsonl", data, theirs, by)

    assert (report.made, report.moved) == (4, 4)
    assert [p[0] for p in places(theirs)] == [p[0] for p in places(corpus)]
    del article


def test_what_is_not_there_is_told_with_its_reason(
    corpus: Corpus, article: Article, annotator: User
) -> None:
    line = exported("jsonl", Scope(annotator))
    elsewhere = line.replace(str(article.pk).encode(), b"999999").replace(
        current(article).sha256.encode(), b"0" * 64
    )
    unknown = line.replace(b'"kind":"place"', b'"kind":"planet"')

    report = taken("jsonl", elsewhere + b"{\n" + unknown, corpus, annotator)

    assert report.refused.total() == 4
    assert any("not in the corpus" in why for why in report.refused)
    assert any("planet" in why for why in report.refused)
    assert any("Line 2" in why for why in report.refused)


def test_a_wrong_place_of_a_file_is_put_right_or_told_and_counted_only_if_made(
    corpus: Corpus, annotator: User
) -> None:
    article = make_article(corpus, headline="Sunk", paragraphs=("The iceberg, Ann Doe said.",))
    text = current(article).text
    wrong = [(0, "ceber", "place"), (text.index("Ann") - 3, "Ann Doe", "person"), (0, "said", "x")]
    line = {
        "text": text,
        "article": article.pk,
        "mentions": [
            {"start": start, "end": start + len(quote), "quote": quote, "kind": kind}
            for start, quote, kind in wrong
        ],
    }

    report = taken("jsonl", json.dumps(line).encode(), corpus, annotator)

    assert (report.made, report.moved, report.failed) == (1, 1, 2), report.examples
    start = text.index("Ann Doe")
    assert [place[:3] for place in places(corpus)] == [("Ann Doe", start, start + 7)]
    assert any("only inside other words" in why for why in report.refused)


def test_labels_of_others_are_understood_or_told_what_they_mean(
    corpus: Corpus, annotator: User
) -> None:
    article = make_article(corpus, headline="Leaving", paragraphs=("Ann Doe left Paris for Acme.",))
    text = current(article).text
    spans = [("Ann Doe", "PER"), ("Paris", "LOC"), ("Acme", "FIRM")]
    labels = ",".join(
        f'[{text.index(words)},{text.index(words) + len(words)},"{label}"]'
        for words, label in spans
    )
    data = f'{{"text": {text!r}, "label": [{labels}]}}'.replace("'", '"').encode()

    report = taken("doccano", data, corpus, annotator, kinds={"FIRM": "organisation"})

    assert report.made == 3, report.examples
    assert {kind for *_, kind, _ in places(corpus)} == {"person", "place", "organisation"}


def test_codes_and_relations_come_with_our_own_form(
    corpus: Corpus, article: Article, annotator: User
) -> None:
    quote = tagged(article, "e\u0301lan" if "e\u0301lan" in current(article).text else "élan",
                   "quote", annotator)  # fmt: skip
    person = Mention.objects.get(article=article, kind="person")
    relate(quote.mention, person, "speaker", by=annotator, door=Door.PAGE)
    code(article, "note", ["To read again"], by=annotator, door=Door.PAGE)
    data = exported("jsonl", Scope(annotator))
    Mention.objects.filter(article=article).delete()
    article.codes.all().delete()

    report = taken("jsonl", data, corpus, annotator)

    assert (report.made, report.codes, report.relations) == (5, 1, 1), report.examples


def test_suggestions_go_out_only_when_asked_for(
    corpus: Corpus, article: Article, annotator: User
) -> None:
    tagged(article, "Leaving", "event", annotator, entity_name="Leaving", status="suggested")

    assert counted(Scope(annotator)) == (1, 4)
    assert counted(Scope(annotator, suggestions=True)) == (1, 5)
    Mention.objects.filter(corpus=corpus).update(status=MentionStatus.REJECTED)
    assert counted(Scope(annotator, suggestions=True)) == (0, 0)


def test_blind_work_goes_out_to_its_maker_and_to_who_leads_it_alone(corpus: Corpus) -> None:
    article = make_article(corpus, headline="Leaving", paragraphs=PARAGRAPHS)
    ann, bob = (make_member(corpus, Role.ANNOTATOR) for _ in range(2))
    lead = make_member(corpus, Role.EDITOR)
    task = make_task(corpus, [article], [ann, bob])
    wanted = Wanted(
        start=current(article).text.index("Paris"),
        end=current(article).text.index("Paris") + 5,
        quote="Paris",
        kind="place",
        entity_name="Paris",
        comment="unguessable",
    )
    tag_many(corpus, [(article.pk, wanted)], by=ann, door=Door.PAGE, task=task)

    seen = {
        who: b"unguessable" in exported("jsonl", Scope(user, Layers.PEOPLE, task))
        for who, user in (("ann", ann), ("bob", bob), ("lead", lead))
    }
    assert seen == {"ann": True, "bob": False, "lead": True}
    assert b"unguessable" not in exported("jsonl", Scope(bob))
    assert b"unguessable" not in exported("jsonl", Scope(lead))


def test_who_may_not_tag_takes_nothing_in(corpus: Corpus, article: Article) -> None:
    viewer = make_member(corpus, Role.VIEWER)
    before = Mention.objects.count()

    with pytest.raises(NotAllowedError):
        taken("jsonl", exported("jsonl", Scope(viewer)), corpus, viewer)
    assert Mention.objects.count() == before
    del article


def test_entities_of_a_corpus_are_not_made_twice(
    corpus: Corpus, article: Article, annotator: User
) -> None:
    data = exported("brat", Scope(annotator))
    names = Entity.objects.filter(corpus=corpus).count()
    Mention.objects.filter(article=article).delete()

    taken("brat", data, corpus, annotator)

    assert Entity.objects.filter(corpus=corpus).count() == names


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_place_is_the_same_in_every_format(
    data: st.DataObject, corpus: Corpus, annotator: User
) -> None:
    article = make_article(corpus, headline="🚒 Leaving", paragraphs=PARAGRAPHS)
    version = current(article)
    _, first, last = data.draw(st.sampled_from(version.blocks))
    start = data.draw(st.integers(first, last - 1))
    end = data.draw(st.integers(start + 1, last))
    quote = version.text[start:end]
    if quote != quote.strip():
        return
    wanted = Wanted(start=start, end=end, quote=quote, kind="quote")
    tag(article, wanted, by=annotator, door=Door.PAGE)
    for name, form in FORMATS.items():
        losses = Losses()
        written = b"".join(form.write(bundles(Scope(annotator), losses, [article.pk]), losses))
        Mention.objects.filter(article=article).delete()
        report = taken(name, written, corpus, annotator)
        anchor = Anchor.objects.get(mention__article=article)
        assert (anchor.start, anchor.end, anchor.quote) == (start, end, quote), (name, report)
