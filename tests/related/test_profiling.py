"""What is compared of an article is the same as if its text was gone through word by word."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.related.events import naming
from articles.related.events.naming import words_of
from articles.related.events.profiling import profile
from articles.related.events.telling import COMMON
from articles.related.matching import known
from articles.related.printed import printed_in
from articles.search.language.words import fold, printed_words, stem

_PRINTED = (
    "The", "the", "of", "Bank", "bank", "bank,", "England", "Jean-Luc", "Godard’s", "O'Brien",
    "NATO", "“Titanic”", "“", "”", "Van", "van", "said:", "U.S.", "École", "école", "İstanbul",
    "Москва", "москва", "北京", "per cent", "Per", "He", "A.", "x" * 41, "Smith's", "AND", "Smith",
)  # fmt: skip
_BETWEEN = (" ", " ", " ", " ", "", "-", ". ", "? ", "\n", "\u00a0", "  ")
_TEXTS = st.lists(st.tuples(st.sampled_from(_PRINTED), st.sampled_from(_BETWEEN)), max_size=30).map(
    lambda parts: "".join(map("".join, parts))
)


def _plain_names(text: str) -> Counter[str]:
    small = set(naming._SMALL.findall(text))
    found = []
    for match in naming._NAMES.finditer(text):
        words, start, end = match[0].split(), match.start(), match.end()
        begins = naming._BEFORE.search(text[max(start - 3, 0) : start])
        first = words[0].lower()
        before, after = text[max(start - 2, 0) : start].strip(), text[end : end + 2].strip()
        quoted = before[-1:] in naming._OPENING and after[:1] in naming._CLOSING
        if begins and not quoted and (len(words) == 1 or first in small | COMMON):
            words = words[1:]
        if not 1 < len(words) <= 5:
            words = [word for word in words if word.lower() not in small or word.isupper()]
        names = [words] if len(words) <= 5 else [[word] for word in words]
        found += [" ".join(name) for name in names if any(map(words_of, name))]
    return Counter(naming._POSSESSIVE.sub("", name) for name in found)


@given(_TEXTS)
def test_names_are_those_that_a_plain_reading_finds(text: str) -> None:
    found = profile(text, [["paragraph", 0, len(text)]], "en")

    plain = _plain_names(text)
    words = Counter([word for name in plain.elements() for word in set(words_of(name))])
    assert found.printed == tuple(name for name, _ in plain.most_common())
    assert found.names == words


@given(_TEXTS, _TEXTS, st.sampled_from(["en", "de", None]))
def test_words_are_the_stems_that_tell_of_the_beginning_three_times(
    lead: str, rest: str, language: str | None
) -> None:
    parts = [lead] * 5 + [rest]
    starts = [sum(map(len, parts[:number])) + number for number in range(6)]
    blocks = [
        ("paragraph", start, start + len(part)) for start, part in zip(starts, parts, strict=True)
    ]

    found = profile("\n".join(parts), blocks, language)

    times = Counter[str]()
    for number, part in enumerate(parts):
        for word in printed_words(part):
            if len(word) <= 40 and word.lower() not in COMMON:
                times[stem(fold(word), language)] += 3 if number < 5 else 1
    assert list(found.words.items()) == times.most_common()


def test_what_is_known_of_words_and_names_is_forgotten_and_found_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "Ships: the “Hindenburg” met Jean-Luc Godard’s crew. The crew of Van Gogh said so."
    before = profile(text, [["paragraph", 0, len(text)]], "en")
    monkeypatch.setattr(known, "MOST", 2)

    again = []
    for _ in range(3):
        printed_in.cache_clear()
        again.append(profile(text, [["paragraph", 0, len(text)]], "en"))

    assert before.printed == ("Hindenburg", "Jean-Luc Godard", "Van Gogh")
    assert again == [before] * 3
