"""Names by their capitals: words that begin with one, and what stands around them.

Pure, and without a list of the world's names: what kind of name it is follows from titles before it
(Mr, President), words in it (Bank, University, River), words around it (said, in, at), from a short
list of countries and given names, and from the other places of the article where it stands. A
surname alone is taken for the person whose full name the article has.

Made for English; other languages in scripts with capitals get what needs no English words. German,
which writes all nouns so, gets full names after titles alone.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from articles.annotate.recognisers import Found, StoredBlock, cues
from articles.annotate.spreading.text_words import Reading, read
from articles.text import BlockKind

NAME = "capitals"

PERSON, ORGANISATION, PLACE, EVENT = "person", "organisation", "place", "event"
# How sure each way of telling is, as measured on the texts it was tuned on: docs/suggestions.md.
_BY_TITLE, _BY_CUE, _BY_LIST, _BY_OTHER = 0.9, 0.85, 0.85, 0.8
_BY_PLACE, _BY_SHAPE, _GUESSED = 0.7, 0.6, 0.4

_EDGE = "\x1f"
_SENTENCE_END = re.compile(r"[.!?…:;]['\"”’)\]]*\s*$|[.!?]['\"”’)]*\s|[“\"«]\s*$|^\s*[-–—•*]\s*$")
_OPENING = re.compile(r"[\"“‘«(\[]$")
# Languages that write all nouns with capitals.
_NOUNS_IN_CAPITALS = frozenset({"de", "lb"})
_CAPITALS = 0.8
_MOST_WORDS = 9
_MOST_LISTED = 4
_MOST_SMALL = 3
_LONGEST_ACRONYM = 4
# A headline of so many longer words tells whether it is set in title case.
_LEAST_WORDS = 3


@dataclass(slots=True)
class _Run:
    """Words with capitals beside each other: the first, the one after the last."""

    first: int
    last: int
    starts_sentence: bool
    block: int
    kind: str = ""
    score: float = 0.0
    name: str = ""


@dataclass(slots=True)
class _Article:
    """What an article says of its words, apart from where a name is looked for."""

    reading: Reading
    # Words that stand in small letters somewhere.
    small: set[str] = field(default_factory=set)
    # Words with a capital within a sentence.
    named: Counter[str] = field(default_factory=Counter)
    # Which block each word is in, and whether that is printed in capitals.
    blocks: list[int] = field(default_factory=list)
    shouted: set[int] = field(default_factory=set)


class Capitals:
    """Finds names by their capitals."""

    name = NAME

    def find(
        self, text: str, blocks: Sequence[StoredBlock], language: str | None
    ) -> Iterator[Found]:
        """Yield the names of a text."""
        if language and language.split("-")[0] in _NOUNS_IN_CAPITALS:
            return
        reading = read(text)
        article = _about(reading, blocks)
        runs = [run for run in _runs(article) if _is_name(article, run)]
        for run in runs:
            _classify(article, run)
        _agree(article, runs)
        named = [run for run in runs if run.kind]
        yield from (_found(reading, run) for run in named)
        yield from (_found(reading, run) for run in _in_capitals(article, named))


def _about(reading: Reading, blocks: Sequence[StoredBlock]) -> _Article:
    article = _Article(reading)
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


def _starts_sentence(article: _Article, number: int) -> bool:
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


def _runs(article: _Article) -> Iterator[_Run]:
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
            article, _Run(first, last, _starts_sentence(article, first), article.blocks[first])
        )
        number = last


def _begins(article: _Article, number: int) -> bool:
    if article.blocks[number] < 0 or article.blocks[number] in article.shouted:
        return False
    printed = article.reading.printed(number)
    return printed[0].isupper() and not printed.isdigit()


def _goes_on(article: _Article, first: int, number: int) -> int:
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


def _small_words(article: _Article, first: int, number: int) -> int:
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


def _cut(article: _Article, run: _Run) -> Iterator[_Run]:
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
                yield _Run(first, at, run.starts_sentence and first == run.first, run.block)
            if at + 1 < last:
                yield _Run(at + 1, last, starts_sentence=False, block=run.block)
            return
    if first < last:
        yield _Run(first, last, run.starts_sentence and first == run.first, run.block)


def _is_common(article: _Article, number: int, run: _Run) -> bool:
    """Whether a word at the head of a run is no part of a name."""
    key = article.reading.keys[number]
    if key in cues.NEVER or key in cues.CALENDAR or key in cues.TITLES:
        return True
    if number != run.first or not run.starts_sentence:
        return False
    return key in cues.STARTERS or (
        key in article.small and key not in article.named and key not in cues.GIVEN
    )


def _is_name(article: _Article, run: _Run) -> bool:
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
    return key in cues.GIVEN or _follows(reading, run, cues.SPEAKS)


def _classify(article: _Article, run: _Run) -> None:
    """Say of what kind a run is, and how surely."""
    reading = article.reading
    keys = reading.keys[run.first : run.last]
    printed = [reading.printed(number) for number in range(run.first, run.last)]
    run.name = " ".join(
        reading.text[reading.spans[run.first][0] : reading.spans[run.last - 1][1]].split()
    )
    before = reading.keys[run.first - 1] if run.first and _near(reading, run.first) else ""
    joined = " ".join(keys)
    for applies, kind, score in (
        (before in cues.TITLES and len(keys) <= 4, PERSON, _BY_TITLE),
        (joined in cues.PLACES, PLACE, _BY_LIST),
        (joined in cues.ORGANISATIONS, ORGANISATION, _BY_LIST),
        (len(keys) > 1 and _is_dotted(reading, run), ORGANISATION, _BY_SHAPE),
        (
            len(keys) > 1 and any(key in cues.OF_ORGANISATIONS for key in keys),
            ORGANISATION,
            _BY_CUE,
        ),
        (len(keys) > 1 and any(key in cues.OF_EVENTS for key in keys), EVENT, _BY_OTHER),
        (
            len(keys) > 1 and (keys[-1] in cues.OF_PLACES or keys[0] in cues.BEGIN_PLACES),
            PLACE,
            _BY_CUE,
        ),
        (
            len(keys) > 1 and (keys[0] in cues.GIVEN or any(key in cues.NOBLE for key in keys)),
            PERSON,
            _BY_CUE,
        ),
        (_has_initials(printed), PERSON, _BY_CUE),
        (_is_acronym(printed), ORGANISATION, _BY_SHAPE),
        (len(keys) <= 3 and _follows(reading, run, cues.SPEAKS), PERSON, _BY_PLACE),
        (before in cues.AT and not _follows(reading, run, cues.PARTS), PLACE, _BY_PLACE),
        (2 <= len(keys) <= 3 and before != "the", PERSON, _BY_SHAPE),
        (before == "the" and len(keys) > 1, ORGANISATION, _GUESSED),
        (keys[0] in cues.GIVEN, PERSON, _BY_SHAPE),
    ):
        if applies:
            run.kind, run.score = kind, score
            return


def _agree(article: _Article, runs: Sequence[_Run]) -> None:
    """Make an article's names one: a surname is who has it, a word is what it is elsewhere."""
    votes = _votes(article, runs)
    people = _people(article, runs)
    for run in runs:
        keys = article.reading.keys[run.first : run.last]
        joined = " ".join(keys)
        if joined in votes:
            kind, weight = votes[joined].most_common(1)[0]
            if kind != run.kind:
                run.kind, run.score = kind, min(weight / 100, _BY_OTHER)
        full = people.get(joined)
        if full is not None and votes.get(joined, Counter())[PLACE] < 2 * round(_BY_PLACE * 100):
            run.kind, run.score = PERSON, _BY_OTHER
            run.name = full.most_common(1)[0][0]
        elif not run.kind and len(keys) == 1 and article.named[keys[0]] > 1:
            run.kind, run.score = cues.GUESS, _GUESSED


