"""Where an orphan may be: the likeliest places first, within a block, and within bounds."""

from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.annotate.anchoring.likely_places import MOST, likely_places

TEXT = "Mr. Gladstone's son opened it.\n\nCrowds came to see Mr. Disraeli, and Gladstone left."
BLOCKS = [("paragraph", 0, 30), ("paragraph", 32, len(TEXT))]


def quotes(quote: str, prefix: str = "", suffix: str = "", text: str = TEXT) -> list[str]:
    blocks = BLOCKS if text is TEXT else [("paragraph", 0, len(text))]
    return [place.quote for place in likely_places(quote, prefix, suffix, text, blocks)]


def test_the_same_words_are_told_apart_by_what_stands_around_them() -> None:
    places = likely_places("Gladstone", "to see Mr. Disraeli, and ", " left.", TEXT, BLOCKS)

    assert [TEXT[place.start : place.end] for place in places[:2]] == ["Gladstone", "Gladstone"]
    assert places[0].start > places[1].start
    assert places[0].score > places[1].score


def test_words_much_like_them_are_found() -> None:
    assert quotes("Mr Disraely")[0] == "Mr. Disraeli"


def test_other_words_in_the_same_place_are_found() -> None:
    assert "Mr. Disraeli" in quotes("the leader", "Crowds came to see ", ", and Gladstone left")


def test_where_nothing_is_alike_there_is_no_place() -> None:
    assert quotes("Zanzibar") == []


def test_a_place_never_crosses_a_block() -> None:
    found = quotes("opened it. Crowds came to")

    assert found
    assert not [quote for quote in found if "\n" in quote]


def test_a_long_text_of_one_word_is_looked_through_within_bounds() -> None:
    assert len(quotes("spam", text="spam " * 100_000)) == MOST


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20), st.text(max_size=200))
def test_places_are_of_the_text_and_apart(quote: str, prefix: str, suffix: str, text: str) -> None:
    places = likely_places(quote, prefix, suffix, text, [("paragraph", 0, len(text))])

    assert len(places) <= MOST
    for place in places:
        assert text[place.start : place.end] == place.quote != ""
        assert 0 <= place.score <= 1
    ordered = sorted(places, key=lambda place: place.start)
    assert all(one.end <= other.start for one, other in pairwise(ordered))
