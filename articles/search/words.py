"""Words as search sees them: where they stand in a text, folded, and stemmed by language.

A word is a run of letters, digits and marks, with apostrophes inside. Scripts that put no space
between words (Chinese, Japanese, Thai …) give a word per character, so that a phrase of characters
finds what a reader would.
"""

import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import Stemmer

# The languages that have a stemmer, by their code.
STEMMERS: Mapping[str, str] = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch",
    "no": "norwegian", "nb": "norwegian", "nn": "norwegian", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
WORD_CHARACTERS = 200
_CACHED = 500_000
# Scripts without spaces between words: Thai, Lao, Myanmar, Khmer, kana, Han.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003134f"
)
_SAME = str.maketrans({"’": "'", "ʼ": "'", "\u0640": None, "ى": "ي", "ی": "ي", "ک": "ك"})


def _marks() -> str:
    """Return the combining marks as ranges for a pattern: letters of many scripts need them."""
    marks = [c for c in range(sys.maxunicode + 1) if unicodedata.category(chr(c)) in {"Mn", "Mc"}]
    starts = [marks[0], *(b for a, b in pairwise(marks) if b != a + 1)]
    ends = [*(a for a, b in pairwise(marks) if b != a + 1), marks[-1]]
    return "".join(f"{chr(a)}-{chr(b)}" for a, b in zip(starts, ends, strict=True))


_LETTERS = rf"(?:(?![{_UNSPACED}])[\w{_marks()}])+"
_WORD = re.compile(rf"[{_UNSPACED}]|{_LETTERS}(?:['’ʼ]{_LETTERS})*")
_ASCII_WORD = re.compile(r"\w+(?:'\w+)*")


@dataclass(frozen=True, slots=True)
class Found:
    """A word in a text: as printed, and its place in code points."""

    text: str
    start: int
    end: int


def printed_words(text: str) -> list[str]:
    """Return the words of a text as printed, in order."""
    return (_ASCII_WORD if text.isascii() else _WORD).findall(text)


def words_in(text: str) -> Iterator[Found]:
    """Yield the words of a text with their places."""
    pattern = _ASCII_WORD if text.isascii() else _WORD
    for found in pattern.finditer(text):
        yield Found(found[0], found.start(), found.end())


def patterns_in(text: str) -> list[str]:
    """Return the words of a query's word, whose ``*`` and ``?`` stand for letters."""
    return _PATTERN.findall(text)


_PATTERN_LETTERS = rf"(?:(?![{_UNSPACED}])[\w*?{_marks()}])+"
_PATTERN = re.compile(rf"[{_UNSPACED}][*?]*|{_PATTERN_LETTERS}(?:['’ʼ]{_PATTERN_LETTERS})*")


@lru_cache(maxsize=_CACHED)
def fold(word: str) -> str:
    """Return a word without case, accents and other marks, its apostrophes straight."""
    folded = word.casefold()
    if folded.isascii():
        return folded[:WORD_CHARACTERS]
    plain = unicodedata.normalize("NFKD", folded.translate(_SAME))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).translate(_SAME)
    return (unicodedata.normalize("NFC", plain) or folded)[:WORD_CHARACTERS]


@lru_cache(maxsize=_CACHED)
def stem(folded: str, language: str | None) -> str:
    """Return the stem of a folded word by its language; itself where there is no stemmer."""
    stemmer = _stemmer(language) if language else None
    return stemmer.stemWord(folded) if stemmer is not None else folded


@lru_cache(maxsize=len(STEMMERS) + 1)
def _stemmer(language: str) -> "Stemmer.Stemmer | None":
    name = STEMMERS.get(language)
    # Words are cached here.
    return Stemmer.Stemmer(name, 0) if name else None
