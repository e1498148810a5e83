"""A text as the index's fields hold it.

Three fields a part, each the words in order, a word a position. *stems*, with positions, answer
words and phrases. *printed*, with positions, as printed, answer exact words, and wildcards and
fuzziness within phrases, by patterns that take every case and accent of a letter. *folded*, without
positions, answer single wildcards and fuzzy words quickly. Together they are 0.9 of the text;
positions for all three would be 1.2.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache, partial

from articles.search.language.words import fold, printed_words, stem

_REMEMBERED = 500_000
_WILD = {"*": ".*", "?": "."}


def analysed(text: str, language: str | None) -> tuple[str, str, str]:
    """Return a text's stems, printed words and folded words, each as words with spaces between."""
    printed = printed_words(text)
    folded = list(map(_FOLDED.__getitem__, printed))
    stemmed = map(_stemmed(language).__getitem__, folded)
    return " ".join(stemmed), " ".join(printed), " ".join(folded)


class _Forms(dict[str, str]):
    """What a function makes of words, remembered: an article has hundreds that were seen before.

    A dictionary that is asked by ``map`` takes a third of the time of a cached function.
    """

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, word: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        made = self[word] = self._make(word)
        return made


_FOLDED = _Forms(fold)


@lru_cache(maxsize=64)
def _stemmed(language: str | None) -> _Forms:
    return _Forms(partial(stem, language=language))


def stems(word: str, languages: Iterable[str | None]) -> list[str]:
    """Return the stems that a query's word has in some languages."""
    folded = fold(word)
    return sorted({stem(folded, language) for language in languages} or {folded})


def folded_pattern(word: str) -> str:
    """Return a pattern of folded words for a word with wildcards."""
    return "".join(_WILD.get(char) or re.escape(char) for char in fold(word))


def printed_pattern(word: str, *, exact: bool) -> str:
    """Return a pattern of printed words for a word: in any case and accents unless ``exact``."""
    if exact:
        return "".join(_WILD.get(char) or _escaped(char) for char in word)
    return "".join(_WILD.get(char) or _any_form(char) for char in fold(word))


def fuzzy_pattern(word: str) -> str:
    """Return a pattern of printed words of which one letter may differ from a word, in any case.

    Accents count as a difference here: with every accent the pattern is too large for the engine.
    """
    letters = [_any_case(char) for char in fold(word)]
    forms = ["".join(letters)]
    for place in range(len(letters)):
        before, after = letters[:place], letters[place + 1 :]
        forms.append("".join([*before, ".?", *after]))
        forms.append("".join([*before, ".", *letters[place:]]))
        if after:
            forms.append("".join([*before, after[0], letters[place], *after[1:]]))
    forms.append("".join([*letters, "."]))
    return "(" + "|".join(dict.fromkeys(forms)) + ")"


def _any_case(char: str) -> str:
    upper = char.upper()
    return f"[{char}{upper}]" if len(upper) == 1 and upper != char else _escaped(char)


def _escaped(char: str) -> str:
    return char if char.isalnum() else re.escape(char)


@lru_cache(maxsize=4_096)
def _any_form(char: str) -> str:
    """Return a pattern for every printed form of a folded letter."""
    forms = _forms().get(char, "")
    letters = "".join(sorted({char, *forms}))
    if len(letters) == 1:
        return _escaped(letters)
    return "[" + "".join(re.escape(c) if c in r"]\^-" else c for c in letters) + "]"


@lru_cache(maxsize=1)
def _forms() -> dict[str, str]:
    """Return the letters of Unicode's first plane by what each is folded to."""
    found: dict[str, list[str]] = {}
    for code in range(0x80, 0x10000):
        char = chr(code)
        if unicodedata.category(char)[0] == "L":
            folded = fold(char)
            if len(folded) == 1 and folded != char:
                found.setdefault(folded, []).append(char)
    for code in range(ord("A"), ord("Z") + 1):
        found.setdefault(chr(code).lower(), []).append(chr(code))
    found.setdefault("'", []).extend("’ʼ")
    return {folded: "".join(chars) for folded, chars in found.items()}
