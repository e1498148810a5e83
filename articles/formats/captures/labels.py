"""What each line of a capture is, from the line itself and the lines next to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from itertools import pairwise

from articles.formats.captures.headers import Header, Outlets, parse
from articles.formats.captures.lines import Line
from articles.formats.captures.words import count, key, stems
from articles.reading import agencies, captions, datelines, junk


class Label(Enum):
    """What a line is. ``TITLE`` is any line that could be a heading: which, splitting decides."""

    BODY = auto()
    TITLE = auto()
    POINT = auto()
    HEADER = auto()
    CREDIT = auto()
    CAPTION = auto()
    NOTE = auto()
    RIGHTS = auto()
    QUOTE = auto()
    POINTS_LABEL = auto()
    JUNK = auto()
    BREAK = auto()


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line with its label.

    ``text`` is the line without bullet, quotation or truncation mark; ``mark`` is the truncation
    mark; ``key`` is equal for lines that say the same; ``stems`` are its telling words.
    """

    line: Line
    label: Label
    text: str
    headers: tuple[Header, ...] = ()
    reason: str = ""
    mark: str = ""
    dated_place: bool = False
    key: str = ""
    stems: frozenset[str] = field(default_factory=frozenset)
    words: int = 0

    @property
    def is_text(self) -> bool:
        """Whether the line is running text of an article."""
        return self.label in {Label.BODY, Label.QUOTE}


_BULLET = re.compile(r"(?:[•●▪◦*·‣►▶–—-]|\d{1,2}[.)])\s+(?=\S)")
# A sentence behind one of these is speech in French, Spanish and Russian.
_SPEECH_DASHES = "–—"
_QUOTE_MARK = re.compile(r"(?:>\s?)+(?=\S)")
_BREAK = re.compile(
    r"[-–—=_*#~•·.\s+]{3,}|[*#]|end|ends|-ends-|\(?ende\)?|fin|30|-30-", re.IGNORECASE
)
_POINTS_LABEL = re.compile(
    r"(?:key (?:points|takeaways|facts)|highlights|in brief|at a glance|story highlights|"
    r"the essentials|summary|les points clés|l'essentiel|à retenir|das wichtigste(?: in kürze)?|"
    r"auf einen blick|puntos clave|claves|lo esencial|in sintesi|punti chiave|destaques|"
    r"pontos principais|em resumo|главное|коротко|要点|要點|ポイント|أبرز النقاط|"
    r"النقاط الرئيسية)\s?[:：]?",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"[(\[*_\s]*(?:(?:editor(?:'s|’s|s['’])?|editorial) note\b|correction\b\s?[:(–—-]|"
    r"clarification\b\s?:|"
    r"(?:this|the) (?:article|story|piece|report|headline|version|post)\b[^.]{0,60}?\b"
    r"(?:was|were|has been|have been) "
    r"(?:amended|corrected|updated|changed|clarified|revised|edited|first published|"
    r"originally published)|"
    r"[^.]{4,200}\bcontributed (?:reporting )?to this (?:report|story|article|piece)\b|"
    r"an earlier version of this|a previous version of this|"
    r"(?:note de la rédaction|ndlr|cet article a été (?:modifié|corrigé|mis à jour)|"
    r"une version précédente de)|(?:anmerkung der redaktion|hinweis der redaktion|"
    r"in einer früheren (?:version|fassung)|dieser (?:artikel|text) wurde)|"
    r"(?:nota (?:de la redacción|del editor|da redação|do editor|della redazione|del redattore)|"
    r"fe de errores|este artículo (?:ha sido|fue)|esta (?:matéria|reportagem) foi|"
    r"questo articolo è stato)|(?:примечание редакции|от редакции|в предыдущей версии)|"
    r"编者按|编辑注|更正|編集部注|ملاحظة المحرر|تصحيح\s?:|تنويه\s?:)",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    r"[(\[]?(?:(?:additional )?(?:reporting|writing|editing|compiled|edited|written) by\b|"
    r"(?:con información|avec|mit material|mit agenturmaterial|com informações|con agenzie)\b)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?:[.。।؟۔…]|[.!?！？]['\"’”»)\]】」』]+|[：:;])['\"’”»)\]】」』\s]*$")
# "U.S." above a headline is a section.
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.){2,4}")
_ASKS = re.compile(r"[!?！？؟]$")
# A heading has so few words; a longer line without a full stop is text that was cut.
_LONGEST_TITLE = 40
_LONGEST_QUESTION = 16
# A short line above a date or a byline is a heading even where it ends with a full stop.
_LONGEST_STOPPED_TITLE = 25
_LONGEST_STANDFIRST = 60
# Labels of lines whose words are compared; a header may hold the headline.
_COMPARED = frozenset({Label.BODY, Label.TITLE, Label.POINT, Label.QUOTE, Label.HEADER})
_HEADS_BODY = frozenset({Label.HEADER, Label.CAPTION})
_MENU_LINES, _MENU_WORDS = 4, 3


def is_standfirst(sentence: Labelled, between: Sequence[Labelled], body: Labelled) -> bool:
    """Whether a sentence below a heading is the standfirst: the body begins visibly after it.

    ``between`` are the lines from it to the next running text, ``body``: header lines or a caption
    among them, or a dateline in the body, say so.
    """
    return (
        not (sentence.dated_place or sentence.mark)
        and sentence.words <= _LONGEST_STANDFIRST
        and (body.dated_place or any(line.label in _HEADS_BODY for line in between))
    )


