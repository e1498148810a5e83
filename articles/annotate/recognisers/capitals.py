"""Names by their capitals: words that begin with one, and what stands around them.

Pure, and without a list of the world's names: what kind of name it is follows from titles before it
(Mr, President), words in it (Bank, University, River), words around it (said, in, at), from a short
list of countries and given names, and from the other places of the article where it stands. A
surname alone is taken for the person whose full name the article has.

Made for English; other languages in scripts with capitals get what needs no English words. German,
which writes all nouns so, gets full names after titles alone.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from articles.annotate.recognisers import Found, StoredBlock, cues
from articles.annotate.recognisers.capital_runs import Run, Words, about, follows, is_name, runs
from articles.annotate.spreading.text_words import EDGE, Reading, read

NAME = "capitals"

PERSON, ORGANISATION, PLACE, EVENT = "person", "organisation", "place", "event"
# How sure each way of telling is, as measured on the texts it was tuned on: docs/suggestions.md.
_BY_TITLE, _BY_CUE, _BY_LIST, _BY_OTHER = 0.9, 0.85, 0.85, 0.8
_BY_PLACE, _BY_SHAPE, _GUESSED = 0.7, 0.6, 0.4

# Languages that write all nouns with capitals.
_NOUNS_IN_CAPITALS = frozenset({"de", "lb"})
_MOST_LISTED = 4
_LONGEST_ACRONYM = 4


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
        article = about(reading, blocks)
        likely = [run for run in runs(article) if is_name(article, run)]
        for run in likely:
            _classify(article, run)
        _agree(article, likely)
        named = [run for run in likely if run.kind]
        yield from (_found(reading, run) for run in named)
        yield from (_found(reading, run) for run in _in_capitals(article, named))


def _classify(article: Words, run: Run) -> None:
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
        (len(keys) <= 3 and follows(reading, run, cues.SPEAKS), PERSON, _BY_PLACE),
        (before in cues.AT and not follows(reading, run, cues.PARTS), PLACE, _BY_PLACE),
        (2 <= len(keys) <= 3 and before != "the", PERSON, _BY_SHAPE),
        (before == "the" and len(keys) > 1, ORGANISATION, _GUESSED),
        (keys[0] in cues.GIVEN, PERSON, _BY_SHAPE),
    ):
        if applies:
            run.kind, run.score = kind, score
            return


def _agree(article: Words, runs: Sequence[Run]) -> None:
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


def _votes(article: Words, runs: Sequence[Run]) -> dict[str, Counter[str]]:
    """Return by name what it was taken for, as surely as it was."""
    votes: dict[str, Counter[str]] = {}
    for run in runs:
        if run.kind:
            joined = " ".join(article.reading.keys[run.first : run.last])
            votes.setdefault(joined, Counter())[run.kind] += round(run.score * 100)
    return votes


def _people(article: Words, runs: Sequence[Run]) -> dict[str, Counter[str]]:
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


def _in_capitals(article: Words, runs: Sequence[Run]) -> Iterator[Run]:
    """Yield names in what is printed in capitals: those of the article, and of the lists."""
    reading = article.reading
    known: dict[str, Run] = {}
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


def _listed(article: Words, first: int, known: Mapping[str, Run]) -> Run | None:
    reading = article.reading
    for last in range(min(first + _MOST_LISTED, len(reading.keys)), first, -1):
        if article.blocks[last - 1] != article.blocks[first]:
            continue
        if any(reading.gaps[at] != EDGE for at in range(first + 1, last)):
            continue
        if not reading.printed(first)[0].isupper() or not reading.printed(last - 1)[0].isupper():
            continue
        joined = " ".join(reading.keys[first:last])
        run = Run(first, last, starts_sentence=False, block=article.blocks[first])
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


def _found(reading: Reading, run: Run) -> Found:
    start, end = reading.spans[run.first][0], reading.spans[run.last - 1][1]
    name = run.name
    if run.last - run.first > 1 and _is_dotted(reading, run) and reading.text[end : end + 1] == ".":
        end += 1
        name += "."
    return Found(start, end, run.kind, None, name, run.score)


def _is_dotted(reading: Reading, run: Run) -> bool:
    """Whether a run is such as U.N."""
    return all(
        len(reading.printed(at)) == 1 and (at == run.first or reading.between(at) == ".")
        for at in range(run.first, run.last)
    )


def _near(reading: Reading, number: int) -> bool:
    """Whether nothing but a space or a title's full stop stands before a word."""
    return reading.between(number) in {" ", ". ", "\u00a0", "-"}


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
