"""Authors: rename, merge, split, names, and undo of each."""

from collections.abc import Callable

import pytest

from articles.curation import authors
from articles.curation.authors import AuthorKnownError, AuthorRefusedError
from articles.curation.fields import StaleError
from articles.history.undo import UndoRefusedError, undo
from articles.ingest.sources import Names
from articles.models import Act, Article, Corpus, Credit, Door, Operation, Person
from tests.factories import current, make_article, make_corpus, make_person

PAGE = Door.PAGE


@pytest.fixture
def jane(corpus: Corpus) -> Person:
    return make_person(corpus, "Jane Doe")


@pytest.fixture
def initial(corpus: Corpus) -> Person:
    return make_person(corpus, "J. Doe")


def made(operation: Operation | None) -> Operation:
    assert operation is not None
    return operation


def by(person: Person) -> set[int]:
    return set(Article.objects.credited_to(person).values_list("pk", flat=True))


def test_a_merge_counts_the_articles_of_all_names_and_touches_no_credit(
    corpus: Corpus, jane: Person, initial: Person
) -> None:
    whole, short = (make_article(corpus, people=(person,)) for person in (jane, initial))

    operation = made(authors.merge([initial], jane, by=None, door=PAGE))

    assert by(jane) == {whole.pk, short.pk}
    assert [c.name for c in current(short).credits.all()] == ["J. Doe"]
    assert Credit.objects.get(version=current(short)).person == initial
    assert (operation.act, operation.summary) == (
        Act.MERGE_AUTHORS, "“J. Doe” merged into Jane Doe",
    )  # fmt: skip
    undo(operation, by=None, door=PAGE)
    assert by(jane) == {whole.pk}


def test_a_merge_of_a_group_leaves_no_chain(corpus: Corpus, jane: Person, initial: Person) -> None:
    third = make_person(corpus, "Jane A. Doe")
    authors.merge([initial], jane, by=None, door=PAGE)

    operation = made(authors.merge([jane], third, by=None, door=PAGE))

    assert set(third.other_names.all()) == {jane, initial}
    undo(operation, by=None, door=PAGE)
    assert set(jane.other_names.all()) == {initial}


@pytest.mark.parametrize("case", ["itself", "other corpus", "merged", "into merged", "none"])
def test_who_can_t_be_merged_is_refused(jane: Person, initial: Person, case: str) -> None:
    third = make_person(jane.corpus, "Third")
    if case in {"merged", "into merged"}:
        authors.merge([third], initial, by=None, door=PAGE)
    given: dict[str, tuple[list[Person], Person]] = {
        "itself": ([jane], jane),
        "other corpus": ([make_person(make_corpus())], jane),
        "merged": ([third], jane),
        "into merged": ([jane], third),
        "none": ([], jane),
    }

    with pytest.raises(AuthorRefusedError):
        authors.merge(*given[case], by=None, door=PAGE)


def test_a_split_parts_chosen_names(corpus: Corpus, jane: Person, initial: Person) -> None:
    other = make_person(corpus, "Jane Dow")
    authors.merge([initial, other], jane, by=None, door=PAGE)

    operation = made(authors.split([other], by=None, door=PAGE))

    assert set(jane.other_names.all()) == {initial}
    assert operation.summary == "“Jane Dow” parted from Jane Doe"
    undo(operation, by=None, door=PAGE)
    assert set(jane.other_names.all()) == {initial, other}


def test_what_is_not_one_author_s_is_not_split(jane: Person, initial: Person) -> None:
    for names in ([], [jane], [jane, initial]):
        with pytest.raises(AuthorRefusedError):
            authors.split(names, by=None, door=PAGE)


def test_an_undo_of_a_merge_is_refused_after_a_split(jane: Person, initial: Person) -> None:
    merged = made(authors.merge([initial], jane, by=None, door=PAGE))
    parted = made(authors.split([initial], by=None, door=PAGE))

    with pytest.raises(UndoRefusedError, match="parted from") as refused:
        undo(merged, by=None, door=PAGE)

    assert refused.value.later == [parted]


