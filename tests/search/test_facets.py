"""The values of an answer's fields: what a count says is what its own query lists."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser, User

from articles.models import Access, Collection, CollectionItem, Corpus, Person, SourceAlias
from articles.models.folding import fold
from articles.search import facets
from articles.search.asking import ask
from articles.search.facets import FacetList, FacetValue, facet_lists
from articles.search.language.refining import only
from tests.factories import make_article, make_corpus, make_member, make_person, make_source

type Index = Callable[[], int]


def listed(found: list[FacetList], field: str) -> FacetList:
    """Return the values of a field."""
    return next(each for each in found if each.field == field)


def value(found: list[FacetList], field: str, label: str) -> FacetValue:
    """Return a field's value by what it is called."""
    return next(each for each in listed(found, field).values if each.label == label)


@pytest.fixture
def reader(corpus: Corpus) -> User:
    """Return someone who may read the corpus, and has what others have not."""
    return make_member(corpus)


@pytest.fixture
def world(corpus: Corpus, reader: User, index: Index) -> Corpus:
    """Two corpora of names that are hard to tell apart; return the second."""
    other = make_corpus("second", name="Second", access=Access.OPEN)
    hidden = make_corpus("hidden")
    times = make_source(corpus, "The Times")
    daily = make_source(other, "Times Daily")
    # Another outlet's name is one of this one's.
    SourceAlias.objects.create(corpus=other, source=daily, folded="harbour news", printed="…")
    shared = [make_source(each, "Le Monde") for each in (corpus, other)]
    odd = [
        make_source(corpus, name)
        for name in ("Harbour News", 'The "Late" Edition', "“Prawda”", "1984", "E*", "The E-Mail")
    ]
    odd.append(make_source(other, "The E Mail"))
    jane = make_person(corpus, "Jane Doe")
    Person.objects.create(corpus=corpus, name="J. Doe", folded=fold("J. Doe"), same_as=jane)
    people = [jane, make_person(other, "J. Doe"), make_person(other, "Jane Doe")]
    for number, source in enumerate([times, daily, *shared, *odd, None]):
        for each in range(number % 3 + 1):
            make_article(
                source.corpus if source else corpus,
                source=source,
                headline="War" if each else "Peace",
                people=tuple(p for p in people if source and p.corpus_id == source.corpus_id),
                agencies=(("Reuters", "REUTERS"), ("Reuters", "AP"), ("AP",), ())[number % 4],
                section=("World", "WORLD", "World*", "“Big” news", None)[number % 5],
                dateline_place=("Ürümqi", "URUMQI", "— —", None)[number % 4],
                language=("en", "zh", "ar", None)[each],
                flags=[["truncated"], ["no_body", "truncated"], []][number % 3],
            )
    make_article(hidden, source=make_source(hidden, "Le Monde"), section="World")
    mine = Collection.objects.create(corpus=corpus, by=reader, name="Mine")
    twin = Collection.objects.create(
        corpus=corpus, by=make_member(corpus), name="Mine", shared=True
    )
    theirs = Collection.objects.create(corpus=corpus, by=make_member(corpus), name="Secret")
    for number, article in enumerate(times.articles.all() | shared[0].articles.all()):
        for collection in (mine, twin, theirs)[: number + 1]:
            CollectionItem.objects.create(collection=collection, article=article)
    index()
    return other


TYPED = [
    "",
    "war",
    'source:"le monde"',
    'source:("le monde" OR "harbour news" OR nothing) war',
    'source:"The*"',
    "-has:source",
    "has:source",
    '-source:"The Times" -section:world agency:reuters',
    'author:"j. doe" author:"jane doe"',
    "author:jane* -has:author",
    "place:urumqi lang:en",
    "flag:truncated flag:no_body",
    'collection:mine OR source:"the times"',
    "collection:mine",
    "corpus:second",
    "section:world*",
]


@pytest.mark.parametrize("values", [1, 3, 20])
@pytest.mark.usefixtures("world")
def test_a_count_is_what_the_value_lists(reader: User, values: int) -> None:
    for typed in TYPED:
        question = ask(typed, reader)

        found = facet_lists(question, values=values)
        # Of what is tagged, see test_tagged.py: here nothing can be.
        plain = {name for name, each in facets.FACETS.items() if each.tagged is None}
        assert {each.field for each in found} == plain
        for each in found:
            counted = {
                one.value: question.but(only(question.tree, each.field, one.value)).total()
                for one in each.values
            }
            assert {one.value: one.count for one in each.values} == counted, (typed, each.field)


@pytest.mark.usefixtures("world")
def test_what_is_one_to_a_query_is_one_value(reader: User) -> None:
    found = facet_lists(ask("", reader))

    assert value(found, "source", "Le Monde").count == 1 + 3
    assert value(found, "agency", "Reuters").value == "Reuters"
    assert [each.label for each in listed(found, "place").values] == ["URUMQI"]
    assert value(found, "source", 'The "Late" Edition').value == "The Late Edition"
    assert value(found, "section", "“Big” news").value == "Big news"


@pytest.mark.usefixtures("world")
def test_a_name_that_means_others_too_stands_as_a_number(reader: User) -> None:
    found = facet_lists(ask("", reader), ["source"], values=20)

    by_number = {one.label for one in found[0].values if one.value.isdigit()}
    assert by_number == {"Harbour News", "1984", "E*"}


@pytest.mark.usefixtures("world")
def test_a_value_in_use_is_listed_as_it_was_typed(reader: User) -> None:
    question = ask('source:"harbour news" -agency:ap place:nowhere', reader)

    found = facet_lists(question, ["source", "agency", "place"], values=1)
    states = [[(one.value, one.count, one.state) for one in each.values] for each in found]
    assert ("harbour news", 0, "included") in states[0]
    assert ("ap", 0, "excluded") in states[1]
    assert ("nowhere", 0, "included") in states[2]


@pytest.mark.usefixtures("world")
def test_values_of_an_answer_as_it_is_are_no_choice(reader: User) -> None:
    question = ask('source:("harbour news" OR 1984) -agency:ap', reader)

    for each in facet_lists(question, choosing=False):
        assert not any(one.state for one in each.values)
        if each.field in {"source", "section"}:
            assert sum(one.count for one in each.values) == question.total()


@pytest.mark.usefixtures("world")
def test_what_is_not_listed_is_counted(reader: User) -> None:
    whole = facet_lists(ask("", reader), ["source"], values=20)[0]
    short = facet_lists(ask("", reader), ["source"], values=2)[0]

    named = sum(one.count for one in whole.values if one.value)
    assert whole.others == 0
    assert short.others == named - sum(one.count for one in short.values if one.value)


@pytest.mark.usefixtures("world")
def test_collections_of_others_are_not_named(reader: User) -> None:
    found = listed(facet_lists(ask("", reader)), "collection")

    assert [one.label for one in found.values] == ["Mine"]
    assert found.others == 0
    stranger = facet_lists(ask("", AnonymousUser()))
    assert "collection" not in {each.field for each in stranger}
    assert "Secret" not in str(stranger)
    assert "The Times" not in str(stranger)


@pytest.mark.usefixtures("world")
def test_of_an_empty_answer_there_is_nothing_to_list(reader: User) -> None:
    assert not any(each.values or each.others for each in facet_lists(ask("nowhere", reader)))
