"""What each line of an article is in it: which heading is the headline, which point a key point."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from articles.formats.captures.header_words import is_section
from articles.formats.captures.labels import Label, Labelled, is_standfirst
from articles.formats.captures.repeats import find_repeats

_KICKER_WORDS = 3
_STANDFIRST_WORDS = 5
_LONGEST_CROSSHEAD = 12
_LONGEST_KICKER_CHARACTERS = 40
_OPENS_SPEECH = '“„«»‹"‘「『–—'
# Words that someone in the story says, set over what follows; a sentence would have its stop.
_QUOTED = re.compile(
    r"[“„«‹\"‘「『]\s?[^“”„«»\"「」]*[^.!?…,;:。！？“”„«»\"「」\s]\s?[”“»›\"’」』]"
)
_LONGEST_QUOTED = 5
_GOES_ON = ",，、،"


class Role(Enum):
    """What becomes of a line. Every line has exactly one role, so that none is lost."""

    HEADLINE = auto()
    STANDFIRST = auto()
    KEY_POINT = auto()
    SECTION = auto()
    PARAGRAPH = auto()
    CROSSHEAD = auto()
    LIST_ITEM = auto()
    QUOTATION = auto()
    CAPTION = auto()
    NOTE = auto()
    RIGHTS = auto()
    HEADER = auto()
    CREDIT = auto()
    DROPPED = auto()


@dataclass(frozen=True, slots=True)
class Placed:
    """A line with its role; ``reason`` says why it is dropped, ``rule`` why it is the headline."""

    line: Labelled
    role: Role
    reason: str = ""
    rule: str = ""


_BY_LABEL = {
    Label.QUOTE: Role.QUOTATION,
    Label.CAPTION: Role.CAPTION,
    Label.NOTE: Role.NOTE,
    Label.RIGHTS: Role.RIGHTS,
    Label.HEADER: Role.HEADER,
    Label.CREDIT: Role.CREDIT,
    Label.BODY: Role.PARAGRAPH,
}
_DROPPED = {Label.POINTS_LABEL: "label", Label.BREAK: "separator"}


def place(lines: Sequence[Labelled]) -> list[Placed]:
    """Return the lines of one article with their roles."""
    repeats = find_repeats(lines)
    fresh = [at for at in range(len(lines)) if at not in repeats]
    plan = _Plan(lines, fresh, {repeats[at] for at in repeats})
    return [
        Placed(line, Role.DROPPED, "repeat") if at in repeats else plan.role(at)
        for at, line in enumerate(lines)
    ]


class _Plan:
    """The shape of one article: where its body stands, and its headings above, amid and below."""

    def __init__(
        self, lines: Sequence[Labelled], fresh: Sequence[int], said_twice: set[int]
    ) -> None:
        self._lines = lines
        self._fresh = fresh
        body = [at for at in fresh if lines[at].is_text]
        self._standfirst = self._sentence_above_headers(body)
        if self._standfirst is not None:
            body.remove(self._standfirst)
        end = len(lines)
        self._top, self._bottom = (body[0], body[-1]) if body else (end, end)
        titles = [at for at in fresh if lines[at].label is Label.TITLE]
        self._above = [at for at in titles if at < self._top]
        self._below = [at for at in titles if at > self._bottom]
        self._headline, self._rule = self._choose(said_twice, body)

    def _choose(self, said_twice: set[int], body: Sequence[int]) -> tuple[int | None, str]:
        """Return the headline's index and the rule that found it."""
        labelled = any(
            header.field == "headline" for at in self._fresh for header in self._lines[at].headers
        )
        if labelled:
            return None, ""
        for headings, rule in (
            (self._above, "heading above the body"),
            (self._below, "heading below the body"),
        ):
            if headings:
                return self._most_like_headline(headings, said_twice), rule
        if body and self._is_endless(body[0]):
            return body[0], "first line, without a full stop"
        return None, ""

    def _is_endless(self, at: int) -> bool:
        """Whether the first line is too long for a heading, but has no full stop anywhere."""
        text = self._lines[at].text
        return (
            not self._lines[at].mark
            and not self._lines[at].dated_place
            and not any(stop in text for stop in ".。!?！？؟।")
            and len(text.split()) > 1
        )

    def _most_like_headline(self, headings: Sequence[int], said_twice: set[int]) -> int:
        for at in headings:
            if at in said_twice:
                return at
        for at in headings:
            if self._lines[at].words > _KICKER_WORDS:
                return at
        # "CORRECTIONS", then "Correction: Harbour": a section is not what a story is called.
        named = (at for at in headings if not is_section(self._lines[at].text))
        return next(named, headings[0])

    def _sentence_above_headers(self, body: Sequence[int]) -> int | None:
        """Return the one sentence between a heading and the header lines: the standfirst."""
        if len(body) < 2:
            return None
        first, second = body[0], body[1]
        heads = [self._lines[at] for at in self._fresh if at < first]
        if (
            any(line.label is Label.HEADER for line in heads)
            and not self._lines[second].dated_place
        ):
            return None
        between = [self._lines[at] for at in self._fresh if first < at < second]
        titled = any(line.label is Label.TITLE for line in heads)
        if titled and is_standfirst(self._lines[first], between, self._lines[second]):
            return first
        return None

    def role(self, at: int) -> Placed:
        """Return the role of a line that repeats none."""
        line = self._lines[at]
        if at == self._headline:
            return Placed(line, Role.HEADLINE, rule=self._rule)
        if at == self._standfirst:
            return Placed(line, Role.STANDFIRST)
        if line.label is Label.TITLE:
            return self._heading(at)
        if line.label is Label.POINT:
            return Placed(line, Role.KEY_POINT if self._is_key_point(at) else Role.LIST_ITEM)
        if line.label is Label.JUNK:
            return Placed(line, Role.DROPPED, line.reason)
        if line.label in _DROPPED:
            return Placed(line, Role.DROPPED, _DROPPED[line.label])
        return Placed(line, _BY_LABEL[line.label])

    def _heading(self, at: int) -> Placed:
        line = self._lines[at]
        if self._top < at < self._bottom:
            return Placed(line, Role.CROSSHEAD if _is_crosshead(line) else Role.PARAGRAPH)
        beside = self._above if at < self._top else self._below
        below_headline = self._headline is None or at > self._headline
        if self._headline in beside and not below_headline and line.words <= _KICKER_WORDS:
            if len(line.text) <= _LONGEST_KICKER_CHARACTERS and line is self._kicker():
                return Placed(line, Role.SECTION)
            return Placed(line, Role.DROPPED, "not understood")
        if at > self._bottom and self._headline not in beside:
            # The text goes on, or was cut in a sentence.
            long = line.words > _STANDFIRST_WORDS
            return (
                Placed(line, Role.PARAGRAPH)
                if long
                else Placed(line, Role.DROPPED, "not understood")
            )
        if line.words >= _STANDFIRST_WORDS:
            return Placed(line, Role.STANDFIRST)
        return Placed(line, Role.DROPPED, "not understood")

    def _kicker(self) -> Labelled | None:
        """Return the heading right above the headline."""
        if self._headline is None:
            return None
        earlier = [at for at in (*self._above, *self._below) if at < self._headline]
        return self._lines[earlier[-1]] if earlier else None

    def _is_key_point(self, at: int) -> bool:
        """Whether a point belongs to the head: above the body, or below it under a heading."""
        if self._top == len(self._lines):
            return self._headline is not None
        if at < self._top:
            return True
        head = {Label.POINTS_LABEL} if at < self._bottom else {Label.TITLE, Label.POINTS_LABEL}
        above = at - 1
        while above >= 0 and self._lines[above].label in {Label.POINT, Label.HEADER}:
            above -= 1
        return above >= 0 and self._lines[above].label in head


def _is_crosshead(line: Labelled) -> bool:
    text = line.text
    if line.words <= _LONGEST_QUOTED and _QUOTED.fullmatch(text):
        return True
    return (
        line.words <= _LONGEST_CROSSHEAD
        and text[0] not in _OPENS_SPEECH
        and text[-1] not in _GOES_ON
    )
