"""What two pieces of a capture have in common: a word's stem, by length alone, in any script."""

import re

# Long words lose their endings, so that cases and plurals meet ("Kazakh", "Kazakhs"; "Москва",
# "Москве"). Short words are grammar in most languages and say nothing about a subject.
_STEM = 5
_SHORTEST = 4
_UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_PIECE = re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")
_NO_WORD = re.compile(r"[\W_]+")
# A Korean noun is mostly two syllables; what follows in the word are particles.
_HANGUL = re.compile("[\uac00-\ud7a3]{2}")
_UNSPACED_RUN = re.compile(rf"[{_UNSPACED}]")


def stems(text: str) -> frozenset[str]:
    """Return the telling words of ``text``, cut to stems; pairs of characters in unspaced scripts.

    Arabic words lose their article, which is written on the word.
    """
    found: set[str] = set()
    for piece in _PIECE.findall(text.casefold()):
        if _UNSPACED_RUN.match(piece):
            found.update(piece[at : at + 2] for at in range(len(piece) - 1))
        elif _HANGUL.match(piece):
            found.add(piece[:2])
        elif len(piece) >= _SHORTEST or piece[0].isdigit():
            found.add(piece.removeprefix("ال")[:_STEM])
    return frozenset(found)


def count(text: str) -> int:
    """Return a number of words for judging length; two characters of an unspaced script are one."""
    total = 0
    for piece in _PIECE.findall(text):
        total += (len(piece) + 1) // 2 if _UNSPACED_RUN.match(piece) else 1
    return total


def key(text: str) -> str:
    """Return what makes two lines the same: letters and digits only, in one case."""
    return _NO_WORD.sub("", text.casefold()) or text
