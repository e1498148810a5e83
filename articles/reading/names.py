"""Personal names as bylines print them: is this one, and how is it written."""

import re
import unicodedata
from functools import lru_cache

from articles.reading.byline_words import PARTICLES, ROLE_WORDS
from articles.reading.wordlist import word_set

_MOST_WORDS = 6
_LONGEST = 60
_TITLES = re.compile(
    r"^(?:Dr|Prof|Professor|Sir|Dame|Lord|Lady|Mr|Mrs|Ms|Rev|Fr|Sgt|Capt|Gen|Lt|Col|Hon|د|الدكتور)"
    r"\.?\s+(?=\S+\s+\S)"
)
_SUFFIX = re.compile(r",?\s+(?:MD|PhD|M\.D\.|Ph\.D\.|MBE|OBE|QC|KC)\.?$")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CJK_NAME = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af々·・ ]{2,12}")
_CJK_ROLE = re.compile(
    r"(?:本报|本報|新华社|実習)?(?:见习)?(?:记者|記者|特派员|特派員|编辑|編集委員|論説委員|기자|특파원)|[【】／：:]|외\s*\d+명|\d+"
)
_CASELESS = re.compile(r"[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0fff]")
# Arabic and Hebrew vowel signs, and accents that have no letter of their own, are part of a word.
_LETTERS = r"(?:[^\W\d_][\u0300-\u036f\u0591-\u05c7\u064b-\u0655\u0670]*)+"
_WORD = re.compile(rf"{_LETTERS}(?:['’ʻ‘`´\-‑.]{_LETTERS})*['’.]?|[^\W\d_]\.")
_MC = re.compile(r"^(Mc)([a-z])(.+)$")
_APOSTROPHE = re.compile(r"(?<=[’'ʻ‘])([a-zà-ÿ])(?=[a-zà-ÿ]{2})")
_ROMAN = frozenset({"II", "III", "IV"})

# Words that begin with a capital in headings and labels and are in nobody's name.
_NO_NAME = word_set("""
    the and for with about after before this that not are was email click here more read share home
    facebook twitter whatsapp instagram linkedin telegram print copy link comment comments
    menu follow subscribe updated published posted last photo photograph image video file getty
    images copyright rights reserved all our your www com new how why what when where who today
    yesterday breaking live watch listen opinion analysis exclusive comment review briefing
    explainer podcast newsletter university institute magazine times post news herald tribune
    gazette journal daily weekly radio television broadcasting corporation company ltd inc llc gmbh
    plc network channel group january february march july september october november december
    monday tuesday wednesday thursday friday saturday sunday min mins minutes ago
    les une notre nos avec pour sur dans die ein eine mit für und aktualisiert nuestro con para
    sobre gli per nel
    """)


def is_upper(text: str) -> bool:
    """Return whether ``text`` is printed in capitals: letters, hardly any of them small."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 2 and not any(char.islower() for char in letters)


@lru_cache(maxsize=8192)
def as_person(piece: str, *, alone_will_do: bool) -> str | None:
    """Return ``piece`` as a person's name, capitals undone, or ``None`` if it is no such name.

    ``alone_will_do`` admits a name of one word, as after "By".
    """
    piece = piece.strip(" .,:;-–—*\"“”'‘’|/")
    if not piece or len(piece) > _LONGEST:
        return None
    if not piece.isascii() and _CJK.search(piece):
        return _east_asian(piece)
    if any(char.isdigit() for char in piece):
        return None
    piece = _SUFFIX.sub("", _TITLES.sub("", piece))
    words = piece.split()
    if not 1 <= len(words) <= _MOST_WORDS or (len(words) == 1 and not alone_will_do):
        return None
    if len(words) == 1 and (len(piece) < 3 or (is_upper(piece) and len(piece) < 5)):
        return None
    if not _are_names(words):
        return None
    return _title_case(words) if is_upper(piece) else " ".join(words)


def _east_asian(piece: str) -> str | None:
    name = " ".join(_CJK_ROLE.sub(" ", piece).split())
    return name if _CJK_NAME.fullmatch(name) and name not in ROLE_WORDS else None


def _are_names(words: list[str]) -> bool:
    """Return whether words are all names, initials and particles, and enough of them names."""
    names = 0
    for word in words:
        if not _WORD.fullmatch(word) or (len(word) > 2 and word.casefold().strip(".") in _NO_NAME):
            return False
        if word[0].isupper() or _is_caseless(word) or _prefixed(word):
            names += 1
        elif word.casefold() not in PARTICLES:
            return False
    return names >= min(2, len(words)) and not _is_initials(words)


def _is_initials(words: list[str]) -> bool:
    return all(len(word.strip(".")) == 1 for word in words)


def _is_caseless(word: str) -> bool:
    return bool(_CASELESS.match(word))


def _prefixed(word: str) -> bool:
    """Return whether a small prefix stands before a capital: al-Zahra, d'Ormesson, ʻAli."""
    return bool(re.match(r"[a-zà-ÿ]{1,3}[-'’‑](?=[^\W\d_a-z])", word)) or not word[0].isalpha()


def _title_case(words: list[str]) -> str:
    return " ".join(_title_word(word, first=index == 0) for index, word in enumerate(words))


def _title_word(word: str, *, first: bool) -> str:
    if word in _ROMAN or (len(word) <= 3 and "." in word):
        return word
    small = word.lower()
    if not first and small in {
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "van",
        "von",
        "der",
        "den",
        "la",
        "bin",
        "du",
        "des",
    }:
        return small
    parts = re.split(r"([\-‑])", small)
    titled = "".join(part[:1].upper() + part[1:] for part in parts)
    titled = _APOSTROPHE.sub(lambda match: match[1].upper(), titled)
    titled = _MC.sub(lambda match: match[1] + match[2].upper() + match[3], titled)
    return unicodedata.normalize("NFC", titled)
