"""Words as search sees them: where they stand in a text, folded, and stemmed by language.

A word is a run of letters, digits and marks, with apostrophes inside. Scripts that put no space
between words (Chinese, Japanese, Thai …) give a word per character, so that a phrase of characters
finds what a reader would.
"""

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, pairwise

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
# Of a language, some tens of megabytes.
_KEPT = 200_000
# Scripts without spaces between words: Thai, Lao, Myanmar, Khmer, kana, Han.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003134f"
)
# The planes where Unicode has signs that are no ideographs: a fifth of what there could be.
_ASSIGNED = (range(0x20000), range(0xE0000, 0xF0000))
# A query's quotation marks, whatever their form, end a name.
_UNQUOTED = str.maketrans(dict.fromkeys('"“”„‟«»＂') | dict.fromkeys("‘’‚‛＇", "'"))
_SAME = str.maketrans({"’": "'", "ʼ": "'", "\u0640": None, "ى": "ي", "ی": "ي", "ک": "ك"})


def _marks() -> tuple[str, str]:
    """Return combining marks as ranges for a pattern: of Unicode's first plane, and of the others.

    Letters of many scripts need them. Those of unspaced scripts are words of their own.
    """
    unspaced = re.compile(f"[{_UNSPACED}]")
    marks = [
        ord(sign)
        for sign in map(chr, chain(*_ASSIGNED))
        if unicodedata.category(sign) in {"Mn", "Mc"} and not unspaced.match(sign)
    ]
    return _ranges(c for c in marks if c < 0x10000), _ranges(c for c in marks if c >= 0x10000)


def _ranges(codes: Iterable[int]) -> str:
    listed = list(codes)
    starts = [listed[0], *(b for a, b in pairwise(listed) if b != a + 1)]
    ends = [*(a for a, b in pairwise(listed) if b != a + 1), listed[-1]]
    return "".join(f"{chr(a)}-{chr(b)}" for a, b in zip(starts, ends, strict=True))


_MARKS, _FAR_MARKS = _marks()
# A word in plain letters comes first, and what a letter can't be is told by its range: most words
# of most texts then cost a few steps, instead of one through every range of marks.
_LETTERS = (
    rf"(?:[^\W{_UNSPACED}]++|(?=[^\x00-\x7f])[{_MARKS}]++"
    rf"|(?=[\U00010000-\U0010ffff])[{_FAR_MARKS}]++)++"
)
_PLAIN = r"[A-Za-z0-9_]++(?![^\x00-&(-\x7f])"
_WORD = re.compile(
    rf"{_PLAIN}|[{_UNSPACED}]"
    rf"|(?=[A-Za-z0-9_]|[^\x00-\x7f\u2010-\u201f]){_LETTERS}(?:['’ʼ]{_LETTERS})*+"
)
_ASCII_WORD = re.compile(r"[A-Za-z0-9_]++(?:'[A-Za-z0-9_]++)*+")
# Behind a sign with which a word begins: that it is no later one of it.
_ASCII_BEGUN = r"(?<![A-Za-z0-9_].)(?<![A-Za-z0-9_]'.)"
_BEGUN = "".join(
    rf"(?<!{letter}{joined}.)"
    for letter in (rf"[^\W{_UNSPACED}]", f"[{_MARKS}{_FAR_MARKS}]")
    for joined in ("", "['’ʼ]")
)


def pattern_of(text: str) -> re.Pattern[str]:
    """Return the pattern that finds the words of a text."""
    return _ASCII_WORD if text.isascii() else _WORD


@lru_cache(maxsize=64)
def beginning_with(letters: str, *, ascii_only: bool) -> re.Pattern[str]:
    """Return the pattern that finds the first signs of words that may begin, folded, with a letter.

    The letters are plain ones or digits. Words may be found that turn out to begin with another.
    """
    if ascii_only:
        signs = "".join(letters + letters.upper())
        return re.compile(f"[{signs}]{_ASCII_BEGUN}", re.DOTALL)
    signs = "".join(_beginnings().get(letter, letter) for letter in letters) + _beginnings()[""]
    return re.compile(f"[{_ranges(sorted(map(ord, set(signs))))}]{_BEGUN}", re.DOTALL)


