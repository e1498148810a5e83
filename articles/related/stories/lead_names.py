"""The names that a story is about: those that the most of its texts have.

Found by their capitals alone: what people tagged is not looked at, so that blind work stays blind.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from articles.annotate.recognisers.capitals import Capitals
from articles.models import Version
from articles.models.folding import fold
from articles.models.lookups import any_id
from articles.related.stories.story_whole import Whole
from articles.text import BlockKind

# So many articles are read for names: one of each text first, then others that ran it.
ARTICLES_READ = 40
NAMES = 14
# Of what was found so many are looked for where they were not.
_LOOKED_FOR = 5 * NAMES
# Surely a name, though one text alone has it.
_SURE = 0.6
# Numbers that begin a sentence have a capital too.
_NUMBERS = frozenset({
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "dozens", "scores", "hundreds", "thousands", "millions", "billions",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """A name that texts of a story have, and in how many different ones of those read."""

    name: str
    texts: int


@dataclass(slots=True)
class _Candidate:
    """What may be a name: how it is printed, and by text where it was found."""

    printed: Counter[str] = field(default_factory=Counter)
    texts: set[int] = field(default_factory=set)
    headlines: set[int] = field(default_factory=set)
    mentions: int = 0
    score: float = 0.0

    @property
    def name(self) -> str:
        """As it is printed most; of one printed in capitals too, the form with small letters."""
        return max(self.printed, key=lambda name: (not name.isupper(), self.printed[name], name))

    @property
    def is_one(self) -> bool:
        """Whether it is a name: surely, or a guess that several texts or a headline bear out."""
        return self.score >= _SURE or len(self.texts) > 1 or bool(self.headlines)

    @property
    def rank(self) -> tuple[int, int, int, str]:
        """What puts first what the most texts have, then what headlines say, then by mentions."""
        return -len(self.texts), -len(self.headlines), -self.mentions, self.name


def lead_names(told: Whole) -> list[Name]:
    """Return the names that the most texts of a story have; none where texts may not be read."""
    if not told.is_readable:
        return []
    candidates: dict[str, _Candidate] = {}
    texts: list[tuple[int, str]] = []
    for text, language, version in _read(told):
        texts.append((text, version.text))
        _find(candidates, text, language, version)
    kept = [each for each in candidates.values() if each.is_one]
    likely = sorted(kept, key=lambda each: each.rank)[:_LOOKED_FOR]
    for each in likely:
        _look_for(each, texts)
    named = _folded(likely)
    return [Name(each.name, len(each.texts)) for each in named[:NAMES]]


def _read(told: Whole) -> Iterator[tuple[int, str | None, Version]]:
    """Yield texts to read: the number of the text, its language and its version."""
    turns = zip_longest(*(text.articles[:ARTICLES_READ] for text in told.texts[:ARTICLES_READ]))
    rows = [(number, row) for turn in turns for number, row in enumerate(turn) if row is not None][
        :ARTICLES_READ
    ]
    wanted = any_id("id", [row.version_id or 0 for _, row in rows])
    versions: Mapping[int, Version] = (
        Version.objects.filter(wanted).only("text", "blocks").in_bulk()
    )
    for number, row in rows:
        version = versions.get(row.version_id or 0)
        if version is not None:
            yield number, row.language, version


def _find(
    candidates: dict[str, _Candidate], text: int, language: str | None, version: Version
) -> None:
    """Add the names of one text to those found in others."""
    heads = [(b[1], b[2]) for b in version.blocks if b[0] == BlockKind.HEADLINE]
    for found in Capitals().find(version.text, version.blocks, language):
        key = fold(found.name)
        if key in _NUMBERS:
            continue
        each = candidates.setdefault(key, _Candidate())
        each.printed[found.name] += 1
        each.texts.add(text)
        each.mentions += 1
        each.score = max(each.score, found.score)
        if any(int(start) <= found.start < int(end) for start, end in heads):
            each.headlines.add(text)


def _look_for(each: _Candidate, texts: Sequence[tuple[int, str]]) -> None:
    """Add the texts in which a name stands though nothing there showed that it is one."""
    name = each.name
    forms = (name, name.upper())
    for number, text in texts:
        if number not in each.texts and any(
            form in text and re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text) for form in forms
        ):
            each.texts.add(number)


def _folded(names: Sequence[_Candidate]) -> list[_Candidate]:
    """Return names without those within others: Board of Trade, and British Board of Trade.

    What more texts have stands: by that the story is known. Where both are in as many, the longer
    one: it says more.
    """
    found: list[_Candidate] = []
    for each in sorted(names, key=lambda one: (-len(one.texts), -len(one.name))):
        if not any(_is_within(each.name, one.name) for one in found):
            found.append(each)
    return sorted(found, key=lambda one: one.rank)


def _is_within(one: str, other: str) -> bool:
    """Whether one of two names is some words of the other."""
    first, second = f" {fold(one)} ", f" {fold(other)} "
    return first in second or second in first
