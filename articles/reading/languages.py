"""Languages: which one a text is in, what a tag or a name means, which way it runs."""

import re
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from articles.reading.language_words import FUNCTION_WORDS, LANGUAGE_NAMES

_SAMPLE = 600
_SCRIPT_SAMPLE = 200
_FEWEST_LETTERS = 16
_RIGHT_TO_LEFT = frozenset(
    {"ar", "he", "fa", "ur", "ps", "yi", "ku", "ckb", "dv", "sd", "ug", "syr"}
)

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[a-zA-Z\u00c0-\u024f]")
_EAST_ASIAN: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("kana", re.compile(r"[\u3041-\u30fa]")),
    ("hangul", re.compile(r"[\uac00-\ud7af]")),
    ("han", re.compile(r"[\u3400-\u9fff]")),
)
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f]")
_LETTER = re.compile(r"[^\W\d_]")
# Scripts of one language only, or nearly.
_OWN_SCRIPT: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("el", re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("ka", re.compile(r"[\u10a0-\u10ff]")),
    ("hy", re.compile(r"[\u0530-\u058f]")),
    ("bn", re.compile(r"[\u0980-\u09ff]")),
    ("ta", re.compile(r"[\u0b80-\u0bff]")),
    ("te", re.compile(r"[\u0c00-\u0c7f]")),
    ("gu", re.compile(r"[\u0a80-\u0aff]")),
    ("pa", re.compile(r"[\u0a00-\u0a7f]")),
    ("kn", re.compile(r"[\u0c80-\u0cff]")),
    ("ml", re.compile(r"[\u0d00-\u0d7f]")),
    ("si", re.compile(r"[\u0d80-\u0dff]")),
    ("my", re.compile(r"[\u1000-\u109f]")),
    ("km", re.compile(r"[\u1780-\u17ff]")),
    ("lo", re.compile(r"[\u0e80-\u0eff]")),
    ("am", re.compile(r"[\u1200-\u137f]")),
)

_IN: dict[str, tuple[str, ...]] = {}
for _code, _words in FUNCTION_WORDS.items():
    for _word in _words:
        _IN[_word] = (*_IN.get(_word, ()), _code)
# A word that many languages share says little for each.
_SAYS = {word: tuple((code, 1.0 / len(codes)) for code in codes) for word, codes in _IN.items()}


def detect(text: str) -> str | None:
    """Return the ISO 639-1 code of a text's language, or ``None`` if it is short or unsure.

    Looks at the first 600 characters: the script, then function words, then a trained model.
    """
    sample = text[:_SAMPLE]
    if sample.isascii() or len(_LATIN.findall(sample)) * 2 > len(sample):
        return _detect_latin(sample)
    return _detect_by_script(sample)


def _detect_latin(sample: str) -> str | None:
    words = _WORD.findall(sample.lower())
    if len(words) < 4 or sum(map(len, words)) < _FEWEST_LETTERS:
        return None
    scores: dict[str, float] = {}
    for word in filter(_SAYS.__contains__, words):
        for code, weight in _SAYS[word]:
            scores[code] = scores.get(code, 0.0) + weight
    if scores:
        ranked = sorted(scores.items(), key=lambda item: -item[1])
        best, score = ranked[0]
        second = ranked[1][1] if len(ranked) > 1 else 0.0
        if score >= max(1.5, 0.1 * len(words)) and score >= 1.6 * second:
            return best
    return _by_model(sample) if len(words) >= 8 else None


def _detect_by_script(sample: str) -> str | None:
    head = sample[:_SCRIPT_SAMPLE]
    letters = len(_LETTER.findall(head))
    if letters < 6:
        return None
    return _east_asian(head, letters) or _one_script(sample, head, letters)


def _east_asian(head: str, letters: int) -> str | None:
    counts = {name: len(pattern.findall(head)) for name, pattern in _EAST_ASIAN}
    if counts["kana"] * 12 >= letters and counts["kana"] + counts["han"] > letters / 2:
        return "ja"
    if counts["hangul"] * 2 > letters:
        return "ko"
    if counts["han"] * 2 > letters:
        return "zh"
    return None


