"""The names in a text, by their capitals, and the words of a name. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from articles.related.events.telling import COMMON, Known
from articles.search.language.words import fold

_LONGEST_NAME = 5
_MOST_BEFORE = 20_000
# Words with a capital, side by side.
_NAMES = re.compile(
    r"[^\W\d_a-zß-öø-ÿ](?<!\w.)\w+(?:['’-]\w+)*(?:[ -](?:(?:of|the|de|da|von|van|al|bin|del|la) )?"
    r"[^\W\d_a-zß-öø-ÿ][\w.]*\w(?:['’-]\w+)*)*"
)
# What stands before a sentence, where any word has one.
_BEFORE = re.compile(r"(?:^|[.!?…:–—“\"«‘(\n]['\"”’)»]?\s?)$")
_OPENING, _CLOSING = frozenset('"“”„«‘'), frozenset('"”“»’')
_SMALL = re.compile(r"\b[a-zß-öø-ÿ]\w+")
_POSSESSIVE = re.compile(r"['’]s?$")


class _Small(Known[tuple[str, ...]]):
    """The words in small letters."""

    def found(self, printed: str) -> tuple[str, ...]:
        return tuple(_SMALL.findall(printed))


class _Begins(dict[str, bool]):
    """Whether what stands before a word begins a sentence; forgets all when large."""

    def __missing__(self, before: str) -> bool:
        if len(self) >= _MOST_BEFORE:
            self.clear()
        self[before] = begins = _BEFORE.search(before) is not None
        return begins


_begins = _Begins().__getitem__
_small = _Small()


@dataclass(frozen=True, slots=True)
class _Run:
    """Words with a capital, side by side.

    ``first`` is the first of them in small letters; ``name`` is what they are called by together,
    "" where no word of theirs tells anything.
    """

    words: tuple[str, ...]
    first: str
    name: str


class _Runs(Known[_Run]):
    """The same few names stand in texts over and over."""

    def found(self, printed: str) -> _Run:
        words = tuple(printed.split())
        name = _POSSESSIVE.sub("", " ".join(words)) if any(map(words_of, words)) else ""
        return _Run(words, words[0].lower(), name)


_runs = _Runs()


def named(text: str, between: Sequence[Sequence[str]]) -> Counter[str]:
    """Return the names in a text by their capitals, with how often each stands there.

    ``between`` are what stands between its spaces.
    """
    printed = chain.from_iterable(between)
    small, found = set(chain.from_iterable(map(_small.__getitem__, printed))), list[str]()
    for match in _NAMES.finditer(text):
        start, run = match.start(), _runs[match.group()]
        if (
            _begins(text[max(start - 3, 0) : start])
            and (len(run.words) == 1 or run.first in small or run.first in COMMON)
            and not _is_quoted(text, start, match.end())
        ):
            if len(run.words) == 1:
                continue
            run = _runs[" ".join(run.words[1:])]
        if 1 < len(run.words) <= _LONGEST_NAME:
            found.append(run.name)
            continue
        # Of a headline in capitals each word has one.
        words = [word for word in run.words if word.lower() not in small or word.isupper()]
        names = [words] if len(words) <= _LONGEST_NAME else [[word] for word in words]
        found += [_runs[" ".join(name)].name for name in names if name]
    return Counter(filter(None, found))


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Whether nothing but a name stands in quotation marks: that of a ship, a paper, a film."""
    before, after = text[max(start - 2, 0) : start].strip(), text[end : end + 2].strip()
    return before[-1:] in _OPENING and after[:1] in _CLOSING


@lru_cache(maxsize=50_000)
def words_of(name: str) -> tuple[str, ...]:
    return tuple(
        folded
        for word in name.replace("-", " ").split()
        if (folded := fold(_POSSESSIVE.sub("", word).strip(".,"))) and folded not in COMMON
    )
