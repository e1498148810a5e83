"""Words with capitals beside each other in an article, and whether they may be a name. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from articles.annotate.recognisers import StoredBlock, cues
from articles.annotate.spreading.text_words import Reading
from articles.text import BlockKind

_SENTENCE_END = re.compile(r"[.!?…:;]['\"”’)\]]*\s*$|[.!?]['\"”’)]*\s|[“\"«]\s*$|^\s*[-–—•*]\s*$")
# The share of capitals by which a block is printed in capitals, a headline in title case.
_CAPITALS = 0.8
_MOST_WORDS = 9
_MOST_SMALL = 3
# A headline of so many longer words tells whether it is set in title case.
_LEAST_WORDS = 3


@dataclass(slots=True)
class Run:
    """Words with capitals beside each other: the first, the one after the last."""

    first: int
    last: int
    starts_sentence: bool
    block: int
    kind: str = ""
    score: float = 0.0
    name: str = ""


@dataclass(slots=True)
class Words:
    """What an article says of its words, apart from where a name is looked for."""

    reading: Reading
    # Words that stand in small letters somewhere.
    small: set[str] = field(default_factory=set)
    # Words with a capital within a sentence.
    named: Counter[str] = field(default_factory=Counter)
    # Which block each word is in, and whether that is printed in capitals.
    blocks: list[int] = field(default_factory=list)
    shouted: set[int] = field(default_factory=set)


def about(reading: Reading, blocks: Sequence[StoredBlock]) -> Words:
    """Return what an article says of its words."""
    article = Words(reading)
    at = 0
    for start, _ in reading.spans:
        while at < len(blocks) and start >= int(blocks[at][2]):
            at += 1
        inside = at < len(blocks) and int(blocks[at][1]) <= start
        article.blocks.append(at if inside else -1)
    for number, (kind, first, last) in enumerate(blocks):
        block = reading.text[int(first) : int(last)]
        upper = sum(char.isupper() for char in block)
        lower = sum(char.islower() for char in block)
        if upper > _CAPITALS * (upper + lower) or _in_title_case(str(kind), block):
            article.shouted.add(number)
    for number, key in enumerate(reading.keys):
        printed = reading.printed(number)
        if printed[0].islower():
            article.small.add(key)
        elif (
            not _starts_sentence(article, number) and article.blocks[number] not in article.shouted
        ):
            article.named[key] += 1
    return article


def _in_title_case(kind: str, block: str) -> bool:
    """Whether a headline has capitals on words that would have none."""
    if kind not in {BlockKind.HEADLINE, BlockKind.CROSSHEAD, BlockKind.STANDFIRST}:
        return False
    words = re.findall(r"[^\W\d_]{4,}", block)
    upper = sum(word[0].isupper() for word in words)
    return len(words) >= _LEAST_WORDS and upper > _CAPITALS * len(words)


def _starts_sentence(article: Words, number: int) -> bool:
    reading = article.reading
    if number == 0 or article.blocks[number] != article.blocks[number - 1]:
        return True
    between = reading.between(number)
    if between.startswith(".") and _is_abbreviation(reading, number - 1):
        return False
    return bool(_SENTENCE_END.search(between)) or "\n" in between


def _is_abbreviation(reading: Reading, number: int) -> bool:
    printed = reading.printed(number)
    return (len(printed) == 1 and printed.isupper()) or reading.keys[number] in cues.ABBREVIATED


def runs(article: Words) -> Iterator[Run]:
    """Yield the runs of words that may be names, in order."""
    reading = article.reading
    number = 0
    while number < len(reading.keys):
        if not _begins(article, number):
            number += 1
            continue
        first, last = number, number + 1
        while last < len(reading.keys) and last - first < _MOST_WORDS:
            step = _goes_on(article, first, last)
            if not step:
                break
            last += step
        yield from _cut(
            article, Run(first, last, _starts_sentence(article, first), article.blocks[first])
        )
        number = last


def _begins(article: Words, number: int) -> bool:
    if article.blocks[number] < 0 or article.blocks[number] in article.shouted:
        return False
    printed = article.reading.printed(number)
    return printed[0].isupper() and not printed.isdigit()


def _goes_on(article: Words, first: int, number: int) -> int:
    """Return how many words more belong to a run: 0, 1, or 2 with a word between."""
    reading = article.reading
    if article.blocks[number] != article.blocks[first]:
        return 0
    between = reading.between(number)
    before = reading.printed(number - 1)
    joined = between in {" ", "-", "\u00a0", "‑"}
    initial = between in {". ", "."} and (
        (len(before) == 1 and before.isupper()) or reading.keys[number - 1] in cues.ABBREVIATED
    )
    apostrophe = between in {"'", "’"} and len(before) <= 2
    ampersand = between.strip() == "&"
    if not (joined or initial or apostrophe or ampersand):
        return 0
    printed = reading.printed(number)
    if printed[0].isupper():
        return 1
    if not joined:
        return 0
    small = _small_words(article, first, number)
    if not small:
        return 0
    if all(reading.keys[at] in cues.NOBLE for at in range(number, number + small)):
        return small + 1
    head = reading.keys[first:number]
    of = small == 1 and reading.keys[number] in {"of", "for"}
    return 2 if of and any(word in cues.BEFORE_OF for word in head) else 0


def _small_words(article: Words, first: int, number: int) -> int:
    """Return how many words in small letters stand before the next with a capital: at most 3."""
    reading = article.reading
    for count in range(1, _MOST_SMALL + 1):
        at = number + count
        if (
            at >= len(reading.keys)
            or article.blocks[at] != article.blocks[first]
            or reading.between(at) not in {" ", "-", "’", "'"}
        ):
            return 0
        if reading.printed(at)[0].isupper():
            return count
    return 0


def _cut(article: Words, run: Run) -> Iterator[Run]:
    """Yield a run without what is no part of a name at its ends: “On Monday Ann Doe”."""
    reading = article.reading
    keys = reading.keys
    first, last = run.first, run.last
    while first < last and _is_common(article, first, run):
        first += 1
    while last > first and (keys[last - 1] in cues.CALENDAR or keys[last - 1] in cues.NEVER):
        last -= 1
    # A day within parts it: “Doe Monday Roe”.
    for at in range(first, last):
        if (
            keys[at] in cues.CALENDAR
            and last - first > 1
            and keys[at] not in {"may", "april", "june", "august"}
        ):
            if at > first:
                yield Run(first, at, run.starts_sentence and first == run.first, run.block)
            if at + 1 < last:
                yield Run(at + 1, last, starts_sentence=False, block=run.block)
            return
    if first < last:
        yield Run(first, last, run.starts_sentence and first == run.first, run.block)


def _is_common(article: Words, number: int, run: Run) -> bool:
    """Whether a word at the head of a run is no part of a name."""
    key = article.reading.keys[number]
    if key in cues.NEVER or key in cues.CALENDAR or key in cues.TITLES:
        return True
    if number != run.first or not run.starts_sentence:
        return False
    return key in cues.STARTERS or (
        key in article.small and key not in article.named and key not in cues.GIVEN
    )


def is_name(article: Words, run: Run) -> bool:
    """Whether a run may be a name: a word alone at a sentence's start must be one elsewhere."""
    reading = article.reading
    keys = reading.keys[run.first : run.last]
    if run.last - run.first > 1:
        return True
    [key] = keys
    printed = reading.printed(run.first)
    if len(printed) == 1 or key in cues.NEVER or key in cues.PEOPLES or key in cues.CALENDAR:
        return False
    if not run.starts_sentence:
        return True
    # At a sentence's start a capital says nothing: it must be a name elsewhere.
    if key in article.named or key in cues.PLACES or printed.isupper():
        return True
    return key in cues.GIVEN or follows(reading, run, cues.SPEAKS)


def follows(reading: Reading, run: Run, words: frozenset[str]) -> bool:
    """Whether one of some words follows a run."""
    return (
        run.last < len(reading.keys)
        and reading.between(run.last) in {" ", ", ", "\u00a0"}
        and reading.keys[run.last] in words
    )
