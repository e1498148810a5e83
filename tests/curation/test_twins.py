"""Likely twins: what is suggested, why, and that a decision is remembered."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from articles.curation import authors, sources, twins
from articles.curation.likeness import outlets, people
from articles.curation.likeness.pairs import Likeness
from articles.curation.likeness.spelling import is_slip, skeleton
from articles.curation.twins import TwinsRefusedError
from articles.history.undo import undo
from articles.models import Corpus, Door, NameKind, Operation, Person, Source
from tests.factories import make_article, make_corpus, make_person, make_source

PAGE = Door.PAGE


@pytest.fixture(autouse=True)
def _nothing_kept(db: None) -> Iterator[None]:  # noqa: ARG001 -- the cache lives in the database
    cache.clear()
    yield
    cache.clear()


def pairs(corpus: Corpus, kind: NameKind = NameKind.AUTHOR) -> list[tuple[int, int]]:
    return [(t.first, t.second) for t in twins.suggested(corpus, kind)]


def likeness(one: str, other: str) -> Likeness | None:
    found = people.alike([(1, one), (2, other)])
    return found[0].likeness if found else None


def outlets_alike(one: str, other: str) -> str:
    found = outlets.alike([(1, one), (2, other)], {})
    return found[0].reason if found else ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jane Doe", "J. Doe"),
        ("Jane Doe", "Jane A. Doe"),
        ("Jane Alice Doe", "Jane A. Doe"),
        ("Jane Doe", "Doe, Jane"),
        ("Jürgen Möller", "Juergen Moeller"),
        ("Søren Lind", "Soren Lind"),
        ("Jean-Paul Roux", "Jeanpaul Roux"),
        ("Patrick O’Hare", "Patrick OHare"),
        ("Robert Fenwick", "Bob Fenwick"),
        ("Sergey Malkov", "Sergei Malkov"),
        ("Michael Strand", "Micheal Strand"),
        ("Thomas Blackwood", "Thomas Blackwod"),
        ("Christopher Dunn", "Christopher Dunne"),
        ("J. R. Cole", "J.R. Cole"),
        ("JR Cole", "John Ronald Cole"),
        ("Dr Peter Lang", "Peter Lang"),
        ("Anna van der Linden", "Anna Linden"),
        ("李 伟", "李伟"),
    ],
)
def test_names_that_may_be_one_person_s_are_found(one: str, other: str) -> None:
    found = likeness(one, other)

    assert found is not None
    assert found >= Likeness.LIKELY


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jane Doe", "John Doe"),
        ("Jane A. Doe", "Jane B. Doe"),
        ("Daniel Cole", "Daniela Cole"),
        ("Mario Conti", "Maria Conti"),
        ("George Marsden", "George Marsden Jr"),
        ("Jane Doe", "Jane Roe"),
        ("Ivan Petrov", "Ivan Petrova"),
        ("Kim Lee", "Tim Lee"),
        ("Li Wei", "Li Wen"),
        ("Reuters", "Jane Reuters"),
    ],
)
def test_names_of_two_people_are_not_taken_for_one(one: str, other: str) -> None:
    assert likeness(one, other) is None


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("The Harbour Post", "harbourpost.co.uk", "an address"),
        ("The Harbour Post", "Harbour Post (Norton)", "norton"),
        ("The Harbour Post", "HARBOUR-POST", "written otherwise"),
        ("Harbour Post, The", "Harbour Post Online", "written otherwise"),
        ("harbourpost.com", "harbourpost.co.uk", "ending"),
        ("NAT", "New Ashford Times", "abbreviation"),
        ("natimes.com", "New Ashford Times", "abbreviation"),
        ("WePo", "Wexford Post", "abbreviation"),
        ("Times of Malden", "Malden Times", "another order"),
        ("Daily Lantern", "The Lantern", "general word"),
        ("Trade & Tide", "Trade and Tide", "written otherwise"),
        ("Süddeutscher Bote", "Sueddeutscher Bote", "written otherwise"),
        ("Wexford Examiner", "Wexford Examinr", "letter apart"),
        ("Grauniad", "grauniad.com", "address"),
    ],
)
def test_names_that_may_be_one_outlet_s_are_found(one: str, other: str, reason: str) -> None:
    assert reason in outlets_alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Times (Harwich)", "The Times (Colchester)"),
        ("Sunday Lantern", "Daily Lantern"),
        ("Channel 4 Harwich", "Channel 5 Harwich"),
        ("Le Courrier du Port", "Le Courrier du Nord"),
        ("The Sun", "The Son"),
        ("NEN", "New Ashford Times"),
    ],
)
def test_names_of_two_outlets_are_not_taken_for_one(one: str, other: str) -> None:
    assert outlets_alike(one, other) == ""


def test_outlets_with_one_address_are_twins() -> None:
    found = outlets.alike([(1, "Alpha"), (2, "Omega")], {1: ["a.example"], 2: ["a.example"]})

    assert [(p.first, p.second, p.reason) for p in found] == [
        (1, 2, "Both have the address a.example")
    ]


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("strand", "strnad", True),
        ("strand", "strad", True),
        ("strand", "strond", True),
        ("strand", "strand", False),
        ("strand", "sturnd", False),
        ("area51", "area52", False),
        ("cole", "cola", False),
        ("martin", "martina", False),
    ],
)
def test_a_slip_is_one_letter_that_changes_no_meaning(
    one: str,
    other: str,
    slip: bool,  # noqa: FBT001 -- what is expected
) -> None:
    assert is_slip(one, other) is slip
    assert is_slip(other, one) is slip


def test_a_skeleton_of_a_skeleton_is_itself() -> None:
    for word in ("mueller", "sergey", "łukasz", "charlie", "phillip", "dmitriy", "aa"):
        assert skeleton(skeleton(word)) == skeleton(word)


def test_an_initial_that_fits_several_is_suggested_only_where_an_outlet_printed_both(
    corpus: Corpus,
) -> None:
    initial, jane, john = (make_person(corpus, f"{given} Doe") for given in ("J.", "Jane", "John"))
    post = make_source(corpus)
    make_article(corpus, people=(initial,), source=post)
    make_article(corpus, people=(jane,), source=post)
    make_article(corpus, people=(john,), source=make_source(corpus))

    [only] = twins.suggested(corpus, NameKind.AUTHOR)

    assert (only.first, only.second) == (initial.pk, jane.pk)
    assert (only.likeness, only.shared_outlets) == (Likeness.POSSIBLE, 1)


def test_what_shares_outlets_comes_before_what_does_not(corpus: Corpus) -> None:
    apart = [make_person(corpus, name) for name in ("Ann Lee", "A. Lee")]
    near = [make_person(corpus, name) for name in ("Bea Ray", "B. Ray")]
    post = make_source(corpus)
    for person in near:
        make_article(corpus, people=(person,), source=post)

    found = pairs(corpus)

    assert found == [tuple(p.pk for p in near), tuple(p.pk for p in apart)]


def test_a_pair_of_two_corpora_is_none(corpus: Corpus) -> None:
    make_person(corpus, "Jane Doe")
    make_person(make_corpus(), "J. Doe")

    assert pairs(corpus) == []


def test_what_was_merged_is_suggested_no_more_and_again_after_its_undo(corpus: Corpus) -> None:
    jane, initial = make_person(corpus, "Jane Doe"), make_person(corpus, "J. Doe")
    assert pairs(corpus) == [(jane.pk, initial.pk)]

    operation = authors.merge([initial], jane, by=None, door=PAGE)
    assert pairs(corpus) == []

    assert operation is not None
    undo(operation, by=None, door=PAGE)
    assert pairs(corpus) == [(jane.pk, initial.pk)]


def _two(corpus: Corpus, kind: NameKind) -> tuple[Source, Source] | tuple[Person, Person]:
    if kind is NameKind.SOURCE:
        return make_source(corpus, "The Harbour Post"), make_source(corpus, "harbourpost.com")
    return make_person(corpus, "Jane Doe"), make_person(corpus, "J. Doe")


@pytest.mark.parametrize("kind", NameKind)
def test_what_was_told_apart_is_not_suggested_until_that_is_undone(
    corpus: Corpus, kind: NameKind
) -> None:
    one, other = _two(corpus, kind)
    assert pairs(corpus, kind) == [(one.pk, other.pk)]

    operation = twins.tell_apart(other, one, by=None, door=PAGE)
    assert pairs(corpus, kind) == []
    assert twins.tell_apart(one, other, by=None, door=PAGE) is None
    assert Operation.objects.count() == 1

    assert operation is not None
    assert operation.summary == f"“{other.name}” and “{one.name}” are different"
    undo(operation, by=None, door=PAGE)
    assert pairs(corpus, kind) == [(one.pk, other.pk)]


def test_what_was_told_apart_stays_so_wherever_its_name_goes(corpus: Corpus) -> None:
    one, other = make_source(corpus, "The Harbour Post"), make_source(corpus, "harbourpost.com")
    third = make_source(corpus, "Norton Bugle")
    twins.tell_apart(one, other, by=None, door=PAGE)

    sources.merge([one], third, by=None, door=PAGE)

    assert pairs(corpus, NameKind.SOURCE) == []


def test_only_two_of_one_corpus_can_be_told_apart(corpus: Corpus) -> None:
    one = make_source(corpus)
    for other in (one, make_source(make_corpus()), make_person(corpus)):
        with pytest.raises(TwinsRefusedError):
            twins.tell_apart(one, other, by=None, door=PAGE)


def test_names_that_no_rule_reads_do_no_harm(corpus: Corpus) -> None:
    for name in ("-", "Jr", "…", "X", "1", "O’", "d’", "().", "http://", "(London)", "ا ب"):
        make_person(corpus, name)
        make_source(corpus, name)

    for kind in NameKind:
        assert isinstance(pairs(corpus, kind), list)