def test_a_renamed_author_is_known_by_both_names(corpus: Corpus, jane: Person) -> None:
    operation = made(authors.edit(jane, name="Jane  Roe", by=None, door=PAGE))

    jane.refresh_from_db()
    assert (jane.name, jane.folded) == ("Jane Roe", "jane doe")
    printed = Names(corpus).person_ids(["Jane Roe", "JANE DOE"])
    people = Person.objects.filter(pk__in=printed.values())
    assert {person.same_as or person for person in people} == {jane}
    undo(operation, by=None, door=PAGE)
    jane.refresh_from_db()
    assert jane.name == "Jane Doe"
    assert not jane.other_names.exists()


def test_a_rename_is_not_undone_once_the_new_name_was_printed(corpus: Corpus, jane: Person) -> None:
    operation = made(authors.edit(jane, name="Jane Roe", by=None, door=PAGE))
    make_article(corpus, people=(jane.other_names.get(),))

    with pytest.raises(UndoRefusedError, match="in use"):
        undo(operation, by=None, door=PAGE)

    assert jane.other_names.exists()


def test_a_name_of_someone_else_is_not_taken(jane: Person, initial: Person) -> None:
    with pytest.raises(AuthorKnownError, match="Merge the two"):
        authors.edit(jane, name="J Doe", by=None, door=PAGE)
    with pytest.raises(AuthorKnownError):
        authors.add_name(jane, initial.name, by=None, door=PAGE)


def test_an_accent_can_be_put_right(jane: Person) -> None:
    authors.edit(jane, name="Jané Doe", by=None, door=PAGE)

    assert not jane.other_names.exists()
    assert Person.objects.get().name == "Jané Doe"


def test_a_name_is_added_and_taken_away(jane: Person) -> None:
    added = made(authors.add_name(jane, "Jane Roe", by=None, door=PAGE))
    assert authors.add_name(jane, "jane roe", by=None, door=PAGE) is None

    removed = made(authors.remove_name(jane.other_names.get(), by=None, door=PAGE))

    assert not jane.other_names.exists()
    with pytest.raises(UndoRefusedError, match="no longer"):
        undo(added, by=None, door=PAGE)
    undo(removed, by=None, door=PAGE)
    assert jane.other_names.get().name == "Jane Roe"


def test_a_name_that_is_printed_or_stands_is_not_taken_away(jane: Person, initial: Person) -> None:
    make_article(jane.corpus, people=(initial,))
    authors.merge([initial], jane, by=None, door=PAGE)

    for name in (jane, initial):
        with pytest.raises(AuthorRefusedError):
            authors.remove_name(name, by=None, door=PAGE)


def test_who_was_slower_overwrites_nothing(jane: Person) -> None:
    state = authors.state_of(jane)
    authors.add_name(jane, "Jane Roe", by=None, door=PAGE)

    with pytest.raises(StaleError):
        authors.edit(jane, name="Jane Poe", by=None, door=PAGE, expected_state=state)


@pytest.mark.parametrize("act", [
    lambda p: authors.edit(p, name="Other", by=None, door=PAGE),
    lambda p: authors.add_name(p, "Other", by=None, door=PAGE),
])  # fmt: skip
def test_another_name_is_not_edited(
    jane: Person, initial: Person, act: Callable[[Person], object]
) -> None:
    authors.merge([initial], jane, by=None, door=PAGE)

    with pytest.raises(AuthorRefusedError, match="Jane Doe"):
        act(initial)


@pytest.mark.parametrize("bad", ["", "  ", "x" * 301])
def test_a_name_must_hold_words_and_not_too_many(jane: Person, bad: str) -> None:
    with pytest.raises(AuthorRefusedError):
        authors.edit(jane, name=bad, by=None, door=PAGE)


def test_the_same_name_again_is_no_operation(jane: Person) -> None:
    assert authors.edit(jane, name="Jane Doe", by=None, door=PAGE) is None
    assert not Operation.objects.exists()
