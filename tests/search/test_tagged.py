"""What is tagged, in questions and facets: found by name, counted, and told to whom it may be."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.utils import timezone

from articles.annotate.codebooks.codebook import DEFAULT, CodeKind, CodeType
from articles.annotate.entities import entity_merging
from articles.models import (
    Access,
    Article,
    Code,
    CodebookVersion,
    Corpus,
    Door,
    Entity,
    Mention,
    Role,
)
from articles.search.asking import ask
from articles.search.facets import facet_lists
from articles.search.language.errors import QueryError
from articles.search.language.refining import only
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
)

type Index = Callable[[], int]

CODES = (
    CodeKind("frame", "Frame", choices=("Economy", "Human interest")),
    CodeKind("tone", "Tone", type=CodeType.SCALE),
)


@pytest.fixture
def book(corpus: Corpus) -> CodebookVersion:
    """Return a codebook with codes of articles."""
    content = type(DEFAULT)(kinds=DEFAULT.kinds, codes=CODES)
    return make_codebook(corpus, content, name="Codes")


@pytest.fixture
def annotator(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR, make_user("tagger"))


@pytest.fixture
def jane(corpus: Corpus) -> Entity:
    return make_entity(corpus, "Jane Doe", "person", "The Doe of Leeds")


def code(article: Article, book: CodebookVersion, name: str, value: str, by: User) -> Code:
    made: Code = Code.objects.create(
        corpus=article.corpus, article=article, version=current(article), codebook_version=book,
        code=name, value=value, by=by,
    )  # fmt: skip
    return made


@pytest.fixture
def tagged(corpus: Corpus, book: CodebookVersion, jane: Entity, annotator: User) -> list[Article]:
    """Three articles: one with all there is, one with a suggestion, one with nothing."""
    first, second, third = (
        make_article(corpus, headline=f"Number {n}", paragraphs=("Jane Doe spoke in Leeds.",))
        for n in range(3)
    )
    make_mention(first, "Jane Doe", entity=jane, by=annotator)
    leeds = make_entity(corpus, "Leeds", "place")
    make_mention(first, "Leeds", "place", entity=leeds, by=annotator)
    code(first, book, "frame", "Human interest", annotator)
    code(first, book, "note", "A remark that is nobody’s choice", annotator)
    make_mention(second, "Jane Doe", entity=jane, status="suggested", origin="recogniser")
    make_mention(third, "Leeds", "place", entity=leeds, status="rejected")
    return [first, second, third]


def found(query: str, user: User | AnonymousUser) -> set[int]:
    return set(ask(query, user).page(limit=50).ids)


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ('entity:"jane DOE"', {0}),
        ('entity:"the doe of leeds"', {0}),
        ("entity:lee*", {0}),
        ("entity:nobody", set()),
        ("kind:person", {0}),
        ("kind:Place", {0}),
        ("kind:per*", {0}),
        ("kind:event", set()),
        ("tag:frame", {0}),
        ('tag:"frame=human interest"', {0}),
        ("tag:frame=hum*", {0}),
        ("tag:frame=economy", set()),
        ("tag:note", {0}),
        ("tag:note=remark", set()),
        ("tagged-by:tagger", {0}),
        ("tagged-by:me", set()),
        ("has:mention", {0}),
        ("has:suggestion", {1}),
        ("has:code", {0}),
        ("-has:mention", {1, 2}),
        ("has:mention -kind:person", set()),
    ],
)
def test_what_is_tagged_is_found_by_its_names(
    corpus: Corpus, tagged: list[Article], index: Index, query: str, numbers: set[int]
) -> None:
    reader = make_member(corpus)
    index()

    assert found(query, reader) == {tagged[number].pk for number in numbers}


def test_one_finds_what_one_tagged_oneself(
    tagged: list[Article], annotator: User, index: Index
) -> None:
    index()

    assert found("tagged-by:me", annotator) == {tagged[0].pk}


def test_an_entity_is_found_by_its_number_and_by_that_of_one_merged_into_it(
    corpus: Corpus, tagged: list[Article], jane: Entity, annotator: User, index: Index
) -> None:
    other = make_entity(corpus, "J. Doe")
    make_mention(tagged[2], "Jane Doe", entity=other)
    index()
    assert found("entity:j.doe", annotator) == found("entity:J-Doe", annotator) == {tagged[2].pk}

    entity_merging.merge([other], jane, by=annotator, door=Door.PAGE)
    before = found("entity:Jane-Doe", annotator)
    index()

    both = {tagged[0].pk, tagged[2].pk}
    assert before == both, "names mean both rows before the index has caught up"
    for query in (f"entity:{jane.pk}", f"entity:{other.pk}", 'entity:"j doe"'):
        assert found(query, annotator) == both
    [entities] = [each for each in facet_lists(ask("", annotator)) if each.field == "entity"]
    assert ("Jane Doe", 2) in [(each.label, each.count) for each in entities.values]


def test_a_mention_that_is_taken_away_is_found_no_more(
    tagged: list[Article], annotator: User, index: Index
) -> None:
    index()
    assert found("kind:person", annotator)

    Mention.objects.filter(article=tagged[0]).update(status="rejected")
    index()

    assert not found("kind:person", annotator)
    assert not found("has:mention", annotator)


@pytest.mark.usefixtures("tagged")
def test_a_facet_counts_what_its_value_lists(corpus: Corpus, annotator: User, index: Index) -> None:
    other = make_corpus("second", name="Second", access=Access.OPEN)
    make_codebook(other)
    for name in ("Jane Doe", "Ann Roe"):
        elsewhere = make_article(other, paragraphs=(f"{name} spoke.",))
        make_mention(elsewhere, name, entity=make_entity(other, name))
    index()
    labels = {"entity": {"Jane Doe", "Leeds", "Ann Roe"}, "kind": {"Person", "Place"}}

    for typed in ("", "kind:person", 'entity:"Jane Doe"', "-kind:place", "tag:frame", "speak*"):
        question = ask(typed, annotator)
        for each in facet_lists(question):
            for one in each.values:
                listed = question.but(only(question.tree, each.field, one.value)).total()
                assert one.count == listed, (typed, each.field, one)
    lists = {each.field: each for each in facet_lists(ask("", annotator))}
    for field, expected in labels.items():
        assert {one.label for one in lists[field].values} == expected
    assert [one.label for one in lists["tag"].values] == ["Frame: Human interest"]
    assert corpus.name != other.name


@pytest.mark.usefixtures("tagged")
def test_who_may_not_read_the_texts_is_told_of_no_tag(corpus: Corpus, index: Index) -> None:
    Corpus.objects.filter(pk=corpus.pk).update(access=Access.LICENSED)
    index()
    stranger = AnonymousUser()
    assert ask("", stranger).total() == 3

    for query in ("entity:Leeds", "kind:place", "tag:frame", "tagged-by:tagger", "has:mention",
                  "has:suggestion", "has:code", "entity:l*", "kind:p*", "tag:f*"):  # fmt: skip
        assert ask(query, stranger).total() == 0, query
    assert ask("-has:mention", stranger).total() == 3
    fields = {each.field for each in facet_lists(ask("", stranger)) if each.values}
    assert not fields & {"entity", "kind", "tag"}


@pytest.mark.usefixtures("tagged")
def test_strangers_to_an_open_corpus_learn_its_tags_and_not_who_tagged(
    corpus: Corpus, index: Index
) -> None:
    Corpus.objects.filter(pk=corpus.pk).update(access=Access.OPEN)
    index()

    assert ask("entity:Leeds", AnonymousUser()).total() == 1
    assert ask("tagged-by:tagger", AnonymousUser()).total() == 0
    assert ask("tagged-by:t*", AnonymousUser()).total() == 0


def test_blind_work_is_found_by_nobody(
    corpus: Corpus, jane: Entity, annotator: User, index: Index
) -> None:
    article = make_article(corpus, paragraphs=("Jane Doe spoke.",))
    task = make_task(corpus, [article], [annotator])
    make_mention(article, "Jane Doe", entity=jane, by=annotator, task=task, layer_of=annotator)
    lead = make_member(corpus, Role.EDITOR)
    index()

    for query in ("entity:Jane-Doe", "kind:person", "has:mention", "tagged-by:tagger"):
        assert ask(query, lead).total() == 0


def test_who_works_blind_is_not_told_what_others_tag(
    corpus: Corpus, tagged: list[Article], annotator: User, index: Index
) -> None:
    other = make_corpus("second", name="Second", access=Access.OPEN)
    make_codebook(other)
    elsewhere = make_article(other, paragraphs=("Ann Roe spoke.",))
    make_mention(elsewhere, "Ann Roe", entity=make_entity(other, "Ann Roe"))
    task = make_task(corpus, [tagged[2]], [annotator])
    index()

    for query in ("kind:person", "entity:Jane-Doe", "-has:mention", "a (tag:frame OR has:code)",
                  f"corpus:{corpus.slug} tagged-by:me"):  # fmt: skip
        with pytest.raises(QueryError, match="You have blind work in Default"):
            ask(query, annotator)
    assert found("corpus:second kind:person", annotator) == {elsewhere.pk}
    labels = {one.label for each in facet_lists(ask("", annotator)) for one in each.values}
    assert "Ann Roe" in labels
    assert not labels & {"Jane Doe", "Leeds", "Frame: Human interest"}

    task.closed_at = timezone.now()
    task.save()

    assert found("kind:person", annotator) == {tagged[0].pk, elsewhere.pk}


def test_what_the_memory_of_answers_holds_is_nobody_elses(
    corpus: Corpus, tagged: list[Article], annotator: User, index: Index
) -> None:
    reader = make_member(corpus)
    index()
    assert ask("has:mention", reader).total() == 1

    make_task(corpus, [tagged[2]], [annotator])

    with pytest.raises(QueryError):
        ask("has:mention", annotator)
