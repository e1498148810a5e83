"""What papers make of agency copy, with what is known of it: edits over real or given text.

Stories are taken from a folder (see :func:`stories`) and run by outlets: reprinted, edited, edited
heavily, cut to a brief, quoted in a story of their own. Every outlet adds its own lines to each
article. Each word knows which word of which story it was, so that for every two articles it is
known what they share, whatever anyone finds. All follows from the seed.
"""

import argparse
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations, pairwise
from pathlib import Path
from typing import NamedTuple

TUNING, REPORTING = "tuning", "reporting"
LONG = 300  # words of a story that is worth cutting
OUTLETS = 40
DAYS = 400


class Word(NamedTuple):
    """A word as printed, and which word of which story it was; -1 for an outlet's own."""

    printed: str
    story: int = -1
    number: int = -1


type Paragraphs = list[list[Word]]


class Edit(StrEnum):
    """What an outlet made of a story, and what it thereby is to it."""

    ORIGINAL = "original"
    REPRINT = "same_text"
    EDITED = "edited_version"
    HEAVY = "edited_version, heavily"
    BRIEF = "excerpt"
    QUOTE = "quoted_passage"
    UNRELATED = "unrelated"

    @property
    def kind(self) -> str:
        """What it is to the story it was made of."""
        return self.split(",")[0]


@dataclass(slots=True)
class Copy:
    """An article: whose, on which day, of which story, and its words by paragraph."""

    outlet: int
    day: int
    edit: Edit
    story: int
    headline: str
    paragraphs: Paragraphs
    own: list[str] = field(default_factory=list)

    @property
    def body(self) -> list[str]:
        """The paragraphs as printed, the outlet's own lines after them."""
        told = [" ".join(word.printed for word in each) for each in self.paragraphs if each]
        return [*told, *self.own]

    @property
    def text(self) -> str:
        """The body as one text."""
        return "\n\n".join(self.body)


@dataclass(frozen=True, slots=True)
class Shared:
    """What two articles truly share: words, the longest run, shares of the first and second."""

    words: int
    longest: int
    first_share: float
    second_share: float


# Britain's and America's spelling of words that news is full of: of no use to what is measured but
# to be different. Written down apart from the tables of articles.related.
_SPELLINGS = """
    labour/labor centre/center defence/defense programme/program
    organisation/organization organisations/organizations realise/realize realised/realized
    recognised/recognized criticised/criticized criticise/criticize neighbouring/neighboring
    favour/favor favourite/favorite honour/honor behaviour/behavior harbour/harbor
    travelled/traveled travelling/traveling cancelled/canceled theatre/theater metres/meters
    kilometres/kilometers licence/license offence/offense apologised/apologized
    emphasised/emphasized privatisation/privatization analyse/analyze analysts/analysts
    cheque/check tyre/tire grey/gray aluminium/aluminum plough/plow jewellery/jewelry
    catalogue/catalog dialogue/dialog fulfil/fulfill skilful/skillful colour/color
    colours/colors rumours/rumors authorised/authorized authorities/authorities
    prioritise/prioritize specialised/specialized summarised/summarized utilise/utilize
    publicised/publicized minimise/minimize maximise/maximize modernise/modernize
    finalised/finalized stabilise/stabilize subsidised/subsidized liberalisation/liberalization
    globalisation/globalization nationalised/nationalized mobilised/mobilized
    per-cent/percent sceptical/skeptical endeavour/endeavor humour/humor rivalled/rivaled
    labelled/labeled fuelled/fueled signalled/signaled counsellor/counselor judgement/judgment
    paediatric/pediatric manoeuvre/maneuver pretence/pretense litre/liter litres/liters
    fibre/fiber sombre/somber spectre/specter meagre/meager ageing/aging
"""
SPELLINGS = dict(pair.split("/") for pair in _SPELLINGS.split())
AMERICAN = {one: other for one, other in SPELLINGS.items() if one != other}
BRITISH = {other: one for one, other in AMERICAN.items() if other not in {"check", "tire"}}

