"""Messy captures made from known articles, with what each must become. Seeded, so repeatable."""

import datetime as dt
import random
import textwrap
import unicodedata
from dataclasses import dataclass, field

from known_articles import Known

# Names and forms are facts; all sentences here are ours.
_OUTLETS = {
    "de": ["Der Spiegel", "Die Zeit", "Süddeutsche Zeitung"],
    "fr": ["Le Monde", "Le Figaro", "Libération"],
    "es": ["El País", "El Mundo", "ABC"],
    "it": ["La Repubblica", "Corriere della Sera"],
    "en": ["The Guardian", "Arab News", "The New York Times", "BBC News", "The Times"],
}
_AGENCIES = [
    ("Associated Press", "AP"),
    ("Reuters", "Reuters"),
    ("Agence France-Presse", "AFP"),
    ("dpa", "dpa"),
    ("Xinhua", "Xinhua"),
]
_PLACES = ["ALMATY, Kazakhstan", "WASHINGTON", "PARIS", "NAIROBI", "MEXICO CITY", "BEIRUT"]
_PEOPLE = ["Mary Unwin", "Jonas Ekdal", "Ana Ruiz", "Peter O’Malley", "Lucía Campos"]
_MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
    "en": "January February March April May June July August September October November December",
}
_JUNK = [
    "Share on Facebook",
    "Share",
    "Tweet",
    "Advertisement",
    "Sign up for our newsletter",
    "Print this page",
    "Skip to main content",
    "Subscribe",
]
_MENU = ["Home", "News", "Sport", "Business", "Culture", "Opinion", "Weather", "Travel"]
_MARKS = ["[FULL STORY]", "[Read more]", "[...]", "(more…)"]
_RIGHTS = [
    "© {year} {outlet}. All rights reserved.",
    "Copyright {year} Bright River Publishing Ltd. All Rights Reserved.",
    "(c) {year} Bright River Media. This material may not be published or redistributed.",
]
_CAPTIONS = [
    "A view of the harbour on a calm morning. Photograph: {who}/{agency}",
    "Delegates arrive at the hall. Photo: {who}/{agency}",
    "The old bridge seen from the north bank. ({who}/{agency})",
]


@dataclass
class Wanted:
    """What one article of a capture must become. Lines count from 1.

    ``may_start`` are the lines on which the article may be said to begin: its first line, or junk
    and separators right above it.
    """

    headline: str
    date: dt.date | None
    agencies: frozenset[str]
    source: str | None
    may_start: range = range(1, 2)
    paragraphs: int = 0


@dataclass
class Capture:
    """A made capture: its bytes and the articles in it."""

    data: bytes
    wanted: list[Wanted] = field(default_factory=list)
    mess: frozenset[str] = frozenset()


def make(articles: list[Known], rng: random.Random) -> Capture:
    """Return one capture that holds ``articles``, as someone in a hurry may have pasted them."""
    layout = rng.choices(["blank", "dense", "wrapped"], [60, 30, 10])[0]
    mess = {layout, f"{len(articles)} articles"}
    lines: list[str] = []
    wanted: list[Wanted] = []
    for number, article in enumerate(articles):
        between = _between(rng, layout) if number else _junk(rng, 0.2)
        begins = len(lines) + 1
        lines += between
        piece, want = _article(article, rng, layout, mess)
        want.may_start = range(begins, len(lines) + 2)
        lines += piece
        wanted.append(want)
    lines += _junk(rng, 0.2)
    text = rng.choice(["\n", "\n", "\r\n"]).join(lines) + "\n" * rng.choice([0, 1, 9])
    return Capture(_encoded(text, rng), wanted, frozenset(mess))


def _encoded(text: str, rng: random.Random) -> bytes:
    encoding = rng.choices(["utf-8", "utf-8-sig", "utf-16", "cp1252"], [80, 8, 6, 6])[0]
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode()


def _between(rng: random.Random, layout: str) -> list[str]:
    """Return what stands between two articles: often nothing but the next line."""
    kind = rng.random()
    blank = [""] * rng.choice([0, 1, 1, 3]) if layout != "dense" else []
    if kind < 0.2:
        return [*blank, rng.choice(["-----", "* * *", "==========", "#####"]), *blank]
    if kind < 0.35:
        return blank + _junk(rng, 1) + blank
    return blank or ([""] if layout != "dense" else [])


def _junk(rng: random.Random, chance: float) -> list[str]:
    if rng.random() > chance:
        return []
    if rng.random() < 0.4:
        return [*rng.sample(_MENU, rng.randint(4, 7)), ""]
    return [*rng.sample(_JUNK, rng.randint(1, 3)), ""]


def _article(
    known: Known, rng: random.Random, layout: str, mess: set[str]
) -> tuple[list[str], Wanted]:
    """Return one article's lines and what they must become."""
    want = Wanted(known.headline, None, frozenset(), None)
    header = _header(known, rng, want)
    paragraphs = _body(known, rng, want, mess)
    above, below = _heads(known, rng, mess)
    if rng.random() < 0.25 and above:
        above = [*header, "", *above]
    elif header:
        above = [*above, "", *header] if above else header
    gap = [] if layout == "dense" else [""]
    lines = [line for line in above if line or gap]
    if lines and not lines[0]:
        del lines[0]
    for paragraph in paragraphs:
        if lines:
            lines += gap
        wrapped = layout == "wrapped"
        lines += textwrap.wrap(paragraph, _width(paragraph)) if wrapped else [paragraph]
    for line in below:
        lines += [*gap, line]
    if rng.random() < 0.25:
        form = rng.choice(_RIGHTS)
        lines += [*gap, form.format(year=rng.randint(1999, 2026), outlet=want.source or "X Media")]
    return lines, want


