"""The names in a text, by their capitals, and the words of a name. Pure."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from articles.related.events.telling import COMMON
from articles.related.matching.known import Known
from articles.search.language.words import fold

_LONGEST_NAME = 5
# Words with a capital, side by side. Of a word that is found none of its end is given back.
_NAMES = re.compile(
    r"([^\W\d_a-zß-öø-ÿ](?<!\w.)\w++(?:['’-]\w++)*+"
    r"(?:[ -](?:(?:of|the|de|da|von|van|al|bin|del|la) )?"
    r"[^\W\d_a-zß-öø-ÿ][\w.]*\w(?:['’-]\w++)*+)*+)"
)
# What stands before a sentence, where any word has one, is told by so many signs.
_BEFORE = re.compile(r"(?:^|[.!?…:–—“\"«‘(\n]['\"”’)»]?\s?)$")
_SIGNS_BEFORE = 3
_OPENING, _CLOSING = frozenset('"“”„«‘'), frozenset('"”“»’')
_SMALL = re.compile(r"\b[a-zß-öø-ÿ]\w+")
_POSSESSIVE = re.compile(r"['’]s?$")
# Without what it keeps: what comes of a word is kept here.
_fold = fold.__wrapped__


def small_words(printed: str) -> tuple[str, ...]:
    """Return the words in small letters of something printed."""
    return tuple(_SMALL.findall(printed))


def _begin_sentence(before: str) -> bool:
    return _BEFORE.search(before) is not None


_begins = Known(_begin_sentence).__getitem__


@dataclass(slots=True)
class Name:
    """A name as printed, without the ending of a possessive; its words that tell, each once."""

    printed: str
    words: tuple[str, ...]


@dataclass(slots=True)
class _Word:
    """A word of a name: as printed, in small letters, and as a name of its own.

    ``is_upper`` says whether all of it is in capitals; ``told`` are those of its parts that tell
    who is named, folded.
    """

    printed: str
    small: str
    is_upper: bool
    told: tuple[str, ...]
    alone: Name


def _word(printed: str) -> _Word:
    bare, told = _POSSESSIVE.sub("", printed), _told(printed)
    alone = Name(bare, _each_once(told if bare == printed else _told(bare)))
    return _Word(printed, printed.lower(), printed.isupper(), told, alone)


def _each_once(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words)) if len(words) > 1 else words


def _told(printed: str) -> tuple[str, ...]:
    return tuple(
        folded
        for part in printed.replace("-", " ").split()
        if (folded := _fold(_POSSESSIVE.sub("", part).strip(".,"))) and folded not in COMMON
    )


def named(text: str, small: Collection[str]) -> list[Name]:
    """Return the names in a text by their capitals, in order, each as often as it stands there.

    ``small`` are its words in small letters.
    """
    # By turns what stands between names, and words with a capital.
    pieces, found = _NAMES.split(text), list[Name]()
    for before, printed, after in zip(pieces[::2], pieces[1::2], pieces[2::2], strict=False):
        begins = _begins(before[-_SIGNS_BEFORE:]) and not _is_quoted(before, after)
        if " " in printed:
            words = [*map(_known, printed.split(" "))]
            found += _side_by_side(words, small, begins=begins)
        elif not begins:
            word = _known(printed)
            if word.told and (word.is_upper or word.small not in small):
                found.append(word.alone)
    return found


def _side_by_side(words: Sequence[_Word], small: Collection[str], *, begins: bool) -> list[Name]:
    """Return the name of words, or their names; ``begins`` says that they begin a sentence."""
    if begins and (words[0].small in small or words[0].small in COMMON):
        words = words[1:]
    if not 1 < len(words) <= _LONGEST_NAME:
        words = [word for word in words if word.is_upper or word.small not in small]
    if 1 < len(words) <= _LONGEST_NAME:
        return [_together(words)] if any(word.told for word in words) else []
    # Of a headline in capitals each word has one.
    return [word.alone for word in words if word.told]


def called(name: str) -> Name:
    """Return a name by how it is printed."""
    return Name(name, _each_once(words_of(name)))


def _together(words: Sequence[_Word]) -> Name:
    *before, last = words
    printed = " ".join([*[word.printed for word in before], last.alone.printed])
    told = chain.from_iterable([*[word.told for word in before], last.alone.words])
    return Name(printed, tuple(dict.fromkeys(told)))


def _is_quoted(before: str, after: str) -> bool:
    """Whether nothing but a name stands in quotation marks: that of a ship, a paper, a film."""
    return before[-2:].strip()[-1:] in _OPENING and after[:2].strip()[:1] in _CLOSING


@lru_cache(maxsize=50_000)
def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name that tell who is named, folded."""
    # Names are many, and their words much fewer.
    return tuple([told for word in name.split() for told in _known(word).told])


_known = Known(_word).__getitem__