# An outlet's lines below every article of its: sentences of the kind, several outlets have some
# alike, as syndicates and one publisher's titles do.
LINES = """
Follow {outlet} for the latest from home and abroad, and sign up for our morning letter to have
  the day's stories delivered to your inbox before breakfast.
Copyright {outlet}. All rights reserved. This material may not be published, broadcast, rewritten
  or redistributed in whole or part without the express permission of the publisher.
{outlet} is a member of the press council and abides by its code of practice. If you think that
  this article is wrong, write to our readers' editor, who answers every letter.
Have you seen something that should be in the paper? Call our newsroom at any hour, or send a
  picture with your name and where it was taken to the desk of {outlet}.
Support independent reporting in your town. For less than a cup of coffee each week you can read
  every story of {outlet} on any device, and cancel at any time.
The opinions of our columnists are their own and do not necessarily reflect those of {outlet} or
  of its owners, and nothing here is advice on investments of any kind.
Prices and tables on this page are supplied by our partners with a delay of at least fifteen
  minutes and are for information only; {outlet} does not answer for errors in them.
Readers may comment below until midnight. Comments are read by our moderators before they appear,
  and {outlet} may shorten them or leave them out without giving a reason.
"""
_NAMES = (
    "Herald", "Courier", "Gazette", "Tribune", "Observer", "Chronicle", "Mercury", "Argus",
    "Sentinel", "Examiner", "Dispatch", "Leader", "Record", "Post", "Advertiser", "Echo",
)  # fmt: skip
_TOWNS = ("Harbour", "Northern", "Valley", "Island", "Southern", "Capital", "County")


def _lines() -> list[str]:
    return [line.replace("\n  ", " ") for line in re.split(r"\n(?! )", LINES.strip())]


def footer() -> list[str]:
    """Return one footer, of two sentences."""
    return [line.format(outlet="our papers") for line in _lines()[:2]]


def stories(folder: Path) -> list[tuple[str, list[str]]]:
    """Return headlines and paragraphs of a folder's ``*.txt`` and ``*.sgm`` (Reuters-21578).

    A text file is a headline, then paragraphs, with blank lines between.
    """
    found = []
    for path in sorted(folder.rglob("*.txt")):
        parts = path.read_text("utf-8", "replace").strip().split("\n")
        lines = [" ".join(part.split()) for part in parts if part.strip()]
        if len(lines) > 2:
            found.append((lines[0], lines[1:]))
    for path in sorted(folder.rglob("*.sgm")):
        found += _reuters(path.read_text("latin-1"))
    return found


def _reuters(text: str) -> Iterator[tuple[str, list[str]]]:
    for told in re.findall(r"<TEXT>(.*?)</TEXT>", text, re.DOTALL):
        title = re.search(r"<TITLE>(.*?)</TITLE>", told, re.DOTALL)
        body = re.search(r"<BODY>(.*?)</BODY>", told, re.DOTALL)
        if not title or not body:
            continue
        plain = re.sub(r"&#\d+;", "", body[1]).replace("&lt;", "<")
        plain = re.sub(r"\bReuter\s*$", "", plain.strip(), flags=re.IGNORECASE)
        paragraphs = [" ".join(part.split()) for part in re.split(r"\n {4}", plain)]
        yield title[1].strip(), [part for part in paragraphs if part]


