"""Printed names that may be one outlet's."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from articles.curation.likeness.pairs import Likeness, Pair, Pairs, blocks, pairs_in
from articles.curation.likeness.spelling import deletions, is_slip, skeleton
from articles.models.folding import fold
from articles.reading import outlets
from articles.reading.wordlist import word_set

_HOST = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]+)[)\]]\s*$")
_AFTER_COMMA = re.compile(r",\s*([\w.' ]{2,30})$")
_ARTICLES = word_set("the le la les l der die das el il lo los las o a de het al")
_SMALL = word_set("and of the for in de du des la le et und y e & di del")
_MEDIUM = word_set("online newspaper website web com digital print edition")
# What an outlet is called with and without.
_GENERIC = word_set("daily news paper media group newspapers agency")
_SHORTEST_SLIP = 7
_LONGEST_SHORT = 8


@dataclass(frozen=True)
class _Name:
    key: int
    text: str
    # What stands in brackets or after a comma behind the name, folded.
    place: str
    # Of an address: the whole host.
    host: str
    words: tuple[str, ...]

    @cached_property
    def squashed(self) -> str:
        """The letters alone, however they are spelled."""
        return skeleton("".join(self.words))

    @cached_property
    def is_capitals(self) -> bool:
        """Whether it is printed as abbreviations are."""
        letters = [char for char in self.text if char.isalpha()]
        return bool(letters) and all(char.isupper() for char in letters)


def alike(names: Iterable[tuple[int, str]], domains: Mapping[int, Sequence[str]]) -> list[Pair]:
    """Return the pairs of outlets that may be one, the most alike first.

    ``names`` are keys of outlets and printed names, several of an outlet if it has them;
    ``domains`` are what is known of them beside.
    """
    parsed = [name for key, text in names if (name := _parse(key, text)).words]
    found = Pairs()
    _same_domain(parsed, domains, found)
    for one, other in pairs_in(_squashed(parsed)):
        _same_words(one, other, found)
    for one, other in pairs_in(_known(parsed)):
        if not _contradict(one, other):
            found.add(one.key, other.key, Likeness.SURE, "Both known as names of one outlet")
    for one, other in pairs_in((_without(name, _GENERIC), name) for name in parsed):
        if one.squashed != other.squashed and not _contradict(one, other) and _is_part(one, other):
            found.add(one.key, other.key, Likeness.LIKELY, "The same but for a general word")
    for one, other in pairs_in(_turned(parsed)):
        if one.words != other.words and not _contradict(one, other):
            found.add(one.key, other.key, Likeness.LIKELY, "The same words in another order")
    _abbreviations(parsed, found)
    _slips(parsed, found)
    return found.listed()


def _parse(key: int, text: str) -> _Name:
    plain = text.strip()
    if _HOST.fullmatch(plain):
        host = outlets.from_domain(plain).lower()
        label = host.partition(".")[0]
        label = label.removeprefix("the") if len(label) > len("the") + 2 else label
        return _Name(key, plain, "", host, (fold(label).replace(" ", ""),))
    place = ""
    if match := _BRACKETS.search(plain) or _AFTER_COMMA.search(plain):
        rest = plain[: match.start()].strip()
        if rest:
            plain, place = rest, fold(match[1])
    words = fold(plain.replace("&", " and ")).split()
    while len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    while len(words) > 1 and words[-1] in _MEDIUM:
        words = words[:-1]
    words = [word for word in words if word != "and"] or words
    return _Name(key, text.strip(), "" if place in _ARTICLES | _MEDIUM else place, "", tuple(words))


def _same_domain(
    names: Iterable[_Name], domains: Mapping[int, Sequence[str]], found: Pairs
) -> None:
    has = {(name.host, name.key) for name in names if name.host}
    has.update((domain, key) for key, known in domains.items() for domain in known)
    for keys in blocks_with(has):
        domain, among = keys
        for one, other in combinations(among, 2):
            found.add(one, other, Likeness.SURE, f"Both have the address {domain}")


def blocks_with(has: Iterable[tuple[str, int]]) -> Iterator[tuple[str, list[int]]]:
    """Yield what several have, and who has it."""
    for block in blocks((what, (what, key)) for what, key in sorted(has)):
        yield block[0][0], [key for _, key in block]


def _contradict(one: _Name, other: _Name) -> bool:
    """Whether two places are said: The Times (London), The Times (Harare)."""
    return bool(one.place and other.place and one.place != other.place)


def _same_words(one: _Name, other: _Name, found: Pairs) -> None:
    if _contradict(one, other):
        return
    if one.host and other.host:
        found.add(one.key, other.key, Likeness.LIKELY, "The same address but for its ending")
    elif one.host or other.host:
        found.add(one.key, other.key, Likeness.SURE, "A name, and it as an address")
    elif one.place != other.place:
        place = one.place or other.place
        found.add(one.key, other.key, Likeness.LIKELY, f"The same name, once with “{place}”")
    else:
        found.add(one.key, other.key, Likeness.SURE, "The same name, written otherwise")


def _squashed(names: Iterable[_Name]) -> Iterator[tuple[str, _Name]]:
    """Yield names by their letters, with and without articles and the like."""
    for name in names:
        whole = fold(_BRACKETS.sub("", name.text).replace("&", " and ")).replace(" ", "")
        for key in {name.squashed, name.squashed if name.host else skeleton(whole)}:
            yield key, name


def _known(names: Iterable[_Name]) -> Iterator[tuple[str, _Name]]:
    for name in names:
        if canonical := outlets.canonical(name.text):
            yield canonical, name


def _without(name: _Name, left_out: frozenset[str]) -> str:
    kept = [word for word in name.words if word not in left_out]
    return skeleton("".join(kept or name.words))


def _is_part(one: _Name, other: _Name) -> bool:
    """Whether one has all words of the other: Daily Mail and Mail, not Daily Mail and Mail News."""
    if one.host or other.host:
        return True
    mine, its = set(one.words), set(other.words)
    return mine < its or its < mine


def _turned(names: Iterable[_Name]) -> Iterator[tuple[tuple[str, ...], _Name]]:
    for name in names:
        words = [skeleton(word) for word in name.words if word not in _SMALL]
        if len(words) > 1:
            yield tuple(sorted(words)), name


def _abbreviations(names: Sequence[_Name], found: Pairs) -> None:
    """Find NYT, nytimes.com and WaPo beside what they stand for."""
    short: dict[str, list[_Name]] = {}
    for name in names:
        if len(name.words) == 1 and len(name.words[0]) <= _LONGEST_SHORT:
            short.setdefault(name.words[0], []).append(name)
    stands_for: dict[str, list[_Name]] = {}
    for name in names:
        if len(name.words) > 1:
            for form in _short_forms(name) & short.keys():
                stands_for.setdefault(form, []).append(name)
    for form, long in stands_for.items():
        cores = {name.squashed for name in long}
        for name in short[form]:
            plausible = name.host or name.is_capitals or len(form) > 3
            if not plausible or (len(form) < 3 and len(cores) > 1):
                continue
            for other in long:
                found.add(name.key, other.key, Likeness.LIKELY, "An abbreviation of the other")


def _short_forms(name: _Name) -> set[str]:
    """Return what a name may be cut to: new york times as nyt, nytimes; washington post as wapo."""
    forms = set()
    told = fold(name.text).split()
    for words in (list(name.words), [w for w in name.words if w not in _SMALL], told):
        initials = "".join(word[0] for word in words)
        forms.add(initials)
        for at in range(1, len(words)):
            forms.add(initials[:at] + "".join(words[at:]))
        forms.add("".join(word[:2] for word in words) if len(words) == 2 else initials)
    return {form for form in forms if len(form) > 1}


def _slips(names: Iterable[_Name], found: Pairs) -> None:
    long = [name for name in names if len(name.squashed) >= _SHORTEST_SLIP]
    for one, other in pairs_in((form, name) for name in long for form in deletions(name.squashed)):
        if is_slip(one.squashed, other.squashed) and not _contradict(one, other):
            found.add(one.key, other.key, Likeness.LIKELY, "A letter apart")
