"""What a line of a capture is by the lines next to it, where it alone is read otherwise."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from articles.formats.captures.headers import Header
from articles.formats.captures.labels import Label, Labelled
from articles.reading import captions, names

_MOST_RELATED = 10
_RELATED_WORDS = 20
# "Related", "Most viewed in World", "À lire aussi": alone on its line, with a list of titles below.
_HEADS_LIST = re.compile(
    r"related|(?:related|more|other|top|latest|recommended) (?:stories|articles|news|links)|"
    r"most (?:read|popular|viewed|shared|commented)\b.*|editors?['’]?s? picks?|"
    r"you (?:may|might) also like|(?:read|see) (?:also|more)|more (?:on|from|about) .*|"
    r"(?:à|a) (?:lire|voir) (?:aussi|également)|lire aussi|sur le même sujet|articles? liés|"
    r"les plus lus|lea también|te puede interesar|noticias relacionadas|(?:lo )?más leíd[oa]s?|"
    r"lo más visto|leia (?:também|mais)|mais lidas|notícias relacionadas|lesen sie auch|"
    r"mehr zum thema|meistgelesen|leggi anche|i più letti|lees ook|читайте также|по теме|"
    r"ilgili haberler|اقرأ (?:أيضا|أيضًا|أيضاً|المزيد)|مواضيع ذات صلة|أخبار ذات صلة|الأكثر قراءة|"
    r"相关新闻|延伸阅读|関連記事",
    re.IGNORECASE,
)
_PICTURE = re.compile(
    r"(?:photo|photograph|picture|image|foto|fotografía|fotografia|bild|фото|تصوير|الصورة)s?"
    r"(?:\s+(?:credit|by|courtesy))?\s?[:：]",
    re.IGNORECASE,
)
_LONGEST_CAPTION = 40
_HEADLINE_WORDS = 4
_NAME_WORDS = range(2, 5)
_NOTE_TITLE_WORDS = 12
_STOPS = (".", "!", "?", "。", "؟", ")", "]")
_WORD = re.compile(r"[^\W\d_]+")


def relabel(lines: Sequence[Labelled]) -> list[Labelled]:
    """Return the lines with the labels that their neighbours give them."""
    done = list(lines)
    for rule in (_related_lists, _picture_credits, _corrections, _names_below_headlines):
        rule(done)
    return done


def _related_lists(lines: list[Labelled]) -> None:
    """Drop the titles that stand right below "Related" or "Most read"."""
    for at, line in enumerate(lines):
        if line.label is not Label.JUNK or not _HEADS_LIST.fullmatch(line.line.bare.strip(" :：")):
            continue
        below = _run(lines, at + 1, _is_related)
        # Titles that go on without end are an index, or a page that is nothing else.
        if len(below) <= _MOST_RELATED:
            for place in below:
                lines[place] = replace(lines[place], label=Label.JUNK, reason="promotion")


def _is_related(line: Labelled) -> bool:
    return (
        line.label in {Label.TITLE, Label.POINT}
        and not line.line.gap
        and line.words <= _RELATED_WORDS
    )


def _run(lines: Sequence[Labelled], start: int, wanted: Callable[[Labelled], bool]) -> range:
    end = start
    while end < len(lines) and wanted(lines[end]):
        end += 1
    return range(start, end)


def _picture_credits(lines: list[Labelled]) -> None:
    """Read "Picture: Jane Doe" below a short line as that caption's credit, not as the byline."""
    for at in range(1, len(lines)):
        line, above = lines[at], lines[at - 1]
        if line.line.gap or not _PICTURE.match(line.text):
            continue
        bylines_alone = bool(line.headers) and all(h.field == "byline" for h in line.headers)
        if (
            not (bylines_alone or line.label is Label.CAPTION)
            or captions.split_credit(line.text).text
        ):
            continue
        if above.label is Label.CAPTION or (
            above.label in {Label.BODY, Label.TITLE}
            and above.line.gap
            and above.words <= _LONGEST_CAPTION
            and not above.dated_place
        ):
            lines[at - 1] = replace(above, label=Label.CAPTION)
            lines[at] = replace(line, label=Label.CAPTION, headers=())


def _corrections(lines: list[Labelled]) -> None:
    """Read "Correction: Harbour" above header lines as a headline, and not as a note."""
    for at, (line, below) in enumerate(pairwise(lines)):
        if line.is_text:
            return  # what follows a story is a note on it
        if (
            line.label is Label.NOTE
            and below.label is Label.HEADER
            and line.words <= _NOTE_TITLE_WORDS
            and not line.text.endswith(_STOPS)
        ):
            lines[at] = replace(line, label=Label.TITLE)


def _names_below_headlines(lines: list[Labelled]) -> None:
    """Read a bare name between headline and header lines as the byline.

    A second heading there looks alike; but the story speaks of what its headings say, and not of
    its reporter.
    """
    places = [at for at in range(1, len(lines) - 1) if _may_be_signature(lines, at)]
    if not places:
        return
    said = {
        word
        for line in lines
        if line.label in {Label.BODY, Label.QUOTE, Label.POINT}
        for word in _WORD.findall(line.text.casefold())
    }
    for at in places:
        line = lines[at]
        if said.isdisjoint(_WORD.findall(line.text.casefold())):
            header = Header("byline", line.text, line.text, "name below the headline")
            lines[at] = replace(line, label=Label.HEADER, headers=(header,))


def _may_be_signature(lines: Sequence[Labelled], at: int) -> bool:
    line, above, below = lines[at], lines[at - 1], lines[at + 1]
    if line.label is not Label.TITLE or above.label is not Label.TITLE:
        return False
    if above.words < _HEADLINE_WORDS or below.label is not Label.HEADER or below.line.gap:
        return False
    if not any(header.field in {"published", "source"} for header in below.headers):
        return False
    return (
        len(line.text.split()) in _NAME_WORDS
        and names.as_person(line.text, alone_will_do=False) is not None
    )