def distinct(found: Sequence[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    """Leave out what shares a run of eight words with an earlier one: real reprints and footers.

    What two of these share would be found rightly, and counted wrong.
    """
    seen: set[str] = set()
    kept = []
    for headline, paragraphs in found:
        words = re.findall(r"\w+", " ".join(paragraphs).lower())
        runs = {" ".join(words[at : at + 8]) for at in range(len(words) - 7)}
        if len(words) >= 80 and not runs & seen:
            kept.append((headline, paragraphs))
        seen |= runs
    return kept


class Wire:
    """Makes copies of stories, from a seed."""

    def __init__(self, found: Sequence[tuple[str, list[str]]], seed: str) -> None:
        self.chance = random.Random(f"wire copy, {seed}")  # noqa: S311 -- repeatable, not secret
        self.stories = list(found)
        self.chance.shuffle(self.stories)
        self.outlets = [
            f"{town} {name}" for name in _NAMES for town in _TOWNS
        ][:OUTLETS]  # fmt: skip
        self.lines = [
            [line.format(outlet=name) for line in self.chance.sample(_lines(), 2)]
            for name in self.outlets
        ]

    def words(self, story: int) -> Paragraphs:
        """Return a story's paragraphs, each word knowing its place."""
        number, made = 0, []
        for paragraph in self.stories[story][1]:
            printed = paragraph.split()
            made.append([Word(word, story, number + at) for at, word in enumerate(printed)])
            number += len(printed)
        return made

    def copy(self, edit: Edit, story: int, day: int, *, within: int | None = None) -> Copy:
        """Return an article made of a story; a quotation stands ``within`` another."""
        outlet = self.chance.randrange(len(self.outlets))
        told = self.words(story)
        if edit is Edit.REPRINT:
            told = self.respelt(self.reworded(told, 0.05, 1))
        elif edit is Edit.EDITED:
            told = self.respelt(self.reworded(self.moved(self.cut(told, 0.45, 0.75)), 0.25, 2))
            told = self.added(told, within, 0.15)
        elif edit is Edit.HEAVY:
            told = self.reworded(self.moved(self.moved(self.cut(told, 0.42, 0.6))), 0.55, 3)
            told = self.respelt(self.added(told, within, 0.3))
        elif edit is Edit.BRIEF:
            told = self.respelt(self.brief(told))
        elif edit is Edit.QUOTE and within is not None:
            quoted = self.passage(told, self.chance.randint(50, 110))
            told = self.words(within)
            told.insert(self.chance.randint(1, len(told)), quoted)
        return Copy(
            outlet, day, edit, story, self.stories[story][0], told, list(self.lines[outlet])
        )

    def cut(self, told: Paragraphs, least: float, most: float) -> Paragraphs:
        """Leave out paragraphs, rather of the end, down to a share of the words."""
        told = list(told)
        wanted = sum(map(len, told)) * self.chance.uniform(least, most)
        while len(told) > 1 and sum(map(len, told)) > wanted:
            at = max(self.chance.randrange(len(told)), self.chance.randrange(len(told)))
            left = sum(map(len, told)) - len(told[at])
            if left < wanted * 0.9:
                told[at] = told[at][: max(len(told[at]) - int(left + len(told[at]) - wanted), 8)]
                break
            del told[at]
        return told

    def brief(self, told: Paragraphs) -> Paragraphs:
        """Return the first words, less than a fifth of all, whole paragraphs where that does."""
        most = min(sum(map(len, told)) * 18 // 100, 120)
        words = [word for paragraph in told for word in paragraph]
        return [words[: max(most, 50)]]

    def passage(self, told: Paragraphs, length: int) -> list[Word]:
        """Return so many words in a row."""
        words = [word for paragraph in told for word in paragraph]
        start = self.chance.randrange(max(len(words) - length, 1))
        return words[start : start + length]

    def moved(self, told: Paragraphs) -> Paragraphs:
        """Move a paragraph, in three cases of ten."""
        told = list(told)
        if len(told) > 2 and self.chance.random() < 0.3:
            told.insert(self.chance.randrange(len(told)), told.pop())
        return told

    def added(self, told: Paragraphs, within: int | None, share: float) -> Paragraphs:
        """Add a paragraph or two of the outlet's own, up to a share of the words."""
        told = list(told)
        if within is not None and self.chance.random() < 0.7:
            room = int(sum(map(len, told)) * share)
            told.insert(self.chance.randint(0, len(told)), self.passage(self.words(within), room))
        return told

    def reworded(self, told: Paragraphs, share: float, most: int) -> Paragraphs:
        """Reword in a share of the sentences: up to ``most`` places each, of one to three words."""
        made = []
        for paragraph in told:
            out: list[Word] = []
            for sentence in _sentences(paragraph):
                words = list(sentence)
                if self.chance.random() < share:
                    for _ in range(self.chance.randint(1, most)):
                        at = self.chance.randrange(len(words) or 1)
                        new = [Word(self.word()) for _ in range(self.chance.randint(0, 2))]
                        words[at : at + self.chance.randint(0, 3)] = new
                out += words
            made.append(out)
        return made

    def word(self) -> str:
        """Return a word of any story."""
        paragraph = self.chance.choice(self.chance.choice(self.stories)[1]).split()
        return self.chance.choice(paragraph)

    def respelt(self, told: Paragraphs) -> Paragraphs:
        """Spell as Britain or America does, or leave it; set typographic quotation marks."""
        table = self.chance.choice((AMERICAN, BRITISH, {}))
        curly = self.chance.random() < 0.5

        def printed(word: Word) -> Word:
            bare = word.printed.strip(".,;:!?\"'()")
            new = word.printed.replace(bare, table[bare]) if bare in table else word.printed
            return word._replace(printed=new.replace("'", "’") if curly else new)

        return [[printed(word) for word in paragraph] for paragraph in told]


def _sentences(words: list[Word]) -> Iterator[list[Word]]:
    start = 0
    for at, word in enumerate(words, 1):
        if word.printed[-1:] in ".?!" or at == len(words):
            yield words[start:at]
            start = at


def wire(found: Sequence[tuple[str, list[str]]], seed: str, *, families: int = 0) -> list[Copy]:
    """Return what outlets ran: stories with their copies, and others that nobody copied.

    Half of the stories that are long enough are copied, most by few outlets, one in ten by up to
    thirty; ``families`` bounds how many.
    """
    maker = Wire(found, seed)
    lengths = [len(" ".join(paragraphs).split()) for _, paragraphs in maker.stories]
    long = [number for number, length in enumerate(lengths) if length >= LONG]
    copied = set(long[: min(len(long) // 2, families or len(long))])
    alone = iter([number for number in range(len(maker.stories)) if number not in copied])
    made = []
    kinds = (Edit.REPRINT, Edit.EDITED, Edit.HEAVY, Edit.BRIEF, Edit.QUOTE)
    for story in sorted(copied):
        day = maker.chance.randrange(DAYS)
        count = maker.chance.choice((1, 1, 2, 2, 3, 4, 5, 6, 8, maker.chance.randint(10, 30)))
        made.append(maker.copy(Edit.ORIGINAL, story, day))
        for _ in range(count):
            edit = maker.chance.choice(kinds)
            within = None if edit in {Edit.REPRINT, Edit.BRIEF} else next(alone, None)
            if edit is Edit.QUOTE and within is None:
                edit = Edit.REPRINT
            made.append(maker.copy(edit, story, day + maker.chance.randint(0, 2), within=within))
    made += [maker.copy(Edit.UNRELATED, story, maker.chance.randrange(DAYS)) for story in alone]
    maker.chance.shuffle(made)
    return made


def shared(one: Copy, other: Copy) -> Shared:
    """Return what two articles truly share of one story, their outlets' own lines not counted."""
    sides = [
        [(word.story, word.number) for each in copy.paragraphs for word in each]
        for copy in (one, other)
    ]
    places = {word: at for at, word in enumerate(sides[1]) if word[1] >= 0}
    both = [(at, places[word]) for at, word in enumerate(sides[0]) if word in places]
    longest, run = min(len(both), 1), 1
    for (at, there), (after, beyond) in pairwise(both):
        run = run + 1 if (after, beyond) == (at + 1, there + 1) else 1
        longest = max(longest, run)
    return Shared(
        len(both), longest, len(both) / max(len(sides[0]), 1), len(both) / max(len(sides[1]), 1)
    )


def truth(copies: Sequence[Copy]) -> dict[tuple[int, int], Shared]:
    """Return, for every two articles by number that share a word of a story, what they share."""
    by_story = defaultdict(set)
    for number, copy in enumerate(copies):
        for paragraph in copy.paragraphs:
            for word in paragraph:
                if word.story >= 0:
                    by_story[word.story].add(number)
    pairs = {pair for numbers in by_story.values() for pair in combinations(sorted(numbers), 2)}
    found = {pair: shared(copies[pair[0]], copies[pair[1]]) for pair in pairs}
    return {pair: each for pair, each in found.items() if each.words}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    usable = distinct(stories(options.folder))
    print(f"{len(usable):,} distinct stories")
    for number, copy in enumerate(wire(usable, TUNING, families=3)[:6]):
        print(f"\n--- {number}: {copy.edit}, {copy.headline}\n{copy.text[:1200]}")