def _votes(article: _Article, runs: Sequence[_Run]) -> dict[str, Counter[str]]:
    """Return by name what it was taken for, as surely as it was."""
    votes: dict[str, Counter[str]] = {}
    for run in runs:
        if run.kind:
            joined = " ".join(article.reading.keys[run.first : run.last])
            votes.setdefault(joined, Counter())[run.kind] += round(run.score * 100)
    return votes


def _people(article: _Article, runs: Sequence[_Run]) -> dict[str, Counter[str]]:
    """Return the full names of people by their surnames, with and without particles."""
    people: dict[str, Counter[str]] = {}
    for run in runs:
        keys = article.reading.keys[run.first : run.last]
        if run.kind != PERSON or len(keys) == 1 or run.score < _BY_SHAPE:
            continue
        people.setdefault(keys[-1], Counter())[run.name] += 1
        if any(key in cues.NOBLE for key in keys):
            people.setdefault(" ".join(keys[1:]), Counter())[run.name] += 1
    return people


def _in_capitals(article: _Article, runs: Sequence[_Run]) -> Iterator[_Run]:
    """Yield names in what is printed in capitals: those of the article, and of the lists."""
    reading = article.reading
    known: dict[str, _Run] = {}
    for run in runs:
        keys = reading.keys[run.first : run.last]
        known.setdefault(" ".join(keys), run)
        if run.kind == PERSON and len(keys) > 1:
            known.setdefault(keys[-1], run)
    number = 0
    while number < len(reading.keys):
        block = article.blocks[number]
        found = _listed(article, number, known) if block in article.shouted else None
        if found is None:
            number += 1
        else:
            yield found
            number = found.last