def _one_script(sample: str, head: str, letters: int) -> str | None:
    if letters < _FEWEST_LETTERS:
        return None
    if len(_CYRILLIC.findall(head)) * 2 > letters:
        return _cyrillic(sample)
    if len(_ARABIC.findall(head)) * 2 > letters:
        return _arabic(sample)
    for code, pattern in _OWN_SCRIPT:
        if len(pattern.findall(head)) * 2 > letters:
            return code
    return _by_model(sample)


_UKRAINIAN = re.compile(r"[іїєґІЇЄҐ]")
_RUSSIAN = re.compile(r"[ыэёЫЭЁ]")
_BELARUSIAN = re.compile(r"[ўЎ]")
_KAZAKH = re.compile(r"[әғқңөұһӘҒҚҢӨҰҺ]")
_SERBIAN = re.compile(r"[ђјљњћџЂЈЉЊЋЏ]")


def _cyrillic(sample: str) -> str | None:
    if _KAZAKH.search(sample):
        return _by_model(sample)
    if _BELARUSIAN.search(sample):
        return "be"
    if _SERBIAN.search(sample):
        return _by_model(sample)
    russian, ukrainian = len(_RUSSIAN.findall(sample)), len(_UKRAINIAN.findall(sample))
    if ukrainian > 2 and ukrainian > 3 * russian:
        return "uk"
    if russian > 1 and russian > 3 * ukrainian:
        return "ru"
    return _by_model(sample)


_PERSIAN = re.compile(r"[پچژگکی]")
_URDU = re.compile(r"[ٹڈڑںےھہ]")
_ARABIC_ONLY = re.compile(r"[ةىيكأإؤئ]")


def _arabic(sample: str) -> str | None:
    own, urdu = len(_ARABIC_ONLY.findall(sample)), len(_URDU.findall(sample))
    persian = len(_PERSIAN.findall(sample))
    if urdu >= 3 and urdu > own:
        return "ur"
    if persian >= 3 and persian > 2 * own:
        return _by_model(sample) or "fa"
    return "ar" if own >= 2 or persian == 0 else _by_model(sample)


@lru_cache(maxsize=1)
def _model() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _by_model(sample: str) -> str | None:
    code, sureness = _model().classify(sample)
    return str(code) if sureness >= 0.9 and len(str(code)) == 2 else None


_TAG = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{1,8})*", re.IGNORECASE)
_THREE = {
    "eng": "en", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "spa": "es", "ita": "it",
    "por": "pt", "nld": "nl", "dut": "nl", "rus": "ru", "ara": "ar", "zho": "zh", "chi": "zh",
    "jpn": "ja", "kor": "ko", "tur": "tr", "pol": "pl", "swe": "sv", "nor": "no", "nob": "nb",
    "dan": "da", "fin": "fi", "ces": "cs", "cze": "cs", "hun": "hu", "ron": "ro", "rum": "ro",
    "ell": "el", "gre": "el", "heb": "he", "fas": "fa", "per": "fa", "ukr": "uk", "ind": "id",
    "vie": "vi", "tha": "th", "hin": "hi", "urd": "ur", "cat": "ca", "bul": "bg", "srp": "sr",
    "hrv": "hr", "slk": "sk", "slv": "sl", "kaz": "kk", "msa": "ms", "may": "ms",
}  # fmt: skip
_OLD = {
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "jp": "ja",
    "cn": "zh",
    "gr": "el",
    "cz": "cs",
    "ua": "uk",
    "kz": "kk",
}


@lru_cache(maxsize=1024)
def normalise_tag(tag: str) -> str | None:
    """Return the primary subtag (``en``) of a language tag or name, or ``None`` if it is neither.

    Takes ``en-GB``, ``EN_us``, ``eng``, ``ENGLISH``, ``Français``, ``English; French``.
    """
    name = tag.strip().casefold()
    first = re.split(r"[;,|/(]", name)[0].strip()
    if first in LANGUAGE_NAMES:
        return LANGUAGE_NAMES[first]
    match = _TAG.fullmatch(first)
    if not match:
        return None
    primary = match[1].lower()
    if len(primary) == 3:
        return _THREE.get(primary)
    return _OLD.get(primary, primary)


def direction(code: str | None) -> str:
    """Return ``rtl`` for languages written from right to left, else ``ltr``."""
    return "rtl" if code and code.split("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"