def label_lines(lines: Sequence[Line], known: Outlets) -> list[Labelled]:
    """Return every line with its label."""
    seen: dict[str, Labelled] = {}  # a large capture says much more than once
    alone: list[Labelled] = []
    for line in lines:
        same = seen.get(line.text)
        if same is None:
            same = seen[line.text] = _label(line, known)
        alone.append(replace(same, line=line) if same.line is not line else same)
    return _menus(_headings_with_stops(_signed_paragraphs(alone)))


def _label(line: Line, known: Outlets) -> Labelled:
    bare = line.bare
    if not bare:
        return Labelled(line, Label.JUNK, "", reason="control characters removed")
    rest, mark = _cut(bare)
    if not rest:
        return Labelled(line, Label.BREAK, "", mark=mark)
    if mark:
        return _telling(Labelled(line, Label.BODY, rest, mark=mark))
    return _telling(_fixed(line, bare) or _by_reading(line, bare, known) or _by_shape(line, bare))


def _cut(text: str) -> tuple[str, str]:
    found = junk.truncation_mark(text)
    return found or (text, "")


def _fixed(line: Line, text: str) -> Labelled | None:
    """Label what is known by its form, whatever it says."""
    if _BREAK.fullmatch(text):
        return Labelled(line, Label.BREAK, text)
    if junk.is_rights_line(text):
        return Labelled(line, Label.RIGHTS, line.text)
    if _NOTE.match(text):
        return Labelled(line, Label.NOTE, line.text)
    if _POINTS_LABEL.fullmatch(text):
        return Labelled(line, Label.POINTS_LABEL, text)
    return None


def _by_reading(line: Line, text: str, known: Outlets) -> Labelled | None:
    """Label what a rule of :mod:`articles.reading` knows."""
    bullet = _BULLET.match(text)
    inner = text[bullet.end() :] if bullet else text
    # "6. April 2010" is a date before it is a sixth point.
    headers = parse(text, known) or (parse(inner, known) if bullet else ())
    if headers:
        label = Label.CREDIT if _closes(headers, inner) else Label.HEADER
        return Labelled(line, label, line.text, headers=headers)
    reason = junk.reason(inner)
    if reason:
        return Labelled(line, Label.JUNK, line.text, reason=reason)
    if captions.looks_like_caption(text):
        return Labelled(line, Label.CAPTION, line.text)
    if bullet and not (bullet[0][0] in _SPEECH_DASHES and _SENTENCE_END.search(inner)):
        return Labelled(line, Label.POINT, text if text[0].isdigit() else inner)
    return None


def _closes(headers: tuple[Header, ...], text: str) -> bool:
    """Whether a byline is of the kind that ends a story: "Reporting by …; Editing by …"."""
    return headers[0].field == "byline" and bool(_CLOSES.match(text))


def _by_shape(line: Line, text: str) -> Labelled:
    mark = _QUOTE_MARK.match(text)
    if mark:
        return Labelled(line, Label.QUOTE, text[mark.end() :])
    split = datelines.split(line.text)
    if split is not None:
        return Labelled(line, Label.BODY, line.text, dated_place=True)
    words = count(text)
    longest = _LONGEST_QUESTION if _ASKS.search(text) else _LONGEST_TITLE
    wordy = any(char.isalpha() for char in text)
    if wordy and words <= longest and (_INITIALS.fullmatch(text) or not _SENTENCE_END.search(text)):
        return Labelled(line, Label.TITLE, line.text)
    return Labelled(line, Label.BODY, line.text)


def _telling(line: Labelled) -> Labelled:
    telling = stems(line.text) if line.label in _COMPARED else frozenset[str]()
    return replace(line, key=key(line.text), stems=telling, words=count(line.text))


def _signed_paragraphs(lines: list[Labelled]) -> list[Labelled]:
    """Make paragraphs of captions that end in an agency alone and have no running text below.

    "… he said. — AFP" ends a story, "… in Paris. (AP)" a caption: their places tell them apart.
    """
    done = list(lines)
    for at, line in enumerate(lines):
        if line.label is Label.CAPTION and at and lines[at - 1].label is Label.BODY:
            follows = at + 1 < len(lines) and lines[at + 1].label is Label.BODY
            credit = captions.split_credit(line.text).credit or ""
            if not follows and agencies.canonical(credit):
                done[at] = replace(line, label=Label.BODY)
    return done


def _headings_with_stops(lines: list[Labelled]) -> list[Labelled]:
    """Make headings of short lines with a full stop that stand right above a date or a byline."""
    done = list(lines)
    for at, (line, below) in enumerate(pairwise(lines)):
        before = lines[at - 1].label if at else Label.BREAK
        if (
            line.label is Label.BODY
            and not (line.dated_place or line.mark)
            and line.words <= _LONGEST_STOPPED_TITLE
            and below.label is Label.HEADER
            and before is not Label.BODY
        ):
            done[at] = replace(line, label=Label.TITLE)
    return done


def _menus(lines: list[Labelled]) -> list[Labelled]:
    """Label runs of many very short lines as navigation."""
    done = list(lines)
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _in_menu(lines[end]):
            end += 1
        if _is_menu(lines[at:end]):
            for place in range(at, end):
                if lines[place].label in {Label.TITLE, Label.POINT}:
                    done[place] = replace(lines[place], label=Label.JUNK, reason="navigation")
        at = max(end, at + 1)
    return done


def _is_menu(run: Sequence[Labelled]) -> bool:
    """Whether very short lines are a menu: many, or some beside lines known as navigation."""
    titles = sum(line.label in {Label.TITLE, Label.POINT} for line in run)
    known = any(line.reason == "navigation" for line in run)
    return titles >= _MENU_LINES or (known and titles > 1 and len(run) >= _MENU_LINES)


def _in_menu(line: Labelled) -> bool:
    if line.label is Label.JUNK:
        return True
    return line.label in {Label.TITLE, Label.POINT} and line.words <= _MENU_WORDS