def _listed(article: _Article, first: int, known: Mapping[str, _Run]) -> _Run | None:
    reading = article.reading
    for last in range(min(first + _MOST_LISTED, len(reading.keys)), first, -1):
        if article.blocks[last - 1] != article.blocks[first]:
            continue
        if any(reading.gaps[at] != _EDGE for at in range(first + 1, last)):
            continue
        if not reading.printed(first)[0].isupper() or not reading.printed(last - 1)[0].isupper():
            continue
        joined = " ".join(reading.keys[first:last])
        run = _Run(first, last, starts_sentence=False, block=article.blocks[first])
        name = " ".join(reading.text[reading.spans[first][0] : reading.spans[last - 1][1]].split())
        if joined in known:
            like = known[joined]
            run.kind, run.score, run.name = like.kind, min(like.score, _BY_OTHER), like.name
            return run
        if joined in cues.PLACES and joined not in cues.NEVER:
            run.kind, run.score, run.name = PLACE, _BY_OTHER, _capitalised(name)
            return run
    return None


def _capitalised(name: str) -> str:
    """Return a name from what is printed in capitals as it is printed elsewhere."""
    return name.title() if name.isupper() and len(name) > _LONGEST_ACRONYM else name


def _found(reading: Reading, run: _Run) -> Found:
    start, end = reading.spans[run.first][0], reading.spans[run.last - 1][1]
    name = run.name
    if run.last - run.first > 1 and _is_dotted(reading, run) and reading.text[end : end + 1] == ".":
        end += 1
        name += "."
    return Found(start, end, run.kind, None, name, run.score)


def _is_dotted(reading: Reading, run: _Run) -> bool:
    """Whether a run is such as U.N."""
    return all(
        len(reading.printed(at)) == 1 and (at == run.first or reading.between(at) == ".")
        for at in range(run.first, run.last)
    )


def _near(reading: Reading, number: int) -> bool:
    """Whether nothing but a space or a title's full stop stands before a word."""
    return reading.between(number) in {" ", ". ", "\u00a0", "-"}


def _follows(reading: Reading, run: _Run, words: frozenset[str]) -> bool:
    """Whether one of some words follows a run."""
    return (
        run.last < len(reading.keys)
        and reading.between(run.last) in {" ", ", ", "\u00a0"}
        and reading.keys[run.last] in words
    )


def _has_initials(printed: Sequence[str]) -> bool:
    """Whether words are such as J. F. Kennedy."""
    return (
        len(printed) > 1
        and any(len(word) == 1 for word in printed[:-1])
        and len(printed[-1]) > 1
        and not printed[-1].isupper()
    )


def _is_acronym(printed: Sequence[str]) -> bool:
    return len(printed) == 1 and len(printed[0]) > 1 and printed[0].isupper()
