"""One spelling for words that British and American papers spell otherwise. Pure.

Words are folded: lower case, without accents, with straight apostrophes. A word that is not known
stays as it is; which of two spellings is kept says nothing, mostly it is the American one.
"""

import re

from articles.related.matching.spellings import ISE_ALWAYS, ISE_BEFORE, KNOWN, PARTS

# After a consonant: noise, raise and bruise are spelt so everywhere, and all in -wise.
_ISE = re.compile(
    r"([a-z]+[b-df-hj-np-tvxyz])is(e|es|ed|er|ers|ing|ingly|ation|ations|ational|able)"
)
_ALWAYS = re.compile(rf"(?:{ISE_BEFORE})?(?:{'|'.join(ISE_ALWAYS)})")
_PARTS = tuple((re.compile(pattern), kept) for pattern, kept in PARTS)
# Co-operate, re-elect: what not every paper sets a hyphen in.
_BETWEEN_VOWELS = re.compile("(?<=o)-(?=o)|(?<=e)-(?=e)")
_POSSESSIVE = ("'s", "'")


def standard(word: str) -> str:
    """Return the spelling a folded word is compared under: publicising becomes publicizing."""
    if (known := KNOWN.get(word)) is not None:
        return known
    for ending in _POSSESSIVE:
        if word.endswith(ending):
            return _without_ending(word.removesuffix(ending)) + ending
    return _without_ending(word)


def is_respelling(one: str, other: str) -> bool:
    """Whether two folded words are the British and the American spelling of one word."""
    return one != other and standard(one) == standard(other)


def _without_ending(word: str) -> str:
    if "-" in word:
        return "-".join(map(_one, _BETWEEN_VOWELS.sub("", word).split("-")))
    return _one(word)


def _one(word: str) -> str:
    if (known := KNOWN.get(word)) is not None:
        return known
    if len(word) < 5 or not word.isascii() or not word.isalpha():
        return word
    if "ae" in word or "oe" in word:
        for pattern, kept in _PARTS:
            word = pattern.sub(kept, word)
    # Most words are none of these, and cost no more than a glance.
    found = _ISE.fullmatch(word) if "is" in word else None
    if found is None or _ALWAYS.fullmatch(found[1]):
        return word
    return f"{found[1]}iz{found[2]}"
