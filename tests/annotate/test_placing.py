"""Tags of a file go where it says if their words stand there, else near it or nowhere."""

from collections.abc import Callable

import pytest

from articles.annotate.files.placing import NEAR, NowhereError, Placer
from articles.annotate.interchange.shape import ArticleTags, Tag
from articles.text import sha256

TEXT = "An iceberg sank it. Ann Doe saw the berg, and the berg of Ann Doe’s brother, Élan."


def tag(start: int, end: int, quote: str) -> Tag:
    return Tag(start=start, end=end, quote=quote, kind="person")


def placed(start: int, end: int, quote: str, *, theirs: str = TEXT, ours: str = TEXT) -> str:
    """Return what stands where a tag comes to be, with a mark before it; or why it is nowhere."""
    placer = Placer(ArticleTags(text=theirs), ours, [["paragraph", 0, len(ours)]])
    try:
        first, last = placer.of(tag(start, end, quote))
    except NowhereError as fault:
        return str(fault)
    return f"{ours[:first]}|{ours[first:last]}"


def test_a_tag_stays_where_the_file_says_even_inside_a_word() -> None:
    start = TEXT.index("ceber")

    assert placed(start, start + 5, "ceber") == "An i|ceber"


@pytest.mark.parametrize(("before", "after"), [(1, 0), (0, 1), (1, 1)])
def test_a_place_that_is_off_by_a_space_is_meant_without_it(before: int, after: int) -> None:
    start = TEXT.index("saw")

    where = placed(start - before, start + 3 + after, "saw")

    assert where == "An iceberg sank it. Ann Doe |saw"


def test_a_wrong_place_puts_no_tag_inside_a_word() -> None:
    assert "only inside other words" in placed(0, 5, "ceber")


@pytest.mark.parametrize("wrong", [-9, -2, 1, 7])
def test_a_wrong_place_is_put_right_where_the_words_stand_once_near_it(wrong: int) -> None:
    start = TEXT.index("saw") + wrong

    assert placed(start, start + 3, "saw") == "An iceberg sank it. Ann Doe |saw"


def test_a_part_of_a_word_does_not_stand_in_the_way_of_the_word() -> None:
    text = "An iceberg met the berg."

    assert placed(1, 5, "berg", theirs=text, ours=text) == "An iceberg met the |berg"


def test_words_that_stand_several_times_near_a_wrong_place_are_left_out() -> None:
    start = TEXT.index("the berg") + 2

    assert "several times near" in placed(start, start + 8, "the berg")
    # Before a possessive a name ends, so that this one too is two.
    assert "several times near" in placed(0, 7, "Ann Doe")


@pytest.mark.parametrize(
    ("before", "is_near"), [(NEAR, True), (NEAR + 1, False), (2 * NEAR + 1, False)]
)
def test_words_far_from_the_file_s_place_are_left_out(before: int, *, is_near: bool) -> None:
    text = "x" * (before - 1) + " Paris."

    found = placed(0, 5, "Paris", theirs=text, ours=text)

    assert found.endswith("|Paris") if is_near else "not near it" in found


def test_another_that_is_not_much_farther_makes_it_unsure() -> None:
    text = "x" * (NEAR - 1) + " Paris " + "x" * 20 + " Paris."

    assert "several times near" in placed(0, 5, "Paris", theirs=text, ours=text)


@pytest.mark.parametrize("place", [(-5, -1), (5, 5), (9, 2), (10**9, 10**9 + 3)])
def test_places_that_can_not_be_are_wrong_ones(place: tuple[int, int]) -> None:
    assert placed(*place, "nobody") == "These words stand nowhere in our text."


def test_words_that_are_not_said_are_those_at_the_place_in_the_file_s_text() -> None:
    assert placed(0, 2, "") == "|An"
    assert "does not say which words are tagged (quote)" in placed(0, 1_000, "")
    assert "does not say which words are tagged (quote)" in placed(-2, 2, "")


@pytest.mark.parametrize(
    ("hashed", "is_taken"), [(TEXT, True), ("Another text", False), ("", False)]
)
def test_without_text_and_words_the_file_says_of_which_text_its_places_are(
    hashed: str, *, is_taken: bool
) -> None:
    each = ArticleTags(text="", sha256=sha256(hashed) if hashed else "")
    placer = Placer(each, TEXT, [["paragraph", 0, len(TEXT)]])

    if is_taken:
        assert placer.of(tag(3, 10, "")) == (3, 10)
    else:
        with pytest.raises(NowhereError, match="neither which words are tagged"):
            placer.of(tag(3, 10, ""))


@pytest.mark.parametrize(
    "spaced",
    [lambda text: text.replace(" ", "  "), lambda text: f"Said of old: {text}"],
    ids=["other white space", "another edition"],
)
def test_a_wrong_place_in_another_text_is_put_right_there_first(
    spaced: Callable[[str], str],
) -> None:
    theirs = spaced(TEXT)
    start = theirs.index("saw")

    assert placed(start, start + 3, "saw", theirs=theirs) == "An iceberg sank it. Ann Doe |saw"
    assert placed(start - 3, start, "saw", theirs=theirs) == "An iceberg sank it. Ann Doe |saw"
    assert "only inside other words" in placed(0, 5, "ceber", theirs=theirs)


@pytest.mark.parametrize("is_ours", [True, False])
def test_a_table_without_a_text_is_trusted_only_where_it_says_whose_places_it_has(
    *, is_ours: bool
) -> None:
    text = "x" * 1_000 + " Paris."
    file = ArticleTags(text="", sha256=sha256(text) if is_ours else "0" * 64)
    placer = Placer(file, text, [["paragraph", 0, len(text)]])

    if is_ours:
        with pytest.raises(NowhereError, match="not near it"):
            placer.of(tag(0, 5, "Paris"))
    else:
        assert placer.of(tag(0, 5, "Paris")) == (1_001, 1_006)


def test_words_without_spaces_between_them_are_found() -> None:
    text = "他说北京很大。"

    assert placed(0, 2, "北京", theirs=text, ours=text) == "他说|北京"