def _heads(known: Known, rng: random.Random, mess: set[str]) -> tuple[list[str], list[str]]:
    """Return the lines of the headline, standfirst and key points above and below the body."""
    points = _points(known, rng) if rng.random() < 0.2 else []
    marked = [f"{rng.choice('-•')} {point}" for point in points]
    place = rng.choices(["above", "below", "both", "labelled"], [62, 18, 14, 6])[0]
    mess.add(f"headline {place}")
    if place == "below":
        return [], [*[known.headline] * rng.choice([1, 1, 2]), *marked]
    head = [known.headline]
    if place == "labelled":
        head[0] = f"{rng.choice(['Headline', 'Title'])}: {head[0]}"
    if known.standfirst and len(known.standfirst.split()) <= 40 and rng.random() < 0.5:
        head.append(known.standfirst)
    return [*head, *marked], [known.headline] if place == "both" else []


def _width(text: str) -> int:
    """Return how many characters fill 72 columns: East Asian ones take two."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return 36 if wide * 2 > len(text) else 72


def _header(known: Known, rng: random.Random, want: Wanted) -> list[str]:
    lines: list[str] = []
    language = known.language if known.language in _MONTHS else "en"
    if rng.random() < 0.6:
        want.source = rng.choice(_OUTLETS.get(known.language, _OUTLETS["en"]))
        lines.append(rng.choice(["{}", "{}", "Source: {}"]).format(want.source))
    if rng.random() < 0.7:
        want.date = dt.date(1990, 1, 1) + dt.timedelta(days=rng.randrange(13000))
        lines.append(_printed_date(want.date, language, rng))
    if rng.random() < 0.5:
        lines.append(_byline(language, rng, want))
    rng.shuffle(lines)
    if rng.random() < 0.1:
        lines.append(f"https://www.example.org/news/{rng.randrange(10**6)}")
    return lines


def _byline(language: str, rng: random.Random, want: Wanted) -> str:
    by = {"de": "Von", "fr": "Par", "es": "Por"}.get(language, "By")
    name, short = rng.choice(_AGENCIES)
    person = rng.choice(_PEOPLE)
    if rng.random() < 0.35:
        return f"{by} {person}"
    want.agencies = frozenset({name})
    return rng.choice(
        [
            f"{by}: {name}",
            f"{by} {name}",
            f"{by} {person}, {short}",
            name,
            f"{by} {person} and {name}",
        ]
    )


def _printed_date(day: dt.date, language: str, rng: random.Random) -> str:
    month = _MONTHS[language].split()[day.month - 1]
    clock = f"{rng.randrange(10, 24)}.{rng.randrange(10, 60)}"
    if language == "de":
        plain = f"{day.day}. {month} {day.year}"
    elif language == "es":
        plain = f"{day.day} de {month} de {day.year}"
    elif language == "fr":
        plain = f"{day.day} {month} {day.year}"
    else:
        plain = rng.choice(
            [
                f"{day.day} {month} {day.year}",
                f"{month} {day.day}, {day.year}",
                f"{day.day} {month[:3]} {day.year}",
                f"{day:%a} {day.day} {month[:3]} {day.year} {clock} GMT",
            ]
        )
    plain = rng.choice([plain, plain, plain, day.isoformat()])
    label = {"de": "Datum: ", "fr": "Date : ", "es": "Fecha: "}.get(language, "Date: ")
    return rng.choice([label, label, "", "Published: " if language == "en" else ""]) + plain


def _points(known: Known, rng: random.Random) -> list[str]:
    """Return the openings of some sentences of the body, as key points are written."""
    chosen = rng.sample(known.body, min(len(known.body), rng.randint(1, 3)))
    firsts = [text.split(". ")[0].rstrip(". ") for crosshead, text in chosen if not crosshead]
    return [text for text in firsts if 4 <= len(text.split()) <= 30]


def _body(known: Known, rng: random.Random, want: Wanted, mess: set[str]) -> list[str]:
    body = [text for _, text in known.body][:40]
    if rng.random() < 0.3:
        name, short = rng.choice(_AGENCIES)
        if rng.random() < 0.5:
            body[0] = f"{rng.choice(_PLACES)} ({short}) — {body[0]}"
            want.agencies |= {name}
        else:
            body[0] = f"{rng.choice(_PLACES)}: {body[0]}"
    if rng.random() < 0.08 and len(body) > 4:
        body = body[: rng.randint(3, len(body) - 1)]
        body[-1] += f"  {rng.choice(_MARKS)}"
        mess.add("cut")
    want.paragraphs = len(body)
    whole = list(body)
    if rng.random() < 0.2:
        body.insert(0, _caption(rng))
    if rng.random() < 0.15 and len(body) > 3:
        body.insert(rng.randrange(2, len(body)), rng.choice(_JUNK))
    if rng.random() < 0.15:
        mess.add("doubled")
        body += whole[rng.choice([0, 0, 1, len(whole) // 2]) :]
    return body


def _caption(rng: random.Random) -> str:
    agency = rng.choice(_AGENCIES)[1]
    return rng.choice(_CAPTIONS).format(who=rng.choice(_PEOPLE), agency=agency)
