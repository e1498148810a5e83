"""Where names stand in texts: whole words as printed, the longest first, to the code point."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.annotate.spreading.settings_of_names import (
    EXACT,
    IN_CAPITALS,
    JOINED,
    WITH_ENDING,
    StoredBlock,
)
from articles.annotate.spreading.words_of_names import WordsOfNames


def found(names: list[str], text: str, language: str = "en") -> list[str]:
    blocks: list[StoredBlock] = [["paragraph", 0, len(text)]]
    return [
        text[each.start : each.end] for each in WordsOfNames(names).find(text, blocks, language)
    ]


@pytest.mark.parametrize(
    ("name", "text", "quotes"),
    [
        ("Apple", "apple Apple Apples pineApple Apple’s Apple-like", ["Apple"] * 3),
        ("WHO", "Who asked the WHO? who", ["WHO"]),
        ("Ann Doe", "Ann\nDoe, Ann  Doe, Ann-Doe, Ann, Doe", ["Ann\nDoe", "Ann  Doe", "Ann-Doe"]),
        ("James", "James’ car, James's, Jamesʼs", ["James"] * 3),
        ("Brien", "O’Brien and Brien", ["Brien"]),
        ("O’Brien", "O'Brien said, O’Brien’s", ["O'Brien", "O’Brien"]),
        ("José Pérez", "Jose Perez, José Pérez, jose perez", ["Jose Perez", "José Pérez"]),
        ("J. F. Kennedy", "J.F. Kennedy; Kennedy; J F Kennedy", ["J.F. Kennedy", "J F Kennedy"]),
        ("J F Kennedy", "J. F. Kennedy", ["J. F. Kennedy"]),
        ("Charles de Gaulle", "Charles De Gaulle", ["Charles De Gaulle"]),
        ("AT&T", "AT&T or AT T", ["AT&T"]),
        ("Yahoo!", "Yahoo! and Yahoo", ["Yahoo!", "Yahoo"]),
        ("bitcoin", "Bitcoin fell; bitcoin rose; BITCOIN", ["Bitcoin", "bitcoin"]),
        ("王毅", "国王毅然;王毅说", ["王毅", "王毅"]),
        ("محمد", "قال محمد اليوم", ["محمد"]),
        ("?!", "?!", []),
        ("", "x", []),
    ],
)  # fmt: skip
def test_a_name_is_found_as_it_is_printed(name: str, text: str, quotes: list[str]) -> None:
    assert found([name], text) == quotes


@pytest.mark.parametrize(
    ("language", "name", "text", "quotes"),
    [
        ("en", "Kennedy", "The Kennedys met; Kennedys", ["Kennedys"]),
        ("de", "Merkel", "Merkels Rede", ["Merkels"]),
        ("ru", "Владимир Путин", "Владимиру Путину", ["Владимиру Путину"]),
        ("ru", "Владимир Путин", "у Владимира Путина", ["Владимира Путина"]),
        ("ru", "Москва", "в Москве", ["Москве"]),
        ("ru", "Иван", "Иванов пришёл", []),
        ("pl", "Lech Wałęsa", "Lecha Wałęsy", ["Lecha Wałęsy"]),
        ("tr", "Ankara", "Ankara'da Ankara’nın", ["Ankara", "Ankara"]),
        ("en", "Ankara", "Ankara'da", []),
        ("fr", "Allemagne", "l’Allemagne", ["Allemagne"]),
        ("fi", "Helsinki", "Helsingissä Helsinkiin", ["Helsinkiin"]),
    ],
)  # fmt: skip
def test_endings_of_a_language_are_understood(
    language: str, name: str, text: str, quotes: list[str]
) -> None:
    assert found([name], text, language) == quotes


def test_capitals_are_taken_where_they_may_be() -> None:
    text = "APPLE PROFITS RISE\n\nLONDON (AP) – The APPLE that ANN DOE ate"
    blocks: list[StoredBlock] = [["headline", 0, 18], ["paragraph", 20, len(text)]]

    hits = WordsOfNames(["Apple", "London", "Ann Doe"]).find(text, blocks, "en")

    assert [(text[h.start : h.end], h.sure) for h in hits] == [
        ("APPLE", IN_CAPITALS),
        ("LONDON", IN_CAPITALS),
        ("ANN DOE", IN_CAPITALS),
    ]


def test_how_surely_it_is_meant_is_said() -> None:
    text = "Doe; pro-Doe; the Does"
    hits = WordsOfNames(["Doe"]).find(text, [["paragraph", 0, len(text)]], "en")

    assert [each.sure for each in hits] == [EXACT, JOINED, WITH_ENDING]


def test_the_longest_name_wins() -> None:
    names = ["Ann", "Ann Arbor", "Arbor Day", "Day"]

    assert found(names, "Ann in Ann Arbor on Arbor Day; Ann Arbor Day") == [
        "Ann",
        "Ann Arbor",
        "Arbor Day",
        "Ann Arbor",
        "Day",
    ]


def test_a_longer_name_that_does_not_fit_hides_no_shorter_one() -> None:
    assert found(["Doe", "Doe house"], "Doe HOUSE, Doe House") == ["Doe", "Doe House"]


def test_equal_names_are_told_as_one() -> None:
    [hit] = WordsOfNames(["Ann", "Ann"]).find("Ann", [["paragraph", 0, 3]])

    assert (hit.name, hit.others) == (0, (1,))


def test_no_name_goes_over_a_blocks_border() -> None:
    text = "LONDON Ann Doe"
    blocks: list[StoredBlock] = [["dateline", 0, 10], ["paragraph", 11, 14]]

    assert WordsOfNames(["Ann Doe"]).find(text, blocks, "en") == []
    assert WordsOfNames(["LONDON"]).find(text, [["note", 20, 30]], "en") == []


NAMES = ["Ann Doe", "Émile Zola", "王毅", "Zoë", "O’Brien"]
# What stands between: emoji with joiners, combining marks, bidi controls, other scripts.
ODD = "😀👩\u200d👩\u200d👧é\u0301\u200f\u2066 .,;-–\n’'\u00a0\u0e01अ्\U0001f1eb🇷xX0_"
BETWEEN = st.text(st.sampled_from(ODD), max_size=8)


@given(st.lists(st.tuples(BETWEEN, st.sampled_from(NAMES)), max_size=6), BETWEEN)
def test_every_find_is_the_name_that_stands_there(parts: list[tuple[str, str]], tail: str) -> None:
    text = "".join(f"{between} ⟨{name}⟩" for between, name in parts) + tail
    names = WordsOfNames(NAMES)

    hits = names.find(text, [["paragraph", 0, len(text)]], "en")

    wrapped = [match.span(1) for match in re.finditer("⟨(.*?)⟩", text)]
    assert set(wrapped) <= {(hit.start, hit.end) for hit in hits}
    for hit in hits:
        assert text[hit.start : hit.end] == NAMES[hit.name]


@given(st.text(max_size=60), st.lists(st.text(max_size=12), max_size=8))
def test_any_text_and_names_can_be_looked_at(text: str, names: list[str]) -> None:
    hits = WordsOfNames(names).find(text, [["paragraph", 0, len(text)]], "ru")

    last = 0
    for hit in hits:
        assert last <= hit.start < hit.end <= len(text)
        assert hit.name < len(names)
        last = hit.end