@cache
def _beginnings() -> Mapping[str, str]:
    """Return all signs by the plain letter or digit that their folded form begins with.

    Under the empty text those that folding drops: what follows is then the beginning.
    """
    found: dict[str, list[str]] = {}
    unspaced = re.compile(f"[{_UNSPACED}]")
    marks = re.compile(f"[{_MARKS}{_FAR_MARKS}]")
    # Beyond the first two planes there are signs of unspaced scripts, and some marks.
    for code in chain(range(0x20000), range(0xE0000, 0xE0200)):
        sign = chr(code)
        if not (sign.isalnum() or sign == "_" or marks.match(sign)) or unspaced.match(sign):
            continue
        plain = _plain(sign.casefold())
        if not plain or plain[0].isascii():
            found.setdefault(plain[:1], []).append(sign)
    return {first: "".join(signs) for first, signs in found.items()}


def printed_words(text: str) -> list[str]:
    """Return the words of a text as printed, in order."""
    return pattern_of(text).findall(text)


def words_in(text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
    """Yield the words between two places of a text, each as a match: its text and its places."""
    return pattern_of(text).finditer(text, start, end)


class Placed:
    """The words of a stretch of a text, and where they stand: looked for as far as is asked.

    Most words of a text are no hits, and nobody asks where they stand.
    """

    __slots__ = ("_reached", "_starts", "_text", "printed")

    def __init__(self, text: str, stretches: Sequence[tuple[int, int]]) -> None:
        self._text, self._reached = text, stretches[0][0]
        self._starts: list[int] = []
        if len(stretches) == 1:
            self.printed: list[str] = pattern_of(text).findall(text, *stretches[0])
            return
        # What stands between the stretches may be any words.
        words = [word for start, end in stretches for word in words_in(text, start, end)]
        self.printed = [word[0] for word in words]
        self._starts = [word.start() for word in words]

    def __len__(self) -> int:
        return len(self.printed)

    def start(self, number: int) -> int:
        """Return where a word begins, by its number from 0."""
        starts = self._starts
        if number >= len(starts):
            self._walk(number)
        return starts[number]

    def end(self, number: int) -> int:
        """Return where a word ends."""
        return self.start(number) + len(self.printed[number])

    def _walk(self, number: int) -> None:
        """Find where words begin, on from the last that was found: the next that is the same.

        Between two words there is nothing that a word can begin with.
        """
        find, starts, at = self._text.index, self._starts, self._reached
        for word in self.printed[len(starts) : number + 1]:
            at = find(word, at)
            starts.append(at)
            at += len(word)
        self._reached = at


def patterns_in(text: str) -> list[str]:
    """Return the words of a query's word, whose ``*`` and ``?`` stand for letters."""
    return _PATTERN.findall(text)


_PATTERN_LETTERS = rf"(?:(?![{_UNSPACED}])[\w*?{_MARKS}{_FAR_MARKS}])+"
_PATTERN = re.compile(rf"[{_UNSPACED}][*?]*|{_PATTERN_LETTERS}(?:['’ʼ]{_PATTERN_LETTERS})*")


@lru_cache(maxsize=50_000)
def unquoted(name: str) -> str:
    """Return a name as it can stand in quotation marks: without its own, apostrophes straight."""
    return " ".join(name.translate(_UNQUOTED).split())


@lru_cache(maxsize=_CACHED)
def fold(word: str) -> str:
    """Return a word without case, accents and other marks, its apostrophes straight."""
    folded = word.casefold()
    if folded.isascii():
        return folded[:WORD_CHARACTERS]
    return (unicodedata.normalize("NFC", _plain(folded)) or folded)[:WORD_CHARACTERS]


def _plain(folded: str) -> str:
    plain = unicodedata.normalize("NFKD", folded.translate(_SAME))
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(_SAME)


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


class Stems(dict[str, str]):
    """Maps words as printed to their stems in one language; forgets all when it has grown large.

    Texts use few words very often: this is the quickest way through many of them.
    """

    __slots__ = ("_language",)

    def __init__(self, language: str | None) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, printed: str) -> str:
        stemmed = stem(fold(printed), self._language)
        if len(self) >= _KEPT:
            self.clear()
        self[printed] = stemmed
        return stemmed


@lru_cache(maxsize=len(STEMMERS) + 1)
def stems_of(language: str | None) -> Stems:
    """Return the stems of a language's words; shared by all that ask."""
    return Stems(language)
